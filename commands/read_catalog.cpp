// SPDX-License-Identifier: MIT
#include "commands/read_catalog.h"

#include <string>

#include "connection/mysql_connection.h"
#include "connection/postgresql_connection.h"
#include "text/mask.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

using Kind = connection::DatabaseConnection::Kind;

Result<catalog::Catalog> read_postgresql_catalog(const connection::DatabaseConnection& connection,
                                                 const catalog::ReadOptions& options,
                                                 std::vector<std::string>& warnings) {
  const auto parameters = connection::postgresql_connection(connection.target);
  if (!parameters) return fail(parameters.error().message);
  warnings = parameters->warnings;
  return catalog::read_postgresql(parameters->conninfo, options);
}

Result<catalog::Catalog> read_mysql_catalog(const connection::DatabaseConnection& connection,
                                            const catalog::ReadOptions& options,
                                            std::vector<std::string>& warnings) {
  const auto parameters = connection::read_mysql_connection(connection.target);
  if (!parameters) return fail(parameters.error().message);
  warnings = parameters->warnings;
  return catalog::read_mysql(parameters->target, options);
}

Result<catalog::Catalog> read_any(const connection::DatabaseConnection& connection,
                                  const catalog::ReadOptions& options, std::vector<std::string>& warnings) {
  switch (connection.kind) {
    case Kind::sqlite: return catalog::read_sqlite(connection.target, options);
    case Kind::postgresql: return read_postgresql_catalog(connection, options, warnings);
    case Kind::mysql: return read_mysql_catalog(connection, options, warnings);
    default:
      return fail(
          "reading it is not built into this honua, which reads SQLite, PostgreSQL, MariaDB and MySQL");
  }
}

}  // namespace

std::string_view product_name(connection::DatabaseConnection::Kind kind) {
  switch (kind) {
    case Kind::postgresql: return "PostgreSQL";
    case Kind::mysql: return "MySQL";
    case Kind::sqlserver: return "SQL Server";
    case Kind::oracle: return "Oracle";
    default: return "SQLite";
  }
}

Result<catalog::Catalog> read_catalog(const connection::DatabaseConnection& connection,
                                      const catalog::ReadOptions& options,
                                      std::vector<std::string>& warnings) {
  auto catalog = read_any(connection, options, warnings);
  if (catalog) return catalog;
  // A server's name would be taken from text that a password may have got into.
  const std::string subject = connection.kind == Kind::sqlite
                                  ? text::printable(text::mask_secrets(connection.target))
                                  : std::string(product_name(connection.kind));
  return fail(subject + ": " + catalog.error().message);
}

}  // namespace honua::commands
