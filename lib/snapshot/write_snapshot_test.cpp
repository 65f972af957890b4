// SPDX-License-Identifier: MIT
#include "snapshot/write_snapshot.h"

#include <doctest/doctest.h>

#include <deque>
#include <string>
#include <vector>

#include "snapshot/document.h"
#include "snapshot/value_writer.h"
#include "syntax/parser.h"

namespace honua::snapshot {

namespace {

struct Text {
  std::string text;
  bool is_overlay = false;
  bool is_json = false;
};

WrittenSnapshot snapshot_of(const std::vector<Text>& texts,
                            const MapEnvironment& environment = MapEnvironment()) {
  source::SourceSet sources;
  std::deque<syntax::Tree> trees;
  std::vector<config::LoadInput> inputs;
  diagnostics::Diagnostics sink;
  for (const Text& one : texts) {
    const source::SourceFile& file = sources.add("a.hcl", one.text);
    trees.push_back(one.is_json ? syntax::parse_json(file, syntax::Dialect::honua, sink)
                                : syntax::parse(file, syntax::Dialect::honua, sink));
    inputs.push_back({&trees.back(), one.is_json, one.is_overlay, false});
  }
  const config::Loaded loaded = config::load(inputs, environment, syntax::Dialect::honua, sink);
  WrittenSnapshot written = write_snapshot({loaded.configuration, loaded.environment_uses, inputs, sources});
  const auto read = Document::read("s", written.text);
  REQUIRE_MESSAGE(read.has_value(), read.error().message);
  CHECK_FALSE(read->is_rewritten());
  return written;
}

std::string text_of(const std::string& text) { return snapshot_of({{text}}).text; }

}  // namespace

TEST_CASE("the same configuration has the same snapshot, however it is written") {
  const std::string plain = text_of(
      "honua {\n  log_level = \"debug\"\n  cors {\n    allowed_origins = [\"https://a\", \"https://b\"]\n  "
      "}\n}\n"
      "service \"ogc_api\" {\n  item_limit = 5\n}\n"
      "layer \"roads\" {\n  title = \"Roads\"\n  data_source = data_source.db\n  services = "
      "[service.ogc_api, service.wfs]\n"
      "  fields {\n    id { type = \"int\" }\n    name { type = \"string\" }\n  }\n}\n"
      "data_source \"db\" {\n  provider = \"sqlite\"\n  read_only = true\n  connection = env(\"DB\")\n}\n");
  SUBCASE("attributes for blocks, another order, defaults written out, other spellings") {
    CHECK(plain ==
          text_of("data_source \"db\" {\n  settings = { read_only = true }\n  connection = \"${env:DB}\"\n  "
                  "provider = "
                  "\"sqlite\"\n}\n"
                  "layer \"roads\" {\n  fields = { name = { type = \"string\", nullable = true }, id = { "
                  "type = \"int\" } }\n"
                  "  services = [\"wfs\", \"ogc_api\", \"wfs\"]\n  data_source = \"db\"\n  introspect_fields "
                  "= true\n  title = "
                  "\"Ro${\"ads\"}\"\n  description = null\n}\n"
                  "service \"ogc_api\" {\n  type = \"ogcapi\"\n  enabled = true\n  base_path = \"/ogcapi\"\n "
                  " settings = { "
                  "item_limit = 5 }\n}\n"
                  "honua {\n  log_level = \"Debug\"\n  environment = \"development\"\n  allowed_hosts = []\n "
                  " cors = { "
                  "allowed_origins = [\"https://b\", \"https://a\"], allow_any_origin = false }\n}\n"));
  }
  SUBCASE("an overlay and a variable") {
    CHECK(
        plain ==
        snapshot_of(
            {{"variable \"title\" {\n  default = \"Roads\"\n}\n"
              "honua {\n  log_level = \"error\"\n  cors {\n    allowed_origins = [\"https://a\", "
              "\"https://b\"]\n  }\n}\n"
              "service \"ogc_api\" {\n}\n"
              "layer \"roads\" {\n  title = var.title\n  data_source = data_source.db\n  services = "
              "[service.ogc_api, service.wfs]\n"
              "  fields {\n    id { type = \"int\" }\n    name { type = \"string\" }\n  }\n}\n"
              "data_source \"db\" {\n  provider = \"sqlite\"\n  read_only = true\n  connection = \"x\"\n}\n"},
             {"honua {\n  log_level = \"debug\"\n}\nservice \"ogc_api\" {\n  item_limit = 5\n}\n"
              "data_source \"db\" {\n  connection = env(\"DB\")\n}\n",
              true}})
            .text);
  }
  SUBCASE("HCL's JSON form") {
    CHECK(plain ==
          snapshot_of(
              {{R"({"honua": {"log_level": "debug", "cors": {"allowed_origins": ["https://a", "https://b"]}},
  "service": {"ogc_api": {"item_limit": 5}},
  "layer": {"roads": {"title": "Roads", "data_source": "db", "services": ["ogc_api", "wfs"],
    "fields": {"id": {"type": "int"}, "name": {"type": "string"}}}},
  "data_source": {"db": {"provider": "sqlite", "read_only": true, "connection": "${env(\"DB\")}"}}})",
                false, true}})
              .text);
  }
}

