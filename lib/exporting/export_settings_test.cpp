// SPDX-License-Identifier: MIT
#include "exporting/export_settings.h"

#include <doctest/doctest.h>

#include <deque>
#include <ostream>
#include <string>
#include <vector>

#include "exporting/leaving_out.h"
#include "syntax/parser.h"

namespace honua::exporting {

namespace {

struct GivenFile {
  std::string name;
  std::string text;
  bool is_overlay = false;
};

struct Exported {
  std::string settings;           // `KEY = VALUE` each on a line, references as `${NAME}`
  std::vector<std::string> told;  // `CODE: MESSAGE`, in the order of the files
  bool is_refused = false;
};

std::string value_of(const ServerSetting& setting) {
  if (setting.form != SettingForm::reference) return setting.text;
  std::string made;
  for (const config::TextPart& one : setting.parts)
    made += one.is_reference ? "${" + one.text + "}" : one.text;
  return made;
}

Exported exported(const std::vector<GivenFile>& files) {
  source::SourceSet sources;
  diagnostics::Diagnostics sink;
  std::deque<syntax::Tree> trees;
  std::vector<config::LoadInput> inputs;
  for (const GivenFile& one : files) {
    const source::SourceFile& file = sources.add(one.name, one.text);
    const bool is_json = one.name.ends_with(".json");
    trees.push_back(is_json ? syntax::parse_json(file, syntax::Dialect::honua, sink)
                            : syntax::parse(file, syntax::Dialect::honua, sink));
    inputs.push_back({&trees.back(), is_json, one.is_overlay, false});
  }
  REQUIRE_FALSE(sink.has_errors());
  diagnostics::Diagnostics told;
  Exported made;
  for (const ServerSetting& one : export_settings(inputs, told))
    made.settings += key_of(one) + " = " + value_of(one) + "\n";
  for (const diagnostics::Diagnostic* one : told.sorted())
    made.told.push_back(std::string(one->rule->code) + ": " + one->message);
  made.is_refused = told.has_errors();
  return made;
}

Exported exported(const std::string& text) { return exported(std::vector<GivenFile>{{"a.hcl", text}}); }

using Told = std::vector<std::string>;

std::string source_with(const std::string& connection) {
  return "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = " + connection + "\n}\n";
}

}  // namespace

TEST_CASE("data sources are connections, and the Redis cache is one more") {
  const Exported made = exported(
      "data_source \"gis\" {\n  provider   = \"postgresql\"\n  connection = \"Host=db;Database=gis\"\n}\n"
      "cache \"shared\" {\n  type       = \"redis\"\n  connection = \"redis.internal:6379\"\n}\n");
  CHECK(made.settings ==
        "ConnectionStrings:gis = Host=db;Database=gis\n"
        "ConnectionStrings:Redis = redis.internal:6379\n");
  CHECK(made.told.empty());
}

TEST_CASE("a cache that is off is none, and of several the one called Redis counts") {
  CHECK(exported(
            "cache \"redis\" {\n  enabled    = false\n  connection = \"redis:6379\"\n  prefix = \"a\"\n}\n")
            .settings.empty());
  const Exported made = exported(
      "cache \"first\" {\n  type       = \"redis\"\n  connection = \"a:6379\"\n}\n"
      "cache \"Redis\" {\n  type       = \"redis\"\n  connection = \"b:6379\"\n}\n");
  CHECK(made.settings == "ConnectionStrings:Redis = b:6379\n");
  CHECK(made.told ==
        Told{"H0129: `cache.first` is left out: the server has one Redis, which is `cache.Redis`"});
}

TEST_CASE("what is no Redis, and what a cache has beside its connection, has no place") {
  const Exported made = exported(
      "cache \"memory\" {\n  enabled = true\n}\n"
      "cache \"redis\" {\n  connection  = \"redis:6379\"\n  required_in = [\"production\"]\n  ttl = 60\n"
      "  settings = {\n    ssl = true\n  }\n}\n");
  CHECK(made.settings == "ConnectionStrings:Redis = redis:6379\n");
  CHECK(made.told ==
        Told{"H0129: `cache.memory` is left out: it has no place among these settings",
             "H0129: `cache.redis.required_in` is left out: it has no place among these settings",
             "H0129: `cache.redis.ttl` is left out: it has no place among these settings",
             "H0127: `cache.redis.settings.ssl` is left out: it has no place among these settings"});
}

TEST_CASE("values from the environment stay references") {
  const auto connection = [](const std::string& value, const std::string& rest = "") {
    return exported(source_with(value) + rest).settings;
  };
  CHECK(connection("env(\"URL\")") == "ConnectionStrings:db = ${URL}\n");
  CHECK(connection("\"${env:URL}\"") == "ConnectionStrings:db = ${URL}\n");
  CHECK(connection("\"Host=db;Password=${env(\"PASSWORD\")}\"") ==
        "ConnectionStrings:db = Host=db;Password=${PASSWORD}\n");
  CHECK(connection("\"postgres://me:${env(\"PASSWORD\")}@db/gis\"") ==
        "ConnectionStrings:db = postgres://me:${PASSWORD}@db/gis\n");
  CHECK(connection("\"redis:6379,password=${env(\"PASSWORD\")},ssl=true\"") ==
        "ConnectionStrings:db = redis:6379,password=${PASSWORD},ssl=true\n");
  CHECK(connection("var.c", "variable \"c\" {\n  default = \"Host=${env(\"HOST\")}\"\n}\n") ==
        "ConnectionStrings:db = Host=${HOST}\n");
  CHECK(connection("\"Host=${var.host}\"", "variable \"host\" {\n  default = \"db\"\n}\n") ==
        "ConnectionStrings:db = Host=db\n");
}

TEST_CASE("what is computed from the environment, and what no shell can name, is left out") {
  for (const std::string value : {"lower(env(\"A\"))", "env(\"A\") == \"x\" ? \"y\" : \"z\"",
                                  "nonsensitive(env(\"A\"))", "nonsensitive(var.a)", "lower(var.a)"}) {
    CAPTURE(value);
    const Exported made = exported(source_with(value) + "variable \"a\" {\n  default = env(\"A\")\n}\n");
    CHECK(made.settings.empty());
    CHECK(made.told ==
          Told{"H0128: `data_source.db.connection` is left out: it is computed from the environment, and the "
               "server computes nothing in its settings"});
  }
  const Exported made = exported(source_with("env(\"A B\")"));
  CHECK(made.settings.empty());
  CHECK(made.told ==
        Told{"H0128: `data_source.db.connection` is left out: neither shells nor systemd know the "
             "environment variable that it names"});
}

TEST_CASE("a default of a variable is told") {
  const Exported made = exported(source_with("env(\"URL\", \"Host=db\")"));
  CHECK(made.settings == "ConnectionStrings:db = ${URL}\n");
  CHECK(made.told ==
        Told{"H0128: a default in `data_source.db.connection` is left out: the server's settings "
             "have none"});
}

TEST_CASE("no secret is written, wherever the configuration has it") {
  const std::string rest =
      "variable \"redis_password\" {\n  default = \"hunter2\"\n}\n"
      "variable \"c\" {\n  default = \"Host=db;Password=hunter2\"\n}\n";
  for (const std::string value :
       {"\"Host=db;Password=hunter2\"", "\"postgres://me:hunter2@db/gis\"", "var.c", "var.redis_password",
        "\"a:6379,password=${var.redis_password}\"", "\"Host=${env(\"HOST\")};Password=hunter2\"",
        "\"Password=hunter2${env(\"MORE\")}\"", "\"postgres://me:hunter2@${env(\"HOST\")}/gis\"",
        "\"'Password'=hunter2;Host=db\""}) {
    CAPTURE(value);
    const Exported made = exported(source_with(value) + rest);
    CHECK(made.settings.empty());
    CHECK(made.told ==
          Told{"H5101: `data_source.db.connection` is left out: it spells out a secret, and none "
               "is ever written"});
  }
  for (const std::string value : {"sensitive(\"hunter2\")", "lower(var.redis_password)"}) {
    CAPTURE(value);
    const Exported made = exported(source_with(value) + rest);
    CHECK(made.settings.empty());
    CHECK(
        made.told ==
        Told{"H0128: `data_source.db.connection` is left out: it is computed from the environment or from a "
             "secret, and the server computes nothing in its settings"});
  }
  const Exported made = exported(source_with("env(\"URL\", \"Password=hunter2\")"));
  CHECK(made.settings == "ConnectionStrings:db = ${URL}\n");
}

TEST_CASE("two connections of one name are one for the server") {
  const Exported made = exported(
      "data_source \"db\" {\n  connection = \"Host=a\"\n}\ndata_source \"DB\" {\n  connection = "
      "\"Host=b\"\n}\n"
      "data_source \"redis\" {\n  connection = \"Host=c\"\n}\ncache \"redis\" {\n  connection = "
      "\"r:6379\"\n}\n");
  CHECK(made.settings == "ConnectionStrings:db = Host=a\nConnectionStrings:Redis = r:6379\n");
  CHECK(made.told ==
        Told{"H0129: `data_source.DB.connection` is left out: the server has another connection of this name",
             "H0129: `data_source.redis.connection` is left out: the server has another connection of this "
             "name"});
}

TEST_CASE("replicas switch the reading from them on, with the shortest of their lags") {
  const Exported made = exported(
      "data_source \"db\" {\n  connection = env(\"DB\")\n  read_only = false\n}\n"
      "data_source \"near\" {\n  connection = env(\"NEAR\")\n  read_only = true\n  max_replication_lag = "
      "5\n}\n"
      "data_source \"far\" {\n  connection = env(\"FAR\")\n  read_only = true\n  max_replication_lag = "
      "60\n}\n"
      "data_source \"old\" {\n  connection = env(\"OLD\")\n  settings = {\n    read_only = true\n  }\n}\n");
  CHECK(made.settings ==
        "ConnectionStrings:db = ${DB}\n"
        "ConnectionStrings:near = ${NEAR}\n"
        "ConnectionStrings:far = ${FAR}\n"
        "ConnectionStrings:old = ${OLD}\n"
        "ReadReplica:EnableReadReplicaRouting = true\n"
        "ReadReplica:MaxReplicationLagSeconds = 5\n");
  const std::string no_setting =
      ".read_only` is left out: the server has a switch for reading from replicas, but no setting that says "
      "which they are";
  const std::string one_lag = "the server has one lag for all, which is that of `data_source.near`";
  CHECK(made.told == Told{"H0127: `data_source.near" + no_setting, "H0127: `data_source.far" + no_setting,
                          "H0127: `data_source.far.max_replication_lag` is left out: " + one_lag,
                          "H0127: `data_source.old` gets a lag, too: " + one_lag,
                          "H0127: `data_source.old" + no_setting});
}

TEST_CASE("a lag without a replica, and a replica of the environment, are told") {
  const Exported made = exported(
      "data_source \"a\" {\n  connection = env(\"A\")\n  max_replication_lag = 5\n}\n"
      "data_source \"b\" {\n  connection = env(\"B\")\n  read_only = env(\"IS_REPLICA\")\n}\n");
  CHECK(made.settings == "ConnectionStrings:a = ${A}\nConnectionStrings:b = ${B}\n");
  CHECK(made.told ==
        Told{"H0127: `data_source.a.max_replication_lag` is left out: its data source is no replica",
             "H0128: `data_source.b.read_only` is left out: it depends on the environment"});
}

TEST_CASE("high availability and the election of a leader have sections of their own") {
  const std::string inner =
      "  enabled = true\n  leader_election {\n    enabled = true\n    resource_name = \"city\"\n"
      "    lease_duration_seconds = 60\n    renewal_interval_seconds = 20\n    key_prefix = env(\"PREFIX\")\n"
      "    enable_detailed_logging = false\n  }\n}\n";
  const std::string redis = "cache \"redis\" {\n  connection = env(\"REDIS_URL\")\n}\n";
  const std::string expected =
      "ConnectionStrings:Redis = ${REDIS_URL}\n"
      "HighAvailability:Enabled = true\n"
      "HighAvailability:RedisConnectionString = ${REDIS_URL}\n"
      "LeaderElection:ResourceName = city\n"
      "LeaderElection:LeaseDurationSeconds = 60\n"
      "LeaderElection:RenewalIntervalSeconds = 20\n"
      "LeaderElection:KeyPrefix = ${PREFIX}\n"
      "LeaderElection:EnableDetailedLogging = false\n";
  const Exported inside = exported("honua {\n  high_availability {\n" + inner + "}\n" + redis);
  CHECK(inside.settings == expected);
  CHECK(inside.told ==
        Told{"H0127: `honua.high_availability.leader_election.enabled` is left out: the server "
             "has no such switch"});
  const Exported apart = exported("high_availability {\n" + inner + redis);
  CHECK(apart.settings == expected);
  CHECK(
      apart.told ==
      Told{"H0127: `high_availability.leader_election.enabled` is left out: the server has no such switch"});
}

TEST_CASE("without high availability the server has no need of a channel") {
  const std::string redis = "cache \"redis\" {\n  connection = \"r:6379\"\n}\n";
  CHECK(exported("high_availability {\n  enabled = false\n}\n" + redis).settings ==
        "ConnectionStrings:Redis = r:6379\nHighAvailability:Enabled = false\n");
  CHECK(exported("high_availability {\n  enabled = env(\"HA\")\n}\n" + redis).settings ==
        "ConnectionStrings:Redis = r:6379\nHighAvailability:Enabled = ${HA}\n"
        "HighAvailability:RedisConnectionString = r:6379\n");
}

TEST_CASE("an election that only a variable describes is one, too") {
  const auto jobs = [](const std::string& election) {
    return exported("variable \"background_jobs\" {\n  default = {\n    mode = \"Polling\"\n    " + election +
                    "\n  }\n}\n");
  };
  const std::string mode =
      "H0127: `variable.background_jobs.default.mode` is left out: it has no place among these settings";
  const Exported made = jobs(
      "leader_election = { enabled = true, provider = \"Redis\", resource_name = \"jobs\", "
      "lease_duration_seconds = 30, renewal_interval_seconds = 10 }");
  CHECK(made.settings ==
        "LeaderElection:ResourceName = jobs\n"
        "LeaderElection:LeaseDurationSeconds = 30\n"
        "LeaderElection:RenewalIntervalSeconds = 10\n");
  CHECK(made.told ==
        Told{mode,
             "H0127: `variable.background_jobs.default.leader_election.enabled` is left out: the "
             "server has no such switch"});
  CHECK_FALSE(made.is_refused);
}

TEST_CASE("the election of high availability counts more than that of a variable") {
  const Exported made = exported(
      "high_availability {\n  leader_election {\n    resource_name = \"a\"\n  }\n}\n"
      "variable \"background_jobs\" {\n  default = {\n    leader_election = { resource_name = \"b\" }\n  "
      "}\n}\n");
  CHECK(made.settings == "LeaderElection:ResourceName = a\n");
  CHECK(made.told == Told{"H0129: `variable.background_jobs.default.leader_election` is left out: the one of "
                          "`high_availability` counts"});
}

TEST_CASE("values that the server refuses are errors, and are not written") {
  const auto told = [](const std::string& members) {
    const Exported made = exported("variable \"background_jobs\" {\n  default = {\n    leader_election = { " +
                                   members + " }\n  }\n}\n");
    CHECK(made.is_refused);
    REQUIRE(made.told.size() == 1);
    return made.told.front();
  };
  const std::string in_variable = "`variable.background_jobs.default.leader_election";
  CHECK(told("lease_duration_seconds = 301") ==
        "H4001: " + in_variable + ".lease_duration_seconds` is a value that the server refuses");
  CHECK(told("lease_duration_seconds = 300, renewal_interval_seconds = 101") ==
        "H4002: " + in_variable + ".renewal_interval_seconds` is a value that the server refuses");
  CHECK(told("lease_duration_seconds = 10") == "H4003: " + in_variable + "` renews a lease that has ended");
  CHECK(told("renewal_interval_seconds = 16") ==
        "H4004: " + in_variable + "` renews a lease in the second half of it");
  CHECK(told("resource_name = \" \"") ==
        "H4005: " + in_variable + ".resource_name` is a value that the server refuses");
  CHECK(told("resource_name = \"" + std::string(101, 'x') + "\"") ==
        "H4005: " + in_variable + ".resource_name` is a value that the server refuses");
  CHECK(told("key_prefix = \"\"") ==
        "H4006: " + in_variable + ".key_prefix` is a value that the server refuses");
  CHECK(told("enable_detailed_logging = \"often\"") ==
        "H1105: " + in_variable + ".enable_detailed_logging` must be `true` or `false`, found a string");
}

TEST_CASE("what the server takes from neither the file nor these settings is told") {
  const Exported made = exported(
      "honua {\n  version = \"1.0\"\n  log_level = \"warning\"\n  cors {\n    max_age = 60\n  }\n"
      "  security {\n    require_https = true\n  }\n}\n"
      "data_source \"db\" {\n  provider = \"postgresql\"\n  connection = env(\"URL\")\n"
      "  pool {\n    max_size = 20\n  }\n  retry {\n    max_attempts = 3\n  }\n}\n"
      "rate_limit {\n  store = \"redis\"\n}\nlogging {\n  level = \"warning\"\n}\n"
      "service \"wfs\" {\n  version = \"2.0.0\"\n}\n");
  const std::string no_place = "` is left out: it has no place among these settings";
  CHECK(made.settings == "ConnectionStrings:db = ${URL}\n");
  CHECK(made.told == Told{"H0129: `honua.log_level" + no_place, "H0127: `honua.cors.max_age" + no_place,
                          "H0127: `honua.security" + no_place, "H0129: `data_source.db.pool" + no_place,
                          "H0127: `data_source.db.retry" + no_place, "H0129: `rate_limit" + no_place,
                          "H0127: `logging" + no_place});
}

TEST_CASE("overlays count, and so do files in JSON") {
  const Exported made = exported(std::vector<GivenFile>{
      {"a.hcl.json", R"({"data_source": {"db": {"provider": "sqlite", "connection": "Data Source=/a.db"}}})"},
      {"a.production.hcl", "data_source \"db\" {\n  connection = env(\"URL\")\n}\n", true}});
  CHECK(made.settings == "ConnectionStrings:db = ${URL}\n");
  CHECK(made.told.empty());
}

TEST_CASE("a configuration of nothing has no settings") { CHECK(exported("").settings.empty()); }

TEST_CASE("the rules that settings are checked by exist") {
  for (const char* slug :
       {"connection-secret", "lease-out-of-range", "renewal-out-of-range", "renewal-after-lease",
        "renewal-over-half-lease", "resource-name-unfit", "key-prefix-blank"}) {
    CHECK(checked_rule(slug).slug == slug);
  }
}

}  // namespace honua::exporting
