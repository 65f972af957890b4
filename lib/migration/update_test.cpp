// SPDX-License-Identifier: MIT
#include "migration/update.h"

#include <doctest/doctest.h>

#include <array>
#include <string>

#include "migration/migration_for_test.h"
#include "migration/replaced_for_test.h"
#include "syntax/parser.h"
#include "text/words.h"

namespace honua::migration {

namespace {

const std::string city = R"json({
  "dataSources": [{ "id": "db", "provider": "sqlite", "connectionString": "Data Source=a.db" }],
  "services": [{ "id": "s", "serviceType": "feature", "dataSourceId": "db", "ogc": { "itemLimit": 10 } }],
  "layers": [{ "id": "roads", "serviceId": "s", "title": "Roads", "idField": "id", "minScale": 10,
               "geometryType": "LineString", "geometryField": "geom",
               "storage": { "table": "roads", "srid": 4326 } },
             { "id": "asked", "serviceId": "s", "idField": "id", "sqlView": { "sql": "SELECT 1" } }],
  "styles": [{ "id": "red" }]
})json";

struct Brought {
  std::string text;
  editing::Update update;
};

Brought bring(const std::string& configuration, bool replaces = false) {
  const Migrated made(city);
  REQUIRE(made.made != nullptr);
  const source::SourceFile file(0, "honua.hcl", configuration);
  diagnostics::Diagnostics sink;
  const syntax::Tree tree = syntax::parse(file, syntax::Dialect::honua, sink);
  REQUIRE_FALSE(sink.has_errors());
  auto update = migration::update(tree, *made.made, replaces);
  REQUIRE(update.has_value());
  return {source::apply_edits(configuration, std::array{update->edits}).text, *std::move(update)};
}

std::string migrated_city() { return Migrated(city).made->text(); }

}  // namespace

TEST_CASE("what was migrated by now changes nothing") {
  const Brought same = bring(migrated_city());
  CHECK(same.text == migrated_city());
  CHECK(same.update.edits.empty());
  CHECK(same.update.added.empty());
  CHECK(same.update.warnings.empty());
}

TEST_CASE("a configuration without anything gets all of it, and nothing the second time") {
  const Brought first = bring("# mine\n");
  CHECK(first.text.starts_with("# mine\n\nhonua {\n"));
  CHECK(first.text.find("layer \"roads\" {") != std::string::npos);
  CHECK(first.text.find("# layer \"asked\" {") != std::string::npos);
  CHECK(first.text.find("# legacy metadata.json#/styles: ") != std::string::npos);
  const Brought second = bring(first.text);
  CHECK(second.text == first.text);
  CHECK(bring("").text.starts_with("honua {\n"));
}

TEST_CASE("settings that a block lacks are added to it, and comments above it") {
  std::string before = replaced(migrated_city(), "  title       = \"Roads\"\n", "");
  before = replaced(before, "    srid   = 4326\n", "");
  before = replaced(before, "# legacy /layers/0/minScale: 10\n", "");
  const Brought made = bring(before);
  CHECK(text::join(made.update.added, "\n") ==
        "layer.roads.geometry.srid\nlayer.roads.title\nlayer.roads: the comment of `/layers/0/minScale`");
  CHECK(made.text.find("# legacy /layers/0/minScale: 10\nlayer \"roads\" {") != std::string::npos);
  CHECK(made.text.find("    srid = 4326\n  }\n") != std::string::npos);
}

TEST_CASE("what a configuration says otherwise stays and is told, or is replaced") {
  const std::string before = replaced(migrated_city(), "\"Roads\"", "\"Streets\" # mine");
  const Brought kept = bring(before);
  CHECK(kept.text == before);
  CHECK(text::join(kept.update.flagged, "\n") ==
        "layer.roads.title is left alone: it is \"Streets\", and \"Roads\" by the documents");
  const Brought overruled = bring(before, true);
  CHECK(overruled.text == replaced(before, "\"Streets\"", "\"Roads\""));
  CHECK(text::join(overruled.update.changed, "\n") == "layer.roads.title: \"Streets\" -> \"Roads\"");
}

TEST_CASE("other spellings of a value are the same value") {
  const std::string before =
      replaced(replaced(migrated_city(), "data_source.db\n", "\"db\"\n"), "service.ogc_api", "ogc_api");
  const Brought made = bring(before);
  CHECK(made.text == before);
  CHECK(made.update.warnings.empty());
}

