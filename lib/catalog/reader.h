// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>

#include "base/result.h"
#include "catalog/catalog.h"
#include "connection/mysql_target.h"

namespace honua::catalog {

// Longer is as good as this: servers and system calls count milliseconds in 31 bits, which end after 24 days.
inline constexpr std::chrono::milliseconds longest_timeout = std::chrono::hours(24);

struct ReadOptions {
  // Relations of the database's own, and those that a registry of layers does not name.
  bool with_system = false;
  // The boxes around geometries, where the database has them noted down.
  bool with_extents = false;
  // For the database to answer: it is asked for a few things only, however many relations there are. At
  // most `longest_timeout`.
  std::chrono::milliseconds timeout = std::chrono::seconds(30);
};

// Readers, one an engine. They change nothing, count no rows, and read all within one transaction. An error
// says what is wrong with the database, never how to log in to it.

// A file of SQLite: plain, GeoPackage, SpatiaLite or OGR's, which its content tells.
[[nodiscard]] Result<Catalog> read_sqlite(const std::string& path, const ReadOptions& options);

// A database of PostgreSQL, with PostGIS or without, in one round trip. `connection`: as libpq takes it, a
// URI or `keyword=value` pairs; what it does not say comes from the environment and libpq's files.
[[nodiscard]] Result<Catalog> read_postgresql(const std::string& connection, const ReadOptions& options);

// A database of MariaDB or MySQL. By the client library libmariadb, which is loaded when it is needed; an
// error names it where it is missing.
[[nodiscard]] Result<Catalog> read_mysql(const connection::MysqlTarget& target, const ReadOptions& options);

}  // namespace honua::catalog
