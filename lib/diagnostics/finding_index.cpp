// SPDX-License-Identifier: MIT
#include "diagnostics/finding_index.h"

#include <algorithm>
#include <numeric>

namespace honua::diagnostics {

FindingIndex::FindingIndex(const std::vector<const Diagnostic*>& findings) {
  for (const Diagnostic* one : findings) lists_[{one->rule, one->range.file}].findings.push_back(one);
  for (auto& [key, list] : lists_) {
    list.next.resize(list.findings.size() + 1);
    std::iota(list.next.begin(), list.next.end(), std::size_t{0});
  }
}

std::optional<std::uint32_t> FindingIndex::first(const Rule& rule, source::FileId file) const {
  const auto found = lists_.find({&rule, file});
  if (found == lists_.end()) return std::nullopt;
  return found->second.findings.front()->range.begin;
}

std::size_t FindingIndex::position(const List& list, std::uint32_t begin) {
  const auto found =
      std::lower_bound(list.findings.begin(), list.findings.end(), begin,
                       [](const Diagnostic* one, std::uint32_t at) { return one->range.begin < at; });
  return static_cast<std::size_t>(found - list.findings.begin());
}

// Shortens the way for those who come later.
std::size_t FindingIndex::next_free(List& list, std::size_t at) {
  std::size_t free = at;
  while (list.next[free] != free) free = list.next[free];
  while (list.next[at] != free) at = std::exchange(list.next[at], free);
  return free;
}

}  // namespace honua::diagnostics
