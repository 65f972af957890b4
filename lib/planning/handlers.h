// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "planning/grader.h"

namespace honua::planning {

// What grades a difference at a path.
struct Handler {
  std::string_view pattern;  // see matches()
  void (*grade)(const Difference&, Grader&);
  // Whether it copes with values that only the server's environment knows; else these are undecidable.
  bool takes_undecided = false;
};

// All about one type of block.
struct BlockHandlers {
  config::BlockType type;
  std::span<const Handler> handlers;          // the first that matches
  std::span<const std::string_view> wholes;   // paths that are looked at as a whole: see differences_in()
  void (*other)(const Difference&, Grader&);  // what no handler matches
  void (*added)(const BlockPair&, Grader&);
  void (*removed)(const BlockPair&, Grader&);
  // Whether nobody can reach the block on either side. nullptr: somebody always can.
  bool (*is_unreachable)(const BlockPair&, const Grader&);
};

extern const BlockHandlers layer_handlers;
extern const BlockHandlers service_handlers;
extern const BlockHandlers data_source_handlers;
extern const BlockHandlers cache_handlers;
extern const BlockHandlers rate_limit_handlers;
extern const BlockHandlers honua_handlers;
extern const BlockHandlers logging_handlers;
extern const BlockHandlers observability_handlers;
extern const BlockHandlers attachment_storage_handlers;
extern const BlockHandlers import_handlers;

// Of a type; each that can be in a snapshot has some.
[[nodiscard]] const BlockHandlers& handlers_of(config::BlockType type);

// "`layer.roads.table` changes from `a` to `b`".
[[nodiscard]] std::string setting_change(const Difference& difference);

// Grades whatever differs as one rule says.
template <const ChangeRule& rule>
void grade_as(const Difference& difference, Grader& grader) {
  grader.report(rule, difference, setting_change(difference));
}

// Grades a switch by the way it goes; nothing where both sides come to the same.
void grade_switch(const Difference& difference, const ChangeRule& on, const ChangeRule& off, Grader& grader);

// Reports what a difference within a block means.
void grade(const Difference& difference, const BlockHandlers& handlers, Grader& grader);

}  // namespace honua::planning
