// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/tree.h"

// Addresses of blocks and values: `layer.roads.geometry.srid`. A name that is
// no identifier stands in brackets: `logging.overrides["Microsoft.AspNetCore"]`.
namespace honua::config {

struct BlockSchema;

// The address of a block; the label counts where its type has one.
[[nodiscard]] std::string block_address(const BlockSchema& schema, std::string_view label);

// The address of `name` below `parent`; "" is the parent of blocks.
[[nodiscard]] std::string address_below(std::string_view parent, std::string_view name);
// Of a block with its labels below an address, "" at the outermost level.
[[nodiscard]] std::string block_address(std::string_view parent, const syntax::Block& block);

// The names that an address consists of, or nothing if it is none. Every name may stand in brackets.
[[nodiscard]] std::optional<std::vector<std::string>> address_names(std::string_view address);

// The usual spelling of an address, or nothing if it is none. Every name may
// stand in brackets.
[[nodiscard]] std::optional<std::string> canonical_address(std::string_view address);

// Whether an address is `ancestor` or lies below it; both in their usual spelling.
[[nodiscard]] bool is_at_or_below(std::string_view address, std::string_view ancestor);

}  // namespace honua::config
