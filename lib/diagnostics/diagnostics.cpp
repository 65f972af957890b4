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
  if (is_full(severity)) {
    ++dropped_[{severity, &rule}];
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
  return static_cast<std::size_t>(std::count_if(
      all_.begin(), all_.end(), [severity](const Diagnostic& one) { return one.severity == severity; }));
}

bool Diagnostics::has(Severity severity) const {
  const bool dropped = std::any_of(dropped_.begin(), dropped_.end(),
                                   [severity](const auto& one) { return one.first.first == severity; });
  return dropped || count(severity) > 0;
}

std::size_t Diagnostics::dropped() const {
  std::size_t sum = 0;
  for (const auto& [of, count] : dropped_) sum += count;
  return sum;
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

void Diagnostics::clear() { *this = Diagnostics(); }

template <class Predicate>
void Diagnostics::erase_if(Predicate predicate) {
  std::erase_if(all_, [&](const Diagnostic& one) {
    const bool erased = predicate(one);
    if (erased) --kept_[static_cast<std::size_t>(one.severity)];
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
  std::erase_if(dropped_, [&](const auto& one) { return one.first.second == &rule; });
}

}  // namespace honua::diagnostics
