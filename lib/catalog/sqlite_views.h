// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>

#include "catalog/sqlite_registry.h"

// Internal to the module.
namespace honua::catalog {

// How often views may mention others, all together: dense schemas have some dozens a view. More is held in
// memory for no good.
inline constexpr std::size_t max_mentions_of_views = 1'000'000;

// Views that read views that read views ... deeper than SQLite can be asked about: it recurses, and ends the
// program where its stack does. `statements`: each view's, by its name. Any mention of a name counts. Throws
// when the time of `file` is over, and for more mentions than the limit.
[[nodiscard]] std::set<std::string, NameLess> find_deep_views(
    const std::map<std::string, std::string, NameLess>& statements, const SqliteFile& file);

}  // namespace honua::catalog
