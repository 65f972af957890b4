// SPDX-License-Identifier: MIT
#pragma once

#include <fstream>
#include <stdexcept>
#include <string>

#include "base/process.h"

namespace honua::catalog {

// The server that ctest's fixture `databases` starts. For tests only; they fail where it is not running.
struct PostgresqlServer {
  std::string address;          // "host=127.0.0.1 port=1234"
  std::string reader_password;  // of the role `reader`

  // As libpq takes it.
  [[nodiscard]] std::string connection(const std::string& database,
                                       const std::string& user = "postgres") const {
    return address + " user=" + user + " dbname=" + database;
  }
  // Without the rest: "1234".
  [[nodiscard]] std::string port() const { return address.substr(address.rfind('=') + 1); }
};

inline PostgresqlServer postgresql_server() {
  std::ifstream file(HONUA_TEST_DATABASES "/postgresql.env");
  PostgresqlServer server;
  if (!std::getline(file, server.address) || !std::getline(file, server.reader_password))
    throw std::runtime_error("no server: run `scripts/test-databases-postgresql start " HONUA_TEST_DATABASES
                             "`");
  return server;
}

inline void run_psql(const std::string& connection, const std::string& statements) {
  const auto done = run_process({"psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", connection, "-f", "-"},
                                statements, 1'000'000);
  if (!done) throw std::runtime_error(done.error().message);
  if (done->exit_code != 0) throw std::runtime_error("psql: " + done->err);
}

// A new database that has run some statements; one of that name is replaced. What connects to it.
inline std::string make_postgresql_database(const std::string& name, const std::string& statements) {
  const PostgresqlServer server = postgresql_server();
  run_psql(
      server.connection("postgres"),
      "DROP DATABASE IF EXISTS " + name + " WITH (FORCE); CREATE DATABASE " + name + " TEMPLATE template0;");
  run_psql(server.connection(name), statements);
  return server.connection(name);
}

}  // namespace honua::catalog
