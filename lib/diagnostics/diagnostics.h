// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

#include "diagnostics/diagnostic.h"

namespace honua::diagnostics {

// A file that yields more findings than this is not a configuration but, say,
// a binary file under a wrong name; what follows is counted, not kept.
inline constexpr std::size_t max_diagnostics = 10'000;

// The sink for every finding of a run. Findings may arrive in any order.
class Diagnostics {
 public:
  // Adds a finding with the rule's own severity. The reference is valid until
  // clear() or discard(); use it to add labels and help.
  Diagnostic& report(const Rule& rule, source::SourceRange range, std::string message);

  [[nodiscard]] std::size_t size() const { return all_.size(); }
  [[nodiscard]] bool empty() const { return all_.empty(); }
  [[nodiscard]] std::size_t count(Severity severity) const;
  // Also among those that were only counted.
  [[nodiscard]] bool has_errors() const;
  // How many findings came after max_diagnostics was reached.
  [[nodiscard]] std::size_t dropped() const { return dropped_; }

  // In source order: by file, then first byte, then last byte, then arrival.
  [[nodiscard]] std::vector<const Diagnostic*> sorted() const;
  void clear();
  // Takes back all findings of this rule.
  void discard(const Rule& rule);

 private:
  std::deque<Diagnostic> all_;
  Diagnostic overflow_;  // where findings beyond the limit go
  std::size_t dropped_ = 0;
  bool dropped_error_ = false;  // the one in overflow_ aside
};

}  // namespace honua::diagnostics