TEST_CASE("a server that nothing is said of is the same without its block") {
  const std::string service = "service \"wfs\" {\n}\n";
  CHECK(text_of(service) == text_of(service + "honua {\n}\n"));
  CHECK(text_of(service) == text_of(service + "honua {\n  environment = \"development\"\n}\n"));
  CHECK(text_of(service) != text_of(service + "honua {\n  environment = \"production\"\n}\n"));
  CHECK(text_of(service) != text_of(service + "high_availability {\n  enabled = true\n}\n"));
}

TEST_CASE("a snapshot is the same whatever the environment holds, and holds nothing of it") {
  const std::string text =
      "variable \"host\" {\n  default = env(\"HOST\")\n}\n"
      "variable \"twice\" {\n  default = \"${var.host}${var.host}\"\n}\n"
      "data_source \"db\" {\n  provider = \"postgresql\"\n  connection = "
      "\"Host=${var.host};Port=${env(\"PORT\", "
      "\"5432\")}\"\n  health_check = nonsensitive(var.twice)\n  pool {\n    max_size = env(\"POOL\")\n  "
      "}\n}\n"
      "layer \"a\" {\n  title = upper(env(\"TITLE\"))\n  services = jsondecode(env(\"LIST\"))\n  description "
      "= "
      "nonsensitive(env(\"TITLE\"))\n}\n";
  const WrittenSnapshot without = snapshot_of({{text}});
  const WrittenSnapshot with = snapshot_of({{text}}, MapEnvironment({{"HOST", "planted-secret"},
                                                                     {"PORT", "99"},
                                                                     {"POOL", "7"},
                                                                     {"TITLE", "planted-secret"},
                                                                     {"LIST", "[\"planted-secret\"]"}}));
  CHECK(without.text == with.text);
  CHECK(with.text.find("planted") == std::string::npos);
  CHECK(with.text.find("PLANTED") == std::string::npos);
  for (const char* part : {"\"$template\": [", "\"$env\": \"HOST\"", "\"default\": \"5432\"",
                           "\"$env\": \"POOL\"", "\"$expression\": \"upper(env(\\\"TITLE\\\"))\"",
                           "\"environment\": [\n    \"HOST\",\n    \"LIST\""}) {
    CAPTURE(part);
    CAPTURE(with.text);
    CHECK(with.text.find(part) != std::string::npos);
  }
}

