// SPDX-License-Identifier: MIT
// What counts of several documents that say the same.
#include <doctest/doctest.h>

#include <string>

#include "migration/migration_for_test.h"
#include "migration/verify.h"

namespace honua::migration {

namespace {

const std::string no_metadata = R"({"folders": []})";

// The configuration, once every member was found again.
std::string made_of(const std::string& settings, const std::string& environment,
                    const std::string& metadata = no_metadata) {
  const Migrated one(LegacyTexts{metadata, settings, environment});
  if (one.made == nullptr) return "none";
  CHECK(verify(*one.made, one.made->text(), "").empty());
  return one.made->text();
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::size_t warnings(const std::string& settings, const std::string& metadata) {
  return Migrated(LegacyTexts{metadata, settings, ""}).sink.size();
}

}  // namespace

TEST_CASE("variables count more than settings, and settings of one document alone") {
  const std::string settings = R"({"Logging": {"LogLevel": {"Default": "Debug"}}, "AllowedHosts": "a.org"})";
  CHECK(has(made_of(settings, ""), "log_level     = \"debug\""));
  CHECK(has(made_of(settings, "Logging__LogLevel__Default=Error\n"), "log_level     = \"error\""));
  CHECK(has(made_of(settings, "AllowedHosts=b.org;c.org\n"), "allowed_hosts = [\"b.org\", \"c.org\"]"));
}

TEST_CASE("lists are put together by the numbers of their elements") {
  const std::string settings = R"({"honua": {"cors": {"allowedOrigins": ["https://a", "https://b"]}}})";
  const std::string made = made_of(settings, "HONUA__CORS__ALLOWEDORIGINS__0=https://c\n");
  CHECK(has(made, "allowed_origins = [\"https://c\", \"https://b\"]"));
}

TEST_CASE("a document that counts less does not allow more origins than one that counts more") {
  const std::string any = R"({"honua": {"cors": {"allowedOrigins": ["*"]}}})";
  const std::string flag = R"({"honua": {"cors": {"allowAnyOrigin": true}}})";
  for (const std::string& settings : {any, flag}) {
    const std::string made = made_of(settings, "HONUA__CORS__ALLOWEDORIGINS__0=https://c\n");
    CHECK(has(made, "allowed_origins = [\"https://c\"]"));
    CHECK_FALSE(has(made, "allow_any_origin"));
  }
}

TEST_CASE("without an origin there are no cross-origin requests, unless they are switched on") {
  CHECK_FALSE(has(made_of(R"({"honua": {"cors": {"allowCredentials": true}}})", ""), "cors {"));
  CHECK(has(made_of(R"({"honua": {"cors": {"allowCredentials": true, "enabled": true}}})", ""), "cors {"));
}

TEST_CASE("a switch counts, whatever a stronger document says beside it") {
  const std::string metadata = R"({
    "dataSources": [{"id": "db", "provider": "sqlite", "connectionString": "Data Source=a.db"}],
    "services": [{"id": "s", "dataSourceId": "db", "ogc": {"wfsEnabled": true}}],
    "layers": [{"id": "l", "serviceId": "s", "idField": "id", "storage": {"table": "l"}}]})";
  const std::string off =
      R"({"honua": {"services": {"wfs": {"enabled": false}}, "odata": {"enabled": false}}})";
  const std::string made =
      made_of(off, "HONUA__SERVICES__WFS__MAXFEATURES=5\nHONUA__ODATA__MAXPAGESIZE=9\n", metadata);
  CHECK(has(made, "= [service.ogc_api]\n"));
  CHECK(has(made_of(R"({"honua": {"odata": {"maxPageSize": 9}}})", "", metadata),
            "= [service.odata, service.ogc_api, service.wfs]\n"));
}

