// SPDX-License-Identifier: MIT
#include "diagnostics/diagnostics.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace honua::diagnostics {

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::info: return "info";
  }
  return "error";
}

namespace {

bool is_error(const Diagnostic& one) { return one.rule != nullptr && one.severity == Severity::error; }

}  // namespace

Diagnostic& Diagnostics::report(const Rule& rule, source::SourceRange range, std::string message) {
  if (all_.size() >= max_diagnostics) {
    ++dropped_;
    dropped_error_ = dropped_error_ || is_error(overflow_);
    overflow_ = Diagnostic{};
    overflow_.rule = &rule;
    overflow_.severity = rule.severity;
    return overflow_;
  }
  Diagnostic& added = all_.emplace_back();
  added.rule = &rule;
  added.severity = rule.severity;
  added.range = range;
  added.message = std::move(message);
  return added;
}

std::size_t Diagnostics::count(Severity severity) const {
  return static_cast<std::size_t>(std::count_if(
      all_.begin(), all_.end(), [severity](const Diagnostic& one) { return one.severity == severity; }));
}

bool Diagnostics::has_errors() const {
  return dropped_error_ || is_error(overflow_) || count(Severity::error) > 0;
}

std::vector<const Diagnostic*> Diagnostics::sorted() const {
  std::vector<const Diagnostic*> result;
  result.reserve(all_.size());
  for (const Diagnostic& one : all_) result.push_back(&one);
  std::stable_sort(result.begin(), result.end(), [](const Diagnostic* a, const Diagnostic* b) {
    return std::tie(a->range.file, a->range.begin, a->range.end) <
           std::tie(b->range.file, b->range.begin, b->range.end);
  });
  return result;
}

void Diagnostics::clear() {
  all_.clear();
  overflow_ = Diagnostic{};
  dropped_ = 0;
  dropped_error_ = false;
}

void Diagnostics::discard(const Rule& rule) {
  std::erase_if(all_, [&rule](const Diagnostic& one) { return one.rule == &rule; });
}

}  // namespace honua::diagnostics