TEST_CASE("secrets that stand in the file are left out, and counted") {
  const WrittenSnapshot written = snapshot_of(
      {{"data_source \"db\" {\n  provider = \"postgresql\"\n  connection = "
        "\"Host=a;Password=planted-secret\"\n}\n"
        "data_source \"c\" {\n  connection = \"postgresql://me:planted-secret@${env(\"H\")}/x\"\n}\n"
        "attachment_storage \"a\" {\n  s3 {\n    bucket_name = \"b\"\n    secret_access_key = "
        "\"planted-secret\"\n  }\n}\n"
        "service \"wfs\" {\n  api_token = \"planted-secret\"\n  headers = { password = [\"planted-secret\"] "
        "}\n}\n"}});
  CHECK(written.text.find("planted") == std::string::npos);
  CHECK(written.text.find("\"$masked\": \"Host=a;Password=********\"") != std::string::npos);
  CHECK(written.text.find("postgresql://me:********@") != std::string::npos);
  CHECK(written.masked == 5);
}

TEST_CASE("names and references that hold secrets are written without them") {
  const WrittenSnapshot written = snapshot_of(
      {{"layer \"Host=a;Password=planted-secret\" {\n  data_source = \"Host=a;Password=planted-secret\"\n}\n"
        "service \"wfs\" {\n  free = { \"Password=planted-secret\" = 1, \"Password=planted-other\" = 2 }\n}\n"
        "logging {\n  overrides = { \"Password=planted-secret\" = \"debug\" }\n}\n"}});
  CAPTURE(written.text);
  CHECK(written.text.find("planted") == std::string::npos);
}

TEST_CASE("values nested deeper than anybody writes them count as unknown") {
  const std::string deep(max_value_depth + 50, '[');
  const WrittenSnapshot written =
      snapshot_of({{"service \"wfs\" {\n  x = " + deep + "1" + std::string(deep.size(), ']') + "\n}\n"}});
  CHECK(written.unknown == 1);
}

TEST_CASE("names that look like a snapshot's own get a mark more, and back") {
  const std::string text = text_of("layer \"$a\" {\n  fields = { \"$env\" = { type = \"int\" } }\n}\n");
  CHECK(text.find("\"$$a\"") != std::string::npos);
  CHECK(text.find("\"$$env\"") != std::string::npos);
  const auto document = Document::from_canonical("s", text);
  REQUIRE(document.has_value());
  CHECK(document->find(config::BlockType::layer, "$a") != nullptr);
}

TEST_CASE("variables that double at each step come to an end") {
  std::string text = "variable \"v0\" {\n  default = env(\"X\")\n}\n";
  for (int i = 1; i < 30; ++i) {
    const std::string last = "var.v" + std::to_string(i - 1);
    text.append("variable \"v").append(std::to_string(i)).append("\" {\n  default = \"${env(\"A\", ");
    text.append(last).append(")}${env(\"B\", ").append(last).append(")}\"\n}\n");
  }
  const WrittenSnapshot written = snapshot_of({{text + "layer \"a\" {\n  title = var.v29\n}\n"}});
  CHECK(written.text.size() < 2'000'000);
}

TEST_CASE("reading a snapshot back gives the same text, also when somebody wrote it otherwise") {
  const std::string text = text_of(
      "layer \"é\" {\n  title = \"a\\nb ${\"\\\"\"}\"\n  fields = { b = { type = \"int\" }, a = { type = "
      "\"x\" } }\n}\n");
  const auto same = Document::read("s", text);
  REQUIRE(same.has_value());
  CHECK(same->text() == text);
  std::string compact;
  bool in_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"' && text[i - 1] != '\\') in_text = !in_text;
    if (in_text || (text[i] != ' ' && text[i] != '\n')) compact += text[i];
  }
  CHECK_FALSE(Document::from_canonical("s", compact).has_value());
  const auto again = Document::read("s", compact);
  REQUIRE(again.has_value());
  CHECK(again->text() == text);
}

