// SPDX-License-Identifier: MIT
#include "connection/postgresql_connection.h"

#include <doctest/doctest.h>

#include <ostream>

namespace honua::connection {

namespace {

std::string conninfo(std::string_view text) {
  const auto made = postgresql_connection(text);
  return made ? made->conninfo : "error: " + made.error().message;
}

}  // namespace

TEST_CASE("what libpq reads stays as it is") {
  CHECK(conninfo("postgresql://me:p%40ss@db:5433,other/city?sslmode=require") ==
        "postgresql://me:p%40ss@db:5433,other/city?sslmode=require");
  CHECK(conninfo("POSTGRES://db/city") == "postgres://db/city");
  CHECK(conninfo("host=db user='a b'") == "host=db user='a b'");
  CHECK(conninfo("service=maps") == "service=maps");
  CHECK(conninfo("dbname=city") == "dbname=city");
  CHECK(conninfo("postgresql://") == "postgresql://");
}

TEST_CASE("connection strings of Npgsql become libpq's") {
  CHECK(conninfo("Host=db;Port=5433;Username=me;Password=\"p@ss;w=o'rd\";Database=city") ==
        "host='db' port='5433' user='me' password='p@ss;w=o\\'rd' dbname='city'");
  CHECK(conninfo("Server=db;User Id=me;Pwd=back\\slash;DB=city") ==
        "host='db' user='me' password='back\\\\slash' dbname='city'");
  CHECK(conninfo("Host=a:5433,b,[::1]:5434;Port=5555;Database=x") ==
        "host='a,b,::1' port='5433,5555,5434' dbname='x'");
  CHECK(conninfo("Host=/run/postgresql;Database=x") == "host='/run/postgresql' dbname='x'");
  CHECK(conninfo("Host=db;Database=x;SSL Mode=VerifyFull;Root Certificate=/ca.pem;Ssl Key=/k") ==
        "host='db' dbname='x' sslmode='verify-full' sslrootcert='/ca.pem' sslkey='/k'");
  CHECK(
      conninfo("Host=db;Database=x;SslMode=Require;Trust Server Certificate=true;Pooling=false;Timeout=3") ==
      "host='db' dbname='x' sslmode='require'");
  CHECK(conninfo("Host=db;Database=x;Target Session Attributes=PreferStandby") ==
        "host='db' dbname='x' target_session_attrs='prefer-standby'");
  CHECK(conninfo("Host=db;Database=x;Database=y;Password=") == "host='db' dbname='x' dbname='y'");
}

TEST_CASE("a key that Npgsql does not know is told, without what it says") {
  const auto near = postgresql_connection("Host=db;Aplication Name=planted");
  REQUIRE(near.has_value());
  REQUIRE(near->warnings.size() == 1);
  CHECK(near->warnings[0].find("did you mean `applicationname`?") != std::string::npos);
  CHECK(near->warnings[0].find("planted") == std::string::npos);
  // A key may be the rest of a password with a `;` in it.
  CHECK(near->warnings[0].find("plicationname") == near->warnings[0].rfind("plicationname"));
  const auto piece = postgresql_connection("Host=db;Password=x;planted=y");
  REQUIRE(piece.has_value());
  REQUIRE(piece->warnings.size() == 1);
  CHECK(piece->warnings[0].find("planted") == std::string::npos);
}

TEST_CASE("what is no connection is refused without showing it") {
  CHECK(conninfo("planted") == "error: a database of PostgreSQL is named by a URL or by a connection string");
  CHECK(conninfo("Host=db;Password='planted") ==
        "error: the connection is malformed: a quote is never closed");
}

}  // namespace honua::connection
