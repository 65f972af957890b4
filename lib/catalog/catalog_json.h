// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "catalog/catalog.h"

namespace honua::catalog {

// A catalog as JSON, as schemas/catalog.v1.schema.json describes it.
[[nodiscard]] std::string to_json(const Catalog& catalog);

}  // namespace honua::catalog
