// SPDX-License-Identifier: MIT
#include "migration/verify.h"

#include <doctest/doctest.h>

#include <string>

#include "migration/migration_for_test.h"
#include "migration/replaced_for_test.h"

namespace honua::migration {

namespace {

const std::string document = R"json({
  "catalog": { "id": "a: b", "pass: word": "x", "token": "y" },
  "dataSources": [{ "id": "db", "provider": "sqlite", "connectionString": "Data Source=a.db" }],
  "services": [{ "id": "s", "serviceType": "feature", "dataSourceId": "db", "ogc": { "itemLimit": 10 } }],
  "layers": [{ "id": "roads", "serviceId": "s", "title": "Roads", "idField": "id", "minScale": 10,
               "crs": ["EPSG:4326", "EPSG:3857"], "geometryType": "LineString", "geometryField": "geom",
               "fields": [{ "name": "a b", "type": "int", "nullable": false }],
               "storage": { "table": "roads", "srid": 4326 } }]
})json";

}  // namespace

TEST_CASE("what was written holds every member") {
  const Migrated one(document);
  REQUIRE(one.made != nullptr);
  CHECK(verify(*one.made, one.made->text(), "").empty());
  MigrationOptions options;
  options.with_residue = true;
  const Migrated apart(document, options);
  REQUIRE(apart.made != nullptr);
  CHECK(verify(*apart.made, apart.made->text(), apart.made->residue).empty());
  CHECK_FALSE(verify(*apart.made, apart.made->text(), "").empty());
}

TEST_CASE("members that vanish, and values that change, are found out") {
  const Migrated one(document);
  REQUIRE(one.made != nullptr);
  const std::string text = one.made->text();
  const auto problem_with = [&](const std::string& part, const std::string& other) {
    const auto problems = verify(*one.made, replaced(text, part, other), "");
    return problems.empty() ? "" : problems.front();
  };
  CHECK(problem_with("\"Roads\"", "\"Streets\"") == "`/layers/0/title` is not what `layer.roads.title` says");
  CHECK(problem_with("  id_field    = \"id\"\n", "") ==
        "`/layers/0/idField` is not what `layer.roads.id_field` says");
  CHECK(problem_with("# legacy /layers/0/minScale: 10\n", "") ==
        "`/layers/0/minScale` is in neither of both");
  CHECK(problem_with("minScale: 10", "minScale: 11") == "`/layers/0/minScale` is kept with another value");
  CHECK(problem_with("minScale: 10", "maxScale: 10") == "`/layers/0/minScale` is in neither of both");
  CHECK(problem_with("layer \"roads\"", "layer \"streets\"") ==
        "`/services/0/dataSourceId` went to `layer.roads.data_source`, which is missing");
  CHECK(problem_with("item_limit    = 10", "item_limit    = 11") ==
        "`/services/0/ogc/itemLimit` is not what `service.ogc_api.item_limit` says");
  CHECK(problem_with("  services = [service.ogc_api]\n", "") ==
        "`/layers/0/serviceId` went to `layer.roads.services`, which is missing");
  CHECK(problem_with("nullable = false", "nullable = true") ==
        "`/layers/0/fields/0/nullable` is not what `layer.roads.fields[\"a b\"].nullable` says");
  CHECK(problem_with("layer \"roads\" {", "layer \"roads\"") == "what was written cannot be read");
}

TEST_CASE("kept members that the document does not have are found out") {
  const Migrated one(document);
  REQUIRE(one.made != nullptr);
  const auto problems = verify(*one.made, one.made->text() + "# legacy /styles: []\n", "");
  REQUIRE(problems.size() == 1);
  CHECK(problems.front() == "`/styles` is kept, and not in the document");
}

}  // namespace honua::migration
