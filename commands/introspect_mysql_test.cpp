// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <stdexcept>
#include <string>

#include "base/process.h"
#include "commands/introspect_golden_for_test.h"

namespace honua::commands {

namespace {

using cli::contains;

const std::string mysql_folder = HONUA_SOURCE_DIR "/testdata/introspect-mysql/";

// What ctest's fixture says of its server: host, port, user.
std::map<std::string, std::string> mysql_environment() {
  std::ifstream file(HONUA_TEST_DATABASES "/mysql.env");
  if (!file)
    throw std::runtime_error("no server: run `scripts/test-databases-mysql start " HONUA_TEST_DATABASES "`");
  std::map<std::string, std::string> values;
  for (std::string line; std::getline(file, line);)
    values[line.substr(0, line.find('='))] = line.substr(line.find('=') + 1);
  return values;
}

// A new database that has run some statements; one of that name is replaced. What connects to it.
std::string make_mysql_database(const std::string& name, const std::string& statements) {
  auto server = mysql_environment();
  const std::string text = "DROP DATABASE IF EXISTS " + name + "; CREATE DATABASE " + name +
                           " CHARACTER SET utf8mb4; USE " + name + ";\n" + statements;
  const auto done =
      run_process({"mariadb", "--no-defaults", "--host=" + server["host"], "--port=" + server["port"],
                   "--user=" + server["user"], "--default-character-set=utf8mb4"},
                  text, 1'000'000);
  if (!done) throw std::runtime_error(done.error().message);
  if (done->exit_code != 0) throw std::runtime_error("mariadb: " + done->err);
  return "mysql://" + server["user"] + "@" + server["host"] + ":" + server["port"] + "/" + name;
}

}  // namespace

TEST_CASE("every database of MariaDB gives the configuration that is beside it, and that is valid") {
  // testdata/introspect-mysql/CASE: of database.sql, with the arguments of `args`, one a line.
  for_each_database(mysql_folder, 2, [](const std::string& here, const std::string& name) {
    check_introspection(here,
                        make_mysql_database("golden_" + name, read_golden(here + "/database.sql").value()));
  });
}

TEST_CASE("a login to MariaDB is taken in all the ways to write it, and its password never shown") {
  make_mysql_database("logins", "CREATE TABLE t (id int PRIMARY KEY);");
  auto server = mysql_environment();
  for (const std::string& one : {"mariadb://" + server["user"] + "@" + server["host"] + ":" + server["port"] +
                                     "/logins?ssl-mode=preferred",
                                 "Server=" + server["host"] + ";Port=" + server["port"] +
                                     ";User ID=" + server["user"] + ";Database=logins",
                                 "Host=" + server["host"] + ";Port=" + server["port"] + ";Uid=" +
                                     server["user"] + ";Initial Catalog=logins;SslMode=None;Pooling=false"}) {
    CAPTURE(one);
    const auto written = introspect({one, "--provider=mysql"});
    CHECK(written.code == ExitCode::done);
    CHECK(contains(written.out, "provider   = \"mysql\""));
  }
  const auto refused =
      introspect({"mysql://nobody:planted@" + server["host"] + ":" + server["port"] + "/logins"});
  CHECK(refused.code == ExitCode::failure);
  CHECK(refused.out.empty());
  CHECK(contains(refused.err, "error: MySQL: "));
  CHECK_FALSE(contains(refused.err, "planted"));
}

}  // namespace honua::commands
