// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

#include "diagnostics/diagnostic.h"

namespace honua::planning {

// Whether a client that worked keeps working. Ordered: what comes first is worse.
enum class Level : std::uint8_t {
  breaking,  // it stops, or gets other answers
  risky,     // that depends on how it is used, or on the data
  additive,  // there is more for it
  neutral,   // it sees no difference
};
[[nodiscard]] std::string_view to_string(Level level);

// Whether more is open to whom it should not be than before.
enum class Security : std::uint8_t { none, weaker, stronger };
[[nodiscard]] std::string_view to_string(Security security);  // "weaker", "stronger"; "none"

// What the operator has to expect, as far as is known of the server. Ordered: what comes last costs most.
enum class Effect : std::uint8_t {
  none,
  reload,     // read again
  reconnect,  // connections are made anew
  flush,      // what was cached, tiles too, is stale
  restart,
  migrate,  // data have to be worked on
};
[[nodiscard]] std::string_view to_string(Effect effect);

enum class Area : std::uint8_t { layer, field, service, source, cache, limit, cors, platform, plan };
[[nodiscard]] std::string_view to_string(Area area);

// Which way a change goes, within a family of rules about one thing. Swapping the sides of a plan turns each
// change into one of the same family that goes the other way.
enum class Direction : std::uint8_t { less, more, other };

// What a change is an instance of. Codes and slugs are shared with the rules of `validate`: one register, and
// none is ever given to another rule.
//
// Source: the catalogue of changes that reviewers of geodata services look for; the ways of OpenAPI's and
// Protocol Buffers' differs to tell breaking from additive.
struct ChangeRule {
  diagnostics::Rule
      rule;  // its severity is the level's: breaking is an error, risky a warning, all else info
  Level level = Level::neutral;
  Security security = Security::none;
  Effect effect = Effect::reload;
  Area area = Area::plan;
  std::string_view family = {};  // the code of the family's first rule; its own if it has no mirror
  Direction direction = Direction::other;
  std::string_view why = {};     // what it means to clients or operators: sentences
  std::string_view advice = {};  // what to do instead, or next; one line
  std::string_view before = {};  // an example, as in RuleInfo: HCL
  std::string_view after = {};
  std::string_view moved = {};  // what the example needs to be told: a Move
};

[[nodiscard]] constexpr diagnostics::Severity severity_of(Level level) {
  if (level == Level::breaking) return diagnostics::Severity::error;
  return level == Level::risky ? diagnostics::Severity::warning : diagnostics::Severity::info;
}

}  // namespace honua::planning
