// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "base/result.h"
#include "catalog/reader.h"
#include "commands/command.h"
#include "commands/connection_input.h"

namespace honua::commands {

// As its makers write it: "PostgreSQL".
[[nodiscard]] std::string_view title_of(DatabaseConnection::Kind kind);

// The catalog of whatever database this is. Warns of parts of the connection that mean nothing. An error says
// which database or kind of one is meant, and never shows how to log in to it.
[[nodiscard]] Result<catalog::Catalog> read_catalog(const DatabaseConnection& connection,
                                                    const catalog::ReadOptions& options, CommandEnv& env);

}  // namespace honua::commands
