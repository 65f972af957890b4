// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "catalog/catalog.h"

namespace honua::generation {

// Whether somebody who knows a column can have written this type for it: what the catalog says, a wider or
// more telling type, or a word that nothing is known of. Where the engine has no such type of its own, as
// SQLite has none for dates, what is kept in texts and numbers may be one.
[[nodiscard]] bool can_mean(std::string_view written, const catalog::Column& column, catalog::Engine engine);

// The same of a geometry's type: `Geometry` for points is as good as `Point` for any geometry.
[[nodiscard]] bool can_mean(std::string_view written, const catalog::Geometry& geometry);

}  // namespace honua::generation