TEST_CASE("the lag of replicas is that of the strongest document, unless they say it themselves") {
  const std::string settings =
      R"({"ConnectionStrings": {"PgReplica": "Host=r;Database=postgres"}, "ReadReplica": {"MaxReplicationLagSeconds": 5}})";
  CHECK(has(made_of(settings, "ReadReplica__MaxReplicationLagSeconds=10\n"), "max_replication_lag = 10"));
  CHECK(has(made_of(settings, ""), "max_replication_lag = 5"));
  const std::string metadata =
      R"({"dataSources": [{"id": "r", "provider": "postgis", "connectionString": "Host=r", "readOnly": true, "maxReplicationLagSeconds": 3}]})";
  const std::string made = made_of(R"({"ReadReplica": {"MaxReplicationLagSeconds": 5}})", "", metadata);
  CHECK(has(made, "max_replication_lag = 3"));
  CHECK_FALSE(has(made, "max_replication_lag = 5"));
}

TEST_CASE("requests per minute bring their window with them") {
  const std::string settings = R"({"RateLimiting": {"Default": {"PermitLimit": 100, "WindowMinutes": 5}}})";
  CHECK(has(made_of(settings, ""), "requests = 100\n      window   = \"5m\""));
  CHECK(has(made_of(settings, "RateLimiting__DefaultRequestsPerMinute=60\n"),
            "requests = 60\n      window   = \"1m\""));
  CHECK(has(made_of(settings, "RateLimiting__Default__PermitLimit=60\n"),
            "requests = 60\n      window   = \"5m\""));
}

TEST_CASE("parts of a store of attachments come from several documents") {
  const std::string settings =
      R"({"honua": {"attachments": {"profiles": {"Photos": {"provider": "S3", "s3": {"Bucket": "city", "secretAccessKey": "put in later"}}}}}})";
  const std::string made =
      made_of(settings, "HONUA__ATTACHMENTS__PROFILES__PHOTOS__S3__SECRETACCESSKEY=hunter2\n");
  CHECK(has(made, "bucket_name       = \"city\""));
  CHECK(has(made, "env(\"HONUA__ATTACHMENTS__PROFILES__PHOTOS__S3__SECRETACCESSKEY\")"));
  CHECK_FALSE(has(made, "hunter2"));
}

TEST_CASE("the default connection and one that is called primary are two") {
  const std::string made = made_of(
      R"({"ConnectionStrings": {"primary": "Host=one;Database=a", "DefaultConnection": "Host=two;Database=b"}})",
      "");
  CHECK(has(made, "Host=one"));
  CHECK(has(made, "Host=two"));
}

TEST_CASE("the same connection in the metadata and in settings is no conflict") {
  const std::string metadata =
      R"({"dataSources": [{"id": "pg", "provider": "postgis", "connectionString": "Host=db"}]})";
  CHECK(warnings(R"({"ConnectionStrings": {"pg": "Host=db"}})", metadata) == 0);
  CHECK(warnings(R"({"ConnectionStrings": {"pg": "Host=other"}})", metadata) == 1);
}

TEST_CASE("a new variable is called otherwise than those that the documents name") {
  const std::string metadata = R"({"dataSources": [
    {"id": "main", "provider": "postgis", "connectionString": "Host=h;Password=hunter2"},
    {"id": "a", "provider": "postgis", "connectionString": "env:MAIN_CONNECTION"},
    {"id": "b", "provider": "postgis", "connectionString": "Host=${MAIN_CONNECTION_2}"}]})";
  CHECK(has(made_of("", "", metadata), "env(\"MAIN_CONNECTION_3\")"));
}

TEST_CASE("beside what shells put in only the secret is moved") {
  const std::string metadata = R"({"dataSources": [
    {"id": "a", "provider": "postgis", "connectionString": "Host=${PGHOST};Password=hunter2;Port=1"},
    {"id": "b", "provider": "postgis", "connectionString": "Host=h;Password=${PW:-hunter3}"}]})";
  const Migrated one(metadata);
  REQUIRE(one.made != nullptr);
  const std::string text = one.made->text();
  CHECK(has(text, R"("Host=${env("PGHOST")};Password=${env("A_SECRET")};Port=1")"));
  CHECK(has(text, R"("Host=h;Password=${env("PW")}")"));
  CHECK_FALSE(has(text, "hunter"));
  REQUIRE(one.made->variables.size() == 3);
  CHECK_FALSE(one.made->variables[0].value);
  CHECK(one.made->variables[1].value == "hunter2");
  CHECK(one.made->variables[2].value == "hunter3");
}

