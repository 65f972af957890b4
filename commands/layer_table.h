// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "generation/layer_plan.h"

namespace honua::commands {

// Of more layers nobody reads the table; the configuration has them all.
inline constexpr std::size_t most_rows_of_layers = 50;

// What a database's layers are, one a line under a line of headings, fit for printing; "" if there are none.
// Those that no column identifies the rows of have `-` there.
[[nodiscard]] std::string layer_table(const std::vector<generation::LayerPlan>& plans,
                                      catalog::Engine engine);

}  // namespace honua::commands
