// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "diagnostics/diagnostics.h"

namespace honua::diagnostics {

// Findings by rule and file, to be taken by their place. Findings must outlive it.
class FindingIndex {
 public:
  // In source order.
  explicit FindingIndex(const std::vector<const Diagnostic*>& findings);

  // Calls `take` with the rule's findings that begin in a scope and were not taken before; at its place where
  // it is empty. Whether there is any, taken or not. However many scopes lie over each other, each finding
  // is looked at once.
  template <class Take>
  bool take_in(const Rule& rule, source::SourceRange scope, Take&& take) {
    const auto found = lists_.find({&rule, scope.file});
    if (found == lists_.end()) return false;
    List& list = found->second;
    const std::size_t end = position(list, scope.begin == scope.end ? scope.end + 1 : scope.end);
    const std::size_t begin = position(list, scope.begin);
    for (std::size_t at = next_free(list, begin); at < end; at = next_free(list, at)) {
      take(list.findings[at]);
      list.next[at] = at + 1;
    }
    return begin < end;
  }

  // Where the rule's first finding in a file begins.
  [[nodiscard]] std::optional<std::uint32_t> first(const Rule& rule, source::FileId file) const;

 private:
  struct List {
    std::vector<const Diagnostic*> findings;
    std::vector<std::size_t> next;  // itself where it is free, else one further on; and one behind the last
  };

  // Of the first finding that begins at a byte or behind it.
  static std::size_t position(const List& list, std::uint32_t begin);
  static std::size_t next_free(List& list, std::size_t at);

  std::map<std::pair<const Rule*, source::FileId>, List> lists_;
};

}  // namespace honua::diagnostics
