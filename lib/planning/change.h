// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "planning/change_rule.h"
#include "source/source_range.h"

namespace honua::planning {

// Where something stands, in one side's files.
using Place = std::optional<source::SourceRange>;

// One graded difference between two snapshots. All texts are fit to be shown: they hold no secret.
struct Change {
  const ChangeRule* rule = nullptr;
  Level level = Level::neutral;
  Security security = Security::none;
  Effect effect = Effect::none;
  Area area = Area::plan;  // of what changes, whatever its rule is of
  std::string address;     // `layer.roads.geometry.srid`
  std::string message;     // what changed, for whom: one line, as a diagnostic's
  std::string advice;      // one line; may be empty
  std::string before;      // JSON; "" where there is none
  std::string after;
  Place before_place;
  Place after_place;
  // Of rule and address, not of words: the first 32 digits of their SHA-256.
  std::string fingerprint;
  bool is_accepted = false;  // somebody looked at it and said so
};

// What is not the same in two snapshots, before anybody judged it: what a patch is made of.
struct Edit {
  std::vector<std::string> path;  // of names in the snapshot
  std::string before;             // JSON; "" where there is none
  std::string after;
};

struct ChangeSet {
  std::vector<Change> changes;
  std::size_t undecided_secrets = 0;  // literal secrets that one side does not hold

  // By level, then address, then code: the order of all reports.
  void sort();
  [[nodiscard]] std::size_t count(Level level) const;
  [[nodiscard]] std::size_t count(Security security) const;
};

}  // namespace honua::planning
