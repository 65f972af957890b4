// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "planning/change.h"
#include "planning/moves.h"
#include "snapshot/document.h"

namespace honua::planning {

// Where things stand in a side's own files, for a side that was not read from a snapshot.
class Locator {
 public:
  Locator() = default;
  Locator(const Locator&) = delete;
  Locator& operator=(const Locator&) = delete;
  virtual ~Locator() = default;

  // The place of a setting, or of the nearest thing around it that is written; of a block its header.
  [[nodiscard]] virtual Place find(config::BlockType type, std::string_view label,
                                   std::span<const std::string> path) const = 0;
};

// One side of a plan. What it refers to must outlive the plan's making.
struct Side {
  const snapshot::Document* document = nullptr;
  const Locator* locator = nullptr;  // nullptr: places are those in the snapshot
  // What tells the files' texts, and those of their variables, from others; empty where they were not read.
  // Asked only where the snapshots are the same: files that differ then are written otherwise.
  std::function<std::string()> source_digest = {};
  std::function<std::string()> variables_digest = {};
  // Whether it is one of several files: services that it does not hold count as offered.
  bool is_part = false;
};

// The differences between two sides, graded by the rules (plan_rules.h). Blocks are matched by type and
// label, settings by name, lists as the schema says; neither order nor files matter. Takes time linear in the
// snapshots' sizes, and memory for what differs. What moves is one thing under two names.
[[nodiscard]] ChangeSet make_plan(const Side& before, const Side& after, const Moves& moves = {});

}  // namespace honua::planning
