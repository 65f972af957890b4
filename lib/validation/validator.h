// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <vector>

#include "validation/check.h"
#include "validation/rule_info.h"

namespace honua::validation {

// One small check: of each block of a type, or of the whole configuration. It
// may belong to several rules.
struct Unit {
  BlockType type = BlockType::honua;
  void (*check_block)(const Block&, Check&) = nullptr;
  void (*check_all)(Check&) = nullptr;
};
constexpr Unit each(BlockType type, void (*check)(const Block&, Check&)) { return {type, check, nullptr}; }
constexpr Unit once(void (*check)(Check&)) { return {BlockType::honua, nullptr, check}; }

// Rules that belong together, with the units that report them.
struct Area {
  std::span<const Unit> units;
  std::span<const RuleInfo> rules;
};

// Every area there is: the one list of what `honua validate` knows about the
// meaning of a configuration.
[[nodiscard]] std::span<const Area* const> areas();

// All rules of all areas, by code.
[[nodiscard]] std::vector<const RuleInfo*> all_rules();

// Runs every unit. No finding hides another.
void validate(const Configuration& configuration, const Options& options, diagnostics::Diagnostics& sink);

}  // namespace honua::validation
