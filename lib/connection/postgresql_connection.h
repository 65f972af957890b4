// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace honua::connection {

// A connection as libpq takes it.
struct PostgresqlConnection {
  std::string conninfo;               // holds the password, if there is one
  std::vector<std::string> warnings;  // on what libpq does not know, without values
};

// From a URI or libpq's `keyword=value` pairs, which stay as they are, or from a connection string of Npgsql
// (https://www.npgsql.org/doc/connection-string-parameters.html). An error does not show the connection.
[[nodiscard]] Result<PostgresqlConnection> postgresql_connection(std::string_view text);

// `dbname=city`, `service=maps`: one keyword that only libpq knows says it all.
[[nodiscard]] bool is_single_keyword(std::string_view text);

}  // namespace honua::connection
