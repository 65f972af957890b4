// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "diagnostics/diagnostic.h"

namespace honua::diagnostics {

// A file that yields more findings of one severity than this is not a
// configuration but, say, a binary file under a wrong name; what follows is
// counted, not kept. Remarks never crowd out errors.
inline constexpr std::size_t max_diagnostics = 10'000;

// The sink for every finding of a run. Findings may arrive in any order.
class Diagnostics {
 public:
  // Adds a finding with the rule's own severity, or another one. The reference
  // is valid until findings are taken back; use it to add labels and help.
  Diagnostic& report(const Rule& rule, source::SourceRange range, std::string message) {
    return report(rule, rule.severity, range, std::move(message));
  }
  Diagnostic& report(const Rule& rule, Severity severity, source::SourceRange range, std::string message);

  [[nodiscard]] std::size_t size() const { return all_.size(); }
  [[nodiscard]] bool empty() const { return all_.empty(); }
  [[nodiscard]] std::size_t count(Severity severity) const;
  // Whether there is one of this severity, also among those that were only counted.
  [[nodiscard]] bool has(Severity severity) const;
  [[nodiscard]] bool has_errors() const { return has(Severity::error); }
  // How many findings came after max_diagnostics was reached.
  [[nodiscard]] std::size_t dropped() const;
  // Whether the next finding of this severity is only counted: then words about it are wasted.
  [[nodiscard]] bool is_full(Severity severity) const {
    return kept_[static_cast<std::size_t>(severity)] >= max_diagnostics;
  }

  // In source order: by file, then first byte, then last byte, then arrival.
  [[nodiscard]] std::vector<const Diagnostic*> sorted() const;
  void clear();
  // Takes back all findings of this rule.
  void discard(const Rule& rule);
  // Of findings of one rule with the same place and message, keeps the first:
  // what several values refer to is looked at several times.
  void discard_repeats();

 private:
  template <class Predicate>
  void erase_if(Predicate predicate);

  std::deque<Diagnostic> all_;
  std::array<std::size_t, severity_count> kept_{};
  Diagnostic overflow_;  // where a finding beyond the limit goes
  std::map<std::pair<Severity, const Rule*>, std::size_t> dropped_;
};

}  // namespace honua::diagnostics
