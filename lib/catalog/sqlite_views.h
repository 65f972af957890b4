// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <set>
#include <string>

#include "catalog/sqlite_registry.h"

// Internal to the module.
namespace honua::catalog {

// Views that read views that read views ... deeper than SQLite can be asked about: it recurses, and ends the
// program where its stack does. `statements`: each view's, by its name. Any mention of a name counts.
[[nodiscard]] std::set<std::string, NameLess> find_deep_views(
    const std::map<std::string, std::string, NameLess>& statements);

}  // namespace honua::catalog
