// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "migration/migration.h"

// The account of a migration, for people and programs.
namespace honua::migration {

// Members that have no place by their paths, with the reasons, each path once; then what is called otherwise
// and which variables are needed.
[[nodiscard]] std::string account_to_text(const Migration& migration);
// Every member in a table.
[[nodiscard]] std::string account_to_markdown(const Migration& migration);
// See schemas/migration.v1.schema.json.
[[nodiscard]] std::string account_to_json(const Migration& migration);

}  // namespace honua::migration
