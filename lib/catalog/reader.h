// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "base/result.h"
#include "catalog/catalog.h"

namespace honua::catalog {

struct ReadOptions {
  // Relations of the database's own, and those that a registry of layers does not name.
  bool with_system = false;
  // For the database to answer: it is asked for a few things only, however many relations there are.
  std::chrono::milliseconds timeout = std::chrono::seconds(30);
};

// Readers, one an engine. They change nothing, count no rows, and read all within one transaction. An error
// says what is wrong with the database, never how to log in to it.

// A file of SQLite: plain, GeoPackage, SpatiaLite or OGR's, which its content tells.
[[nodiscard]] Result<Catalog> read_sqlite(const std::string& path, const ReadOptions& options);

// A database of PostgreSQL, with PostGIS or without, in one round trip. `connection`: as libpq takes it, a
// URI or `keyword=value` pairs; what it does not say comes from the environment and libpq's files.
[[nodiscard]] Result<Catalog> read_postgresql(const std::string& connection, const ReadOptions& options);
// A database of MariaDB or MySQL, and how to log in to it.
struct MysqlTarget {
  enum class Tls : std::uint8_t {
    off,
    preferred,  // whatever the server has
    required,   // whoever the server is
    verify_ca,  // as verify_full: the client library knows nothing between the two
    verify_full,
  };

  std::string host;  // a name or an address
  std::uint16_t port = 3306;
  std::string socket;    // a path; instead of the host
  std::string database;  // which must be given: others are not read
  std::string user;
  std::string password;
  Tls tls = Tls::preferred;
  std::string ca;           // a file of certificates that are trusted; "" for the system's
  std::string certificate;  // a file that shows who the user is; or ""
  std::string key;          // a file with the certificate's key; or ""
};

// By the client library libmariadb, which is loaded when it is needed; an error names it where it is missing.
[[nodiscard]] Result<Catalog> read_mysql(const MysqlTarget& target, const ReadOptions& options);

}  // namespace honua::catalog
