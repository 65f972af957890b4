// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "catalog/field_type.h"
#include "catalog/sqlite_registry.h"

// Internal to the module.
namespace honua::catalog {

// What a column's declared type is to the server: by its name, else by SQLite's rules of affinity
// (https://www.sqlite.org/datatype3.html, section 3.1), which hold whatever is written there.
[[nodiscard]] FieldType sqlite_type(std::string_view declared, SqliteFormat format, bool is_of_view);

}  // namespace honua::catalog
