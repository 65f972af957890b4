// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/schema.h"
#include "snapshot/node.h"

namespace honua::planning {

using snapshot::Node;
using snapshot::NodeForm;

// A block on both sides; absent on one if it was added or removed.
struct BlockPair {
  config::BlockType type = config::BlockType::honua;
  std::string label;
  Node before;
  Node after;
  std::string old_label = {};  // of a block that had another one; else ""

  [[nodiscard]] bool is_moved() const { return !old_label.empty(); }
  [[nodiscard]] bool is_changed() const { return before.is_given() && after.is_given(); }
};

// A setting of a block that is not the same on both sides.
struct Difference {
  const BlockPair* block = nullptr;
  std::vector<std::string> path;                    // in the block: {"geometry", "srid"}
  const config::AttributeSchema* schema = nullptr;  // nullptr for what no schema knows, and members of maps
  Node before;
  Node after;
};

// Where differences are taken apart no further if one side is absent: what the rules look at as a whole.
// Patterns are names in dots, `*` for any: "geometry", "fields.*". With a `!` at the end, they never are.
using WholePaths = std::span<const std::string_view>;

// All differences within a block that is on both sides, in canonical order. Counts the secrets that could not
// be compared.
[[nodiscard]] std::vector<Difference> differences_in(const BlockPair& block, WholePaths wholes,
                                                     std::size_t& undecided_secrets);

// The same within one object that has another path on each side: `path` is that of the new one.
[[nodiscard]] std::vector<Difference> differences_within(const Difference& moved, WholePaths wholes,
                                                         std::size_t& undecided_secrets);

[[nodiscard]] bool matches(std::span<const std::string> path, std::string_view pattern);

// The schema of a member of a block's body or, of a service, of its type's settings.
[[nodiscard]] const config::AttributeSchema* schema_in(const BlockPair& block, std::string_view name);

// The type of a service, from what it says or else from its label; nullptr if it is not known.
[[nodiscard]] const config::ServiceType* service_type_of(std::string_view label, const Node& service);

}  // namespace honua::planning
