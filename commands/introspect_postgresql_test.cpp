// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>

#include "catalog/postgresql_for_test.h"
#include "commands/introspect_golden_for_test.h"

namespace honua::commands {

namespace {

using cli::contains;

const std::string postgresql_folder = HONUA_SOURCE_DIR "/testdata/introspect-postgresql/";

}  // namespace

TEST_CASE("every database of PostgreSQL gives the configuration that is beside it, and that is valid") {
  // testdata/introspect-postgresql/CASE: of database.sql, with the arguments of `args`, one a line.
  for_each_database(postgresql_folder, 3, [](const std::string& here, const std::string& name) {
    check_introspection(here, catalog::make_postgresql_database("golden_" + name,
                                                                read_golden(here + "/database.sql").value()));
  });
}

TEST_CASE("a login is taken in all the ways to write it, and its password never shown") {
  const catalog::PostgresqlServer server = catalog::postgresql_server();
  catalog::make_postgresql_database("logins",
                                    "CREATE TABLE t (id int PRIMARY KEY); GRANT SELECT ON t TO reader;");
  const std::string port = server.port();
  // The password: p@ss;w=o'rd "#\ and so each dialect's quoting.
  for (const std::string& one :
       {"postgresql://reader:p%40ss%3Bw%3Do'rd%20%22%23%5C@127.0.0.1:" + port + "/logins",
        "host=127.0.0.1 port=" + port + " user=reader dbname=logins password='p@ss;w=o\\'rd \"#\\\\'",
        "Host=127.0.0.1;Port=" + port + ";Username=reader;Database=logins;Password=\"p@ss;w=o'rd \"\"#\\\"",
        "Server=127.0.0.1;Port=" + port +
            ";User Id=reader;DB=logins;Pwd='p@ss;w=o''rd \"#\\';SearchPath=public"}) {
    CAPTURE(one);
    const auto written = introspect({one, "--provider=postgresql"});
    CHECK(written.code == ExitCode::done);
    const auto from_environment = introspect({"env(\"MAPS\")", "--provider=postgis"}, {{"MAPS", one}});
    CHECK(from_environment.code == ExitCode::done);
    CHECK(contains(from_environment.out, "connection = env(\"MAPS\")"));
    for (const auto* result : {&written, &from_environment}) {
      CHECK_FALSE(contains(result->out, "p@ss"));
      CHECK_FALSE(contains(result->err, "p@ss"));
    }
  }
  const auto refused = introspect({"postgresql://reader:planted@127.0.0.1:" + port + "/logins"});
  CHECK(refused.code == ExitCode::failure);
  CHECK(refused.out.empty());
  CHECK(contains(refused.err, "error: PostgreSQL: password authentication failed for user ..."));
  CHECK_FALSE(contains(refused.err, "planted"));
}

}  // namespace honua::commands
