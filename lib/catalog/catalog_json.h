// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "catalog/catalog.h"

namespace honua::catalog {

// A catalog as JSON, as schemas/catalog.v1.schema.json describes it.
[[nodiscard]] std::string to_json(const Catalog& catalog);
// What stands for it where there is none.
[[nodiscard]] std::string failure_to_json(std::string_view reason);

}  // namespace honua::catalog