TEST_CASE("a block that is a comment stays one, and one that no longer is stays as well") {
  std::string before = migrated_city();
  const std::size_t at = before.find("layer \"roads\"");
  const std::string layer = before.substr(at, before.find("\n}\n", at) + 2 - at);
  std::string comments;
  for (const char c : "\n" + layer) comments += c == '\n' ? "\n# " : std::string(1, c);
  before = replaced(before, layer, comments.substr(1));
  const Brought made = bring(before);
  CHECK(made.text == before);
  CHECK(text::join(made.update.warnings, "\n") == "layer.roads is a comment, and stays one");
  const Brought served = bring(replaced(migrated_city(), "# layer \"asked\" {", "layer \"asked\" {}\n# "));
  CHECK(served.text.find("# layer \"asked\" {") == std::string::npos);
}

TEST_CASE("comments of members follow the documents that the file says it comes from") {
  const std::string current = migrated_city();
  const std::string old = replaced(replaced(current, "minScale: 10", "minScale: 20"), "# legacy /styles",
                                   "# legacy /gone: 1\n# legacy /styles");
  const Brought made = bring(old);
  CHECK(made.text == current);
  CHECK(text::join(made.update.changed, "\n") ==
        "the comment of `/layers/0/minScale`\nthe comment of `/gone`: taken away");
  const std::string foreign = replaced(old, "# From metadata.json\n", "# From other.json\n");
  const Brought left = bring(foreign);
  CHECK(left.text.find("# legacy /gone: 1\n") != std::string::npos);
  CHECK(left.text.find("# legacy /layers/0/minScale: 20\n# legacy metadata.json#/layers/0/minScale: 10\n") !=
        std::string::npos);
  CHECK(bring(left.text).text == left.text);
}

TEST_CASE("a layer that the documents do not serve any more is told") {
  const Brought made = bring(replaced(migrated_city(), "# layer \"asked\" {", "layer \"asked\" {}\n# "));
  CHECK(text::join(made.update.flagged, "\n")
            .find("layer.asked is served by the file, and by the documents it is not: it is a query") == 0);
}

TEST_CASE("a layer that is in none of the documents any more is told") {
  const Brought made = bring(migrated_city() + "\nlayer \"mine\" {\n}\n");
  CHECK(text::join(made.update.flagged, "\n") == "layer.mine is in none of the documents, and stays");
  CHECK(made.update.edits.empty());
}

TEST_CASE("what is added to an object is no block") {
  const Migrated one(replaced(
      city, "\"minScale\": 10",
      "\"fields\": [{ \"name\": \"id\", \"type\": \"long\" }, { \"name\": \"new\", \"type\": \"string\" }]"));
  for (const std::string body : {"fields = {\n    id = {\n      type = \"long\"\n    }\n  }",
                                 "fields = { id = { type = \"long\" } }", "fields = {}"}) {
    CAPTURE(body);
    const std::string text = "layer \"roads\" {\n  " + body + "\n}\n";
    const source::SourceFile file(0, "honua.hcl", text);
    diagnostics::Diagnostics sink;
    const auto update =
        migration::update(syntax::parse(file, syntax::Dialect::honua, sink), *one.made, false);
    REQUIRE(update.has_value());
    const std::string after = source::apply_edits(text, std::array{update->edits}).text;
    CHECK(after.find("new = {") != std::string::npos);
  }
}

TEST_CASE("secrets of a file are not told") {
  const std::string before =
      replaced(migrated_city(), "\"Data Source=a.db\"", "\"Data Source=a.db;Password=hunter2\"");
  const Brought made = bring(before);
  CHECK(text::join(made.update.flagged, "\n").find("hunter2") == std::string::npos);
  CHECK(made.update.flagged.size() == 1);
}

TEST_CASE("a block on one line takes no settings, which is told") {
  const Brought made = bring(replaced(migrated_city(), "honua {", "variable \"x\" { default = 1 }\nhonua {"));
  CHECK(made.update.edits.empty());
  const std::string one_line = "service \"ogc_api\" { enabled = true }\n";
  const Brought other = bring(one_line);
  CHECK(other.text.find("# legacy metadata.json#/services/0/id: \"s\"\n") == 0);
  CHECK(other.text.find("\n" + one_line) != std::string::npos);
  CHECK(text::join(other.update.flagged, "\n").find("service.ogc_api.item_limit is missing") == 0);
}

}  // namespace honua::migration