TEST_CASE("secrets are told in the forms of several clients") {
  for (const char* connection : {"u/hunter2@//h:1521/x", "//u:hunter2@h/d", "User Id=u/hunter2@h;",
                                 "Host=h;'Password'=hunter2", "postgres://u:hunter2@h/d"}) {
    CAPTURE(connection);
    const std::string metadata =
        R"({"dataSources": [{"id": "a", "provider": "oracle", "connectionString": ")" +
        std::string(connection) + "\"}]}";
    CHECK(has(made_of("", "", metadata), "connection = env(\"A_CONNECTION\")"));
  }
}

TEST_CASE("texts keep their bytes, whatever HCL makes of them") {
  const std::string metadata =
      R"({"dataSources": [{"id": "a", "provider": "postgis", "connectionString": "Host=h;Password=A\u030ax"}]})";
  const Migrated one(metadata);
  REQUIRE(one.made != nullptr);
  CHECK(one.made->variables.front().value == "Host=h;Password=A\xCC\x8Ax");
}

TEST_CASE("what is below a secret's name is a secret, numbers included") {
  const std::string made = made_of(
      R"({"Kestrel": {"password": {"value": "hunter2"}, "apiKeys": {"k": "hunter2"}, "token": 4711}, "Serilog": {"x": 1}})",
      "");
  CHECK_FALSE(has(made, "hunter2"));
  CHECK_FALSE(has(made, "4711"));
  CHECK(has(made, "\"x\":1"));
}

TEST_CASE("names that differ by case only are one name, and an error") {
  CHECK(made_of("", "", R"({"layers": [], "Layers": []})") == "none");
  CHECK(made_of(R"({"Serilog": {"a": 1, "A": 2}})", "") == "none");
  CHECK(made_of(R"({"Serilog": 1, "serilog": 2})", "") == "none");
  std::string many = "{\"folders\": []";
  for (int number = 0; number < 40; ++number) many += ", \"n" + std::to_string(number) + "\": 1";
  CHECK(made_of("", "", many + "}") != "none");
  CHECK(made_of("", "", many + ", \"N7\": 1}") == "none");
}

TEST_CASE("sections of settings that differ by case are one") {
  const std::string made = made_of(
      R"({"honua": {"environment": "test"}, "Honua": {"cors": {"allowedOrigins": ["https://a"]}}, "HONUA": {"odata": {"maxPageSize": 9}}})",
      "");
  CHECK(has(made, "environment = \"test\""));
  CHECK(has(made, "allowed_origins = [\"https://a\"]"));
  CHECK(has(made, "max_page_size = 9"));
}

TEST_CASE("groups that are switched off have no say about services") {
  const std::string metadata = R"({
    "dataSources": [{"id": "db", "provider": "sqlite", "connectionString": "Data Source=a.db"}],
    "services": [{"id": "off", "enabled": false, "dataSourceId": "db",
                  "ogc": {"itemLimit": 5, "wfsEnabled": true}, "geoservices": {"capabilities": "Editing"}},
                 {"id": "on", "dataSourceId": "db", "ogc": {"itemLimit": 50}}],
    "layers": []})";
  const std::string made = made_of("", "", metadata);
  CHECK(has(made, "item_limit    = 50"));
  CHECK_FALSE(has(made, "service \"wfs\""));
  CHECK_FALSE(has(made, "enable_editing"));
}

TEST_CASE("what an enabled role model protects must be let go of on purpose") {
  CHECK(made_of("", "", R"({"server": {"rbac": {"enabled": true}}, "layers": []})") == "none");
  CHECK(made_of("", "", R"({"server": {"rbac": {"enabled": false}}, "layers": []})") != "none");
}

}  // namespace honua::migration