TEST_CASE("what is no snapshot is refused with the reason") {
  const auto reason = [](const std::string& text) {
    const auto read = Document::read("s", text);
    REQUIRE_FALSE(read.has_value());
    return read.error().message;
  };
  CHECK(reason("{").find("line 1: ") == 0);
  CHECK(reason("{}") == "it has no `\"format\": \"honua-snapshot\"`");
  CHECK(reason(R"({"format": "honua-snapshot"})") == "it has no `format_version`");
  CHECK(reason(R"({"format": "honua-snapshot", "format_version": "2.0"})") ==
        "its `format_version` `2.0` is none that this honua knows");
  CHECK(
      reason(
          R"({"format": "honua-snapshot", "format_version": "1.0", "configuration": {"roof": {}}, "environment": []})") ==
      "it holds what this honua does not know in a snapshot");
  CHECK(reason(std::string(100'000, '[')).find("nested deeper") != std::string::npos);
}

TEST_CASE("a snapshot that holds a secret is none of honua's, and refused") {
  const auto snapshot = [](const std::string& layer) {
    return R"({"configuration": {"data_source": {"db": {"x": 1}}, "layer": {"a": )" + layer +
           R"(}}, "environment": [], "format": "honua-snapshot", "format_version": "1.0"})";
  };
  const std::vector<std::string> good = {
      R"({"connection": {"$masked": "Host=b;Password=********"}, "password": {"$env": "PASSWORD"}})",
      R"({"password": "", "pwd": "********", "tokens": {"name": "x"}, "title": "a: b=c"})",
      R"({"password": {"$expression": "Password="}})"};
  for (const std::string& one : good) CHECK(Document::read("s", snapshot(one)).has_value());
  const std::vector<std::string> bad = {R"({"connection": "Host=b;Password=planted"})",
                                        R"({"password": "planted"})",
                                        R"({"x": [{"tokens": ["planted"]}]})",
                                        R"({"url": "https://a:planted@b"})",
                                        R"({"x": {"$masked": "Bearer planted1"}})",
                                        R"({"x": {"$template": ["Password=planted", {"$env": "A"}]}})"};
  for (const std::string& one : bad) {
    const auto read = Document::read("s", snapshot(one));
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().message ==
          "`layer.a` holds a secret, and no snapshot does: make it anew with `honua snapshot`");
  }
  // Canonical ones, too.
  std::string text(Document::read("s", snapshot(R"({"title": "quiet"})")).value().text());
  text.replace(text.find("quiet"), 5, "token=planted");
  CHECK_FALSE(Document::read("s", text).has_value());
}

TEST_CASE("a default of `env` that is a secret is left out like any other") {
  const std::string secret = "hunter2XYZ";
  const auto source = [](const std::string& connection) {
    return "variable \"pw\" {\n  default = \"hunter2XYZ\"\n}\ndata_source \"db\" {\n  connection = " +
           connection + "\n}\n";
  };
  for (const std::string connection :
       {R"("Host=a;Password=${env("PW", "hunter2XYZ")}")", R"("${env:DB:-Host=a;Password=hunter2XYZ}")",
        R"(env("DB_PASSWORD", "hunter2XYZ"))", R"(env("DB", "Host=a;Password=hunter2XYZ"))",
        R"("Host=${env("H")};Password=${upper(var.pw)}")", R"("Host=${env("H")};Password=${var.pw}")",
        R"(replace("Host=${env("H")};Password=PWD", "PWD", "hunter2XYZ"))"}) {
    CAPTURE(connection);
    const std::string text = text_of(source(connection));
    CAPTURE(text);
    CHECK(text.find(secret) == std::string::npos);
    CHECK(text.find("********") != std::string::npos);
  }
  const std::string storage =
      text_of("attachment_storage {\n  s3 {\n    secret_access_key = env(\"S3\", \"hunter2XYZ\")\n  }\n}\n");
  CHECK(storage.find(secret) == std::string::npos);
  // What is no secret stays.
  CHECK(text_of(source(R"("Host=${env("H", "db1")};Database=x")")).find("db1") != std::string::npos);
}

}  // namespace honua::snapshot
