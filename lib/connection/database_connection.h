// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/environment.h"
#include "base/file_system.h"
#include "base/result.h"

namespace honua::connection {

// A database as users name it, told by how they write it.
struct DatabaseConnection {
  enum class Kind : std::uint8_t { sqlite, postgresql, mysql, sqlserver, oracle };
  Kind kind = Kind::sqlite;
  std::string target;    // of SQLite the path, else the connection as it was given
  std::string provider;  // as `provider` names it
  std::string variable;  // that it came from; "" if it was written out
};

// From a path, a URL, a connection string of ADO.NET or libpq, or `env("NAME")`. `provider`: what users say
// it is; "" to find out. An error does not show the connection: it may hold a password.
[[nodiscard]] Result<DatabaseConnection> read_connection(std::string_view given, std::string_view provider,
                                                         const Environment& environment,
                                                         const FileSystem& files);

}  // namespace honua::connection
