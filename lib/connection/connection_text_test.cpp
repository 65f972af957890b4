// SPDX-License-Identifier: MIT
#include "connection/connection_text.h"

#include <doctest/doctest.h>

namespace honua::connection {

namespace {

std::string value_of(const ConnectionText& connection, std::string_view key) {
  const std::string* found = connection.find(key);
  return found == nullptr ? "(none)" : *found;
}

}  // namespace

TEST_CASE("pairs of keys and values") {
  const auto connection =
      parse_connection("Host=db; Port=5432;User ID = me;PWD=\"p;w\"\"d\"; Max Pool Size='7';");
  CHECK(connection.form == ConnectionForm::key_value);
  CHECK(connection.fault.empty());
  CHECK(value_of(connection, "host") == "db");
  CHECK(value_of(connection, "user") == "me");
  CHECK(value_of(connection, "password") == "p;w\"d");
  CHECK(value_of(connection, "maximum pool size") == "7");
  CHECK(value_of(connection, "database") == "(none)");
  CHECK(connection.hosts == std::vector<std::string>{"db"});
  CHECK_FALSE(parse_connection("Host=db;Fancy Key=1").settings[1].is_known);
  CHECK(parse_connection("A==B=1").settings[0].value == "1");
}

TEST_CASE("malformed pairs") {
  CHECK_FALSE(parse_connection("Host=db;oops").fault.empty());
  CHECK_FALSE(parse_connection("Host=db;=1").fault.empty());
  CHECK_FALSE(parse_connection("Host=\"db").fault.empty());
  CHECK_FALSE(parse_connection("Host=\"db\" x;Port=1").fault.empty());
  CHECK_FALSE(parse_connection("Host;Port").fault.empty());
  CHECK_FALSE(parse_connection("jdbc:postgresql://db/city").fault.empty());
  CHECK(parse_connection("Host=db;...").fault.empty());
  CHECK(parse_connection("").fault.empty());
  CHECK(parse_connection("data/city.db").form == ConnectionForm::plain);
}

TEST_CASE("pairs between blanks") {
  const auto connection = parse_connection("host=db user=me password='a b'");
  CHECK(connection.form == ConnectionForm::keywords);
  CHECK(value_of(connection, "password") == "a b");
  CHECK(parse_connection("Data Source=my file.db").form == ConnectionForm::key_value);
}

TEST_CASE("URLs") {
  const auto connection = parse_connection("postgres://me:pw@db:5432,[::1]:5433/city?sslmode=disable");
  CHECK(connection.form == ConnectionForm::url);
  CHECK(connection.scheme == "postgres");
  CHECK(value_of(connection, "user") == "me");
  CHECK(value_of(connection, "password") == "pw");
  CHECK(value_of(connection, "database") == "city");
  CHECK(connection.says("ssl mode", "disable"));
  CHECK(connection.hosts == std::vector<std::string>{"db", "::1"});
  CHECK(connection.fault.empty());
  CHECK_FALSE(parse_connection("mysql://db:port/city").fault.empty());
  CHECK(value_of(parse_connection("mysql://me:a/b@db/city"), "password") == "a/b");
  CHECK(parse_connection("sqlite:city.db").scheme == "sqlite");
}

TEST_CASE("Redis") {
  const auto connection = parse_redis_connection("a:6379, b:6380,password=pw,ssl=True");
  CHECK(connection.hosts == std::vector<std::string>{"a", "b"});
  CHECK(connection.says("ssl", "true"));
  CHECK(value_of(connection, "password") == "pw");
  CHECK(value_of(parse_redis_connection("rediss://:pw@cache:6380"), "password") == "pw");
}

TEST_CASE("placeholders are no secrets") {
  for (const char* text :
       {"", "<password>", "${PASSWORD}", "$PASSWORD", "CHANGEME", "change-me", "***", "...", "xxxx", "{{pw}}",
        "%PW%", "your-password", "@Microsoft.KeyVault(x)", "[password]"}) {
    CAPTURE(text);
    CHECK(is_placeholder(text));
    CHECK_FALSE(has_literal_secret(parse_connection("Host=db;Password=" + std::string(text))));
  }
  CHECK_FALSE(is_placeholder("swordfish"));
  CHECK_FALSE(is_placeholder("$a"));
}

TEST_CASE("secrets") {
  CHECK(has_literal_secret(parse_connection("Host=db;Password=swordfish")));
  CHECK(has_literal_secret(parse_connection("postgres://me:swordfish@db/city")));
  CHECK(has_literal_secret(parse_connection("AccountName=a;AccountKey=c3dvcmQ=;")));
  CHECK(has_literal_secret(parse_redis_connection("cache:6379,password=swordfish")));
  CHECK_FALSE(has_literal_secret(parse_connection("Host=db;Username=me")));
  CHECK(has_default_credential(parse_connection("Host=db;Username=postgres;Password=postgres")));
  CHECK_FALSE(has_literal_secret(parse_connection("Host=db;Username=postgres;Password=postgres")));
}

TEST_CASE("this machine") {
  CHECK(has_local_host(parse_connection("Server=tcp:127.0.0.1,1433")));
  CHECK(has_local_host(parse_connection("Server=.\\SQLEXPRESS")));
  CHECK(has_local_host(parse_connection("Host=localhost:5433")));
  CHECK(has_local_host(parse_redis_connection("localhost:6379")));
  CHECK_FALSE(has_local_host(parse_connection("Host=localhost.example.org")));
}

TEST_CASE("databases in memory") {
  CHECK(is_in_memory(parse_connection("Data Source=:memory:")));
  CHECK(is_in_memory(parse_connection("Data Source=city;Mode=Memory")));
  CHECK(is_in_memory(parse_connection("Data Source=file:city?mode=memory&cache=shared")));
  CHECK_FALSE(is_in_memory(parse_connection("Data Source=city.db")));
}

TEST_CASE("providers") {
  REQUIRE(find_provider("PostgreSQL") != nullptr);
  CHECK(find_provider("mssql")->canonical == "sqlserver");
  CHECK(find_provider("gpkg")->is_embedded());
  CHECK(find_provider("dbase") == nullptr);
}

TEST_CASE("a `;` within libpq's quotes separates nothing") {
  const ConnectionText connection = parse_connection("host=db password='a;b\\' c' dbname=city");
  CHECK(connection.form == ConnectionForm::keywords);
  REQUIRE(connection.find("database") != nullptr);
  CHECK(*connection.find("database") == "city");
  CHECK(parse_connection("Host=db;Password='a;b'").form == ConnectionForm::key_value);
}

}  // namespace honua::connection
