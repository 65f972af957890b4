// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "planning/change.h"
#include "planning/difference.h"
#include "planning/published.h"

namespace honua::planning {

// A value on both sides.
template <class T>
struct Both {
  T before;
  T after;
};

// What a rule is about: a setting, or a whole block.
struct Subject {
  std::string address;
  Node before;
  Node after;
  const BlockPair* block = nullptr;
  std::vector<std::string> path = {};
};

// Collects what the rules make of the differences. Its level is what a rule says unless a report says
// otherwise, and neutral where nobody can reach what changes.
class Grader {
 public:
  Grader(PublishedModel before, PublishedModel after) : published_{std::move(before), std::move(after)} {}

  [[nodiscard]] const PublishedModel& before() const { return published_.before; }
  [[nodiscard]] const PublishedModel& after() const { return published_.after; }
  [[nodiscard]] const snapshot::Document& document_before() const { return published_.before.document(); }
  [[nodiscard]] const snapshot::Document& document_after() const { return published_.after.document(); }

  // A change of this kind; the reference is valid until the next report.
  Change& report(const ChangeRule& rule, const Subject& subject, std::string message);
  Change& report(const ChangeRule& rule, const Difference& difference, std::string message);
  Change& report(const ChangeRule& rule, const BlockPair& block, std::string message);
  // That nobody can tell what the difference means.
  void report_undecided(const Difference& difference);

  // From here on, what is reported is about something that nobody can reach.
  void set_unreachable(bool is_unreachable) { is_unreachable_ = is_unreachable; }

  [[nodiscard]] std::vector<Change> take() { return std::move(changes_); }
  [[nodiscard]] std::size_t size() const { return changes_.size(); }
  [[nodiscard]] Change& change(std::size_t index) { return changes_[index]; }

 private:
  Both<PublishedModel> published_;
  std::vector<Change> changes_;
  bool is_unreachable_ = false;
};

[[nodiscard]] std::string address_of(const BlockPair& block);
[[nodiscard]] std::string address_of(const Difference& difference);
[[nodiscard]] Subject subject_of(const Difference& difference);

// Values on both sides: what is not written is what the schema says holds then, or else `otherwise`. Nothing
// where one is of another form.
[[nodiscard]] std::optional<Both<bool>> flags(const Difference& difference, bool otherwise = false);
[[nodiscard]] std::optional<Both<double>> numbers(const Difference& difference,
                                                  std::optional<double> otherwise = std::nullopt);
[[nodiscard]] std::optional<Both<std::string>> texts(const Difference& difference,
                                                     std::string_view otherwise = "");
[[nodiscard]] std::optional<Both<std::set<std::string>>> sets(const Difference& difference);

// What one set has and another lacks.
[[nodiscard]] std::set<std::string> missing_in(const std::set<std::string>& from,
                                               const std::set<std::string>& in);
// "`a`, `b`": for messages.
[[nodiscard]] std::string listed(const std::set<std::string>& names);
// A value for a message: `"text"`, `4`, `[...]`; "nothing" if there is none, "what ... says" of references.
[[nodiscard]] std::string shown(const Node& value);
// "`a` to `b`".
[[nodiscard]] std::string from_to(const Difference& difference);

}  // namespace honua::planning
