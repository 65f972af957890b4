// SPDX-License-Identifier: MIT
#include "diagnostics/diagnostics.h"

#include <algorithm>
#include <set>
#include <string>
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

Diagnostic& Diagnostics::report(const Rule& rule, Severity severity, source::SourceRange range,
                                std::string message) {
  const auto level = levels_ == nullptr ? severity : levels_->level_of(rule, severity);
  if (!level) return overflow_ = Diagnostic{};
  severity = *level;
  if (is_full(severity)) {
    ++dropped_[{severity, &rule, range.file}];
    return overflow_ = Diagnostic{};
  }
  ++kept_[static_cast<std::size_t>(severity)];
  Diagnostic& added = all_.emplace_back();
  added.rule = &rule;
  added.severity = severity;
  added.range = range;
  added.message = std::move(message);
  return added;
}

std::size_t Diagnostics::count(Severity severity) const {
  return static_cast<std::size_t>(std::count_if(all_.begin(), all_.end(), [severity](const Diagnostic& one) {
    return one.severity == severity && !one.is_suppressed;
  }));
}

bool Diagnostics::has(Severity severity) const { return dropped(severity) + count(severity) > 0; }

std::size_t Diagnostics::dropped() const {
  return dropped(Severity::error) + dropped(Severity::warning) + dropped(Severity::info);
}

std::size_t Diagnostics::dropped(Severity severity) const {
  std::size_t sum = 0;
  for (const auto& [of, count] : dropped_) sum += of.severity == severity ? count : 0;
  return sum;
}

std::vector<const Diagnostic*> Diagnostics::sorted() const {
  std::vector<const Diagnostic*> result = sorted_with_suppressed();
  std::erase_if(result, [](const Diagnostic* one) { return one->is_suppressed; });
  return result;
}

void Diagnostics::suppress(const std::unordered_set<const Diagnostic*>& findings) {
  for (Diagnostic& one : all_) {
    if (one.is_suppressed || !findings.contains(&one)) continue;
    one.is_suppressed = true;
    --kept_[static_cast<std::size_t>(one.severity)];
  }
}

std::size_t Diagnostics::suppress_dropped(const Rule& rule, source::FileId file) {
  std::size_t sum = 0;
  std::erase_if(dropped_, [&](const auto& one) {
    const bool is_meant = one.first.rule == &rule && one.first.file == file;
    if (is_meant) sum += one.second;
    return is_meant;
  });
  return sum;
}

std::vector<const Diagnostic*> Diagnostics::sorted_with_suppressed() const {
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
  const Levels* levels = levels_;
  *this = Diagnostics();
  levels_ = levels;
}

template <class Predicate>
void Diagnostics::erase_if(Predicate predicate) {
  std::erase_if(all_, [&](const Diagnostic& one) {
    const bool erased = predicate(one);
    if (erased && !one.is_suppressed) --kept_[static_cast<std::size_t>(one.severity)];
    return erased;
  });
}

void Diagnostics::discard_repeats() {
  std::set<std::tuple<const Rule*, source::FileId, std::uint32_t, std::uint32_t, std::string>> seen;
  erase_if([&](const Diagnostic& one) {
    const source::SourceRange& range = one.range;
    return !seen.emplace(one.rule, range.file, range.begin, range.end, one.message).second;
  });
}

void Diagnostics::discard(const Rule& rule) {
  erase_if([&](const Diagnostic& one) { return one.rule == &rule; });
  std::erase_if(dropped_, [&](const auto& one) { return one.first.rule == &rule; });
}

}  // namespace honua::diagnostics
