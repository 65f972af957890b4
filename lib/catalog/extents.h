// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

#include "catalog/catalog.h"

// Internal to the module.
namespace honua::catalog {

// "BOX(9.5 51,10 52)", as PostGIS writes a box2d.
[[nodiscard]] std::optional<Extent> read_box(std::string_view text);

// Says of how many columns the database has none noted down.
void add_note_of_extents(Catalog& catalog);

}  // namespace honua::catalog
