// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <deque>
#include <map>
#include <numeric>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "diagnostics/diagnostic.h"
#include "diagnostics/levels.h"

namespace honua::diagnostics {

// A file that yields more findings of one severity than this is not a
// configuration but, say, a binary file under a wrong name; what follows is
// counted, not kept. Remarks never crowd out errors.
inline constexpr std::size_t max_diagnostics = 10'000;

// The sink for every finding of a run. Findings may arrive in any order.
class Diagnostics {
 public:
  Diagnostics() = default;
  // Levels other than the rules' own. They hold for what is reported afterwards, and must outlive it.
  void set_levels(const Levels& levels) { levels_ = &levels; }

  // Adds a finding with the rule's own severity, or another one. The reference
  // is valid until findings are taken back; use it to add labels and help.
  Diagnostic& report(const Rule& rule, source::SourceRange range, std::string message) {
    return report(rule, rule.severity, range, std::move(message));
  }
  Diagnostic& report(const Rule& rule, Severity severity, source::SourceRange range, std::string message);

  [[nodiscard]] std::size_t size() const {
    return std::accumulate(kept_.begin(), kept_.end(), std::size_t{0});
  }
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] std::size_t count(Severity severity) const;
  // Whether there is one of this severity, also among those that were only counted.
  [[nodiscard]] bool has(Severity severity) const;
  [[nodiscard]] bool has_errors() const { return has(Severity::error); }
  // How many findings came after max_diagnostics was reached.
  [[nodiscard]] std::size_t dropped() const;
  [[nodiscard]] std::size_t dropped(Severity severity) const;
  // Whether the next such finding is only counted, if that: then words about it are wasted.
  [[nodiscard]] bool is_unheard(const Rule& rule, Severity severity) const {
    const auto level = levels_ == nullptr ? severity : levels_->level_of(rule, severity);
    return !level || is_full(*level);
  }

  // In source order: by file, then first byte, then last byte, then arrival.
  [[nodiscard]] std::vector<const Diagnostic*> sorted() const;
  // The same with those that were suppressed.
  [[nodiscard]] std::vector<const Diagnostic*> sorted_with_suppressed() const;
  // Keeps findings of this sink out of everything above.
  void suppress(const std::unordered_set<const Diagnostic*>& findings);
  // Takes back the count of a rule's findings in a file that were only counted; returns how many there were.
  std::size_t suppress_dropped(const Rule& rule, source::FileId file);
  // Lets each finding be completed.
  template <class Visit>
  void visit(Visit&& visit_one) {
    for (Diagnostic& one : all_) visit_one(one);
  }
  void clear();
  // Takes back all findings of this rule.
  void discard(const Rule& rule);
  // Of findings of one rule with the same place and message, keeps the first:
  // what several values refer to is looked at several times.
  void discard_repeats();

 private:
  [[nodiscard]] bool is_full(Severity severity) const {
    return kept_[static_cast<std::size_t>(severity)] >= max_diagnostics;
  }
  template <class Predicate>
  void erase_if(Predicate predicate);

  const Levels* levels_ = nullptr;
  std::deque<Diagnostic> all_;
  std::array<std::size_t, severity_count> kept_{};
  Diagnostic overflow_;  // where a finding beyond the limit goes
  struct Dropped {
    Severity severity;
    const Rule* rule;
    source::FileId file;
    friend auto operator<=>(const Dropped&, const Dropped&) = default;
  };
  std::map<Dropped, std::size_t> dropped_;
};

}  // namespace honua::diagnostics
