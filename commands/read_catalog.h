// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalog/reader.h"
#include "connection/database_connection.h"

namespace honua::commands {

// As its makers write it: "PostgreSQL".
[[nodiscard]] std::string_view product_name(connection::DatabaseConnection::Kind kind);

// The catalog of whatever database this is. Sets `warnings` to which parts of the connection mean nothing. An
// error says which database or kind of one is meant, and never shows how to log in to it.
[[nodiscard]] Result<catalog::Catalog> read_catalog(const connection::DatabaseConnection& connection,
                                                    const catalog::ReadOptions& options,
                                                    std::vector<std::string>& warnings);

}  // namespace honua::commands
