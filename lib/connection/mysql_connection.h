// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "connection/mysql_target.h"

namespace honua::connection {

struct MysqlConnection {
  MysqlTarget target;
  std::vector<std::string> warnings;  // of what is not regarded; they show no value
};

// From a URL (`mysql://user:password@host:port/database?ssl-mode=required`, percent-encoded) or a connection
// string as MySqlConnector of .NET reads it. Neither errors nor warnings show what it says.
[[nodiscard]] Result<MysqlConnection> read_mysql_connection(std::string_view text);

}  // namespace honua::connection
