// SPDX-License-Identifier: MIT
#include "generation/update.h"

#include <doctest/doctest.h>

#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "generation/field_type_check.h"
#include "generation/find_relation.h"
#include "generation/layer_plan.h"
#include "source/source_file.h"
#include "syntax/parser.h"
#include "text/sanitize.h"

namespace honua::generation {

namespace {

using catalog::Catalog;
using catalog::Column;
using catalog::Engine;
using catalog::FieldType;
using catalog::GeometryType;
using catalog::Relation;
using Lines = std::vector<std::string>;

Column column(std::string name, FieldType type) {
  Column made;
  made.name = std::move(name);
  made.type = type;
  return made;
}

Column geometry(std::string name, GeometryType type, std::optional<std::int32_t> srid) {
  Column made = column(std::move(name), FieldType::geometry);
  made.geometry = catalog::Geometry{.type = type, .srid = srid, .extent = {}};
  return made;
}

Relation table(std::string name, std::vector<Column> columns) {
  Relation made;
  made.schema = "main";
  made.name = std::move(name);
  made.columns = std::move(columns);
  made.primary_key = catalog::Key{{made.columns.front().name}};
  return made;
}

Relation roads() {
  return table("roads", {column("id", FieldType::int64), column("name", FieldType::string),
                         geometry("geom", GeometryType::line_string, 25832)});
}
Relation lakes() { return table("lakes", {column("id", FieldType::int64)}); }

Catalog catalog_of(std::vector<Relation> relations) {
  Catalog made;
  made.product = "SQLite";
  made.database = "city.db";
  made.relations = std::move(relations);
  return made;
}

Result<Update> update_of(const std::string& text, const Catalog& catalog, const UpdateOptions& options) {
  const source::SourceFile file(0, "city.hcl", FileContent(text));
  diagnostics::Diagnostics findings;
  const syntax::Tree tree = syntax::parse(file, syntax::Dialect::honua, findings);
  REQUIRE(!findings.has_errors());
  return update(tree, catalog, options);
}

struct Updated {
  std::string text;
  Lines added;
  Lines changed;
  Lines flagged;
  Lines warnings;
};

// Holds every update to changing nothing when it is repeated.
Updated updated(const std::string& text, const Catalog& catalog, const UpdateOptions& options = {}) {
  const auto once = update_of(text, catalog, options);
  REQUIRE(once.has_value());
  const std::string after = source::apply_edits(text, {&once->edits, 1}).text;
  const auto again = update_of(after, catalog, options);
  REQUIRE(again.has_value());
  CAPTURE(after);
  CHECK(again->edits.empty());
  CHECK(again->added == Lines());
  CHECK(again->changed == Lines());
  CHECK(again->flagged == once->flagged);
  return {once->edits.empty() ? text : after, once->added, once->changed, once->flagged, once->warnings};
}

std::string refusal(const std::string& text, const UpdateOptions& options = {}) {
  const auto result = update_of(text, catalog_of({lakes()}), options);
  return result ? "" : result.error().message;
}

const std::string source_block =
    "data_source \"db\" {\n  provider   = \"sqlite\"\n  connection = env(\"X\")\n}\n";

std::string layer(const std::string& label, const std::string& body) {
  return "\nlayer \"" + label + "\" {\n  data_source = data_source.db\n" + body + "}\n";
}

const std::string lakes_layer = layer("lakes", "  table = \"lakes\"\n  id_field = \"id\"\n");

std::string roads_layer(const std::string& geometry_lines) {
  return layer("roads",
               "  table    = \"roads\"\n  id_field = \"id\"\n  geometry {\n" + geometry_lines + "  }\n");
}

}  // namespace

TEST_CASE("an empty file becomes one with a data source, a service and the layers") {
  const Updated made = updated("", catalog_of({lakes()}));
  CHECK(made.text ==
        "data_source \"db\" {\n  provider   = \"sqlite\"\n  connection = env(\"DATABASE_URL\")\n}\n\n"
        "service \"odata\" {\n  enabled = true\n}\n\n"
        "layer \"lakes\" {\n  title       = \"Lakes\"\n  data_source = data_source.db\n  table       = "
        "\"lakes\"\n  id_field    = \"id\"\n  services    = [service.odata]\n}\n");
  CHECK(made.added == Lines{"data_source.db", "service.odata", "layer.lakes: the table `lakes`"});
}

TEST_CASE("a new table becomes a layer behind all others, with a label and services that fit the file") {
  const std::string before = "service \"wfs\" {\n}\nservice \"wms\" {\n}\n" + source_block +
                             layer("lakes", "  table = \"ponds\"\n  services = [service.wfs]\n") +
                             layer("a", "  table = \"ponds\"\n  services = [\"wms\"]\n") +
                             layer("b", "  table = \"ponds\"\n  services = [service[\"wms\"]]\n");
  const Updated made =
      updated(before, catalog_of({lakes(), table("ponds", {column("id", FieldType::int64)})}));
  CHECK(made.text ==
        before +
            "\nlayer \"lakes_2\" {\n  title       = \"Lakes\"\n  data_source = data_source.db\n"
            "  table       = \"lakes\"\n  id_field    = \"id\"\n  services    = [service.wms]\n}\n");
  CHECK(made.added == Lines{"layer.lakes_2: the table `lakes`"});
}

TEST_CASE("services that are asked for are declared where they are not") {
  UpdateOptions options;
  options.services = {"odata", "wfs"};
  const Updated made = updated(source_block + "service \"wfs\" {\n}\n", catalog_of({lakes()}), options);
  CHECK(made.added == Lines{"service.odata", "layer.lakes: the table `lakes`"});
  CHECK(made.text.find("services    = [service.odata, service.wfs]") != std::string::npos);
}

TEST_CASE("what the database contradicts is corrected in its place") {
  const std::string before = source_block + roads_layer(
                                                "    column = \"geom\" # here\n    type   = \"Point\"\n"
                                                "    srid   = 3857\n");
  const Updated made = updated(before, catalog_of({roads()}));
  CHECK(made.changed == Lines{"layer.roads.geometry.type: \"Point\" -> \"LineString\"",
                              "layer.roads.geometry.srid: 3857 -> 25832"});
  CHECK(made.text == source_block + roads_layer("    column = \"geom\" # here\n    type   = \"LineString\"\n"
                                                "    srid   = 25832\n"));
}

TEST_CASE("an SRID that is left out is written where the server would take another") {
  const std::string lines = "    column = \"geom\"\n    type   = \"Geometry\"\n";
  const Updated made = updated(source_block + roads_layer(lines), catalog_of({roads()}));
  CHECK(made.text == source_block + roads_layer(lines + "    srid   = 25832\n"));
  CHECK(made.changed == Lines{"layer.roads.geometry.srid: 4326 by default -> 25832"});
  const std::string object = "  geometry = { column = \"geom\", type = \"LineString\" }\n";
  const std::string head = source_block + layer("roads", "  table = \"roads\"\n" + object);
  CHECK(updated(head, catalog_of({roads()})).text.find("type = \"LineString\", srid = 25832 }") !=
        std::string::npos);
}

TEST_CASE("a renamed column of geometries is followed where there is only one") {
  const std::string before = source_block + roads_layer(
                                                "    column = \"shape\"\n    type   = \"LineString\"\n"
                                                "    srid   = 25832\n");
  CHECK(updated(before, catalog_of({roads()})).changed ==
        Lines{"layer.roads.geometry.column: \"shape\" -> \"geom\""});
  Relation two = roads();
  two.columns.push_back(geometry("center", GeometryType::point, 25832));
  const Updated made = updated(before, catalog_of({two}));
  CHECK(made.changed == Lines());
  CHECK(made.flagged == Lines{"layer.roads.geometry.column: `roads` has no column `shape`"});
}

TEST_CASE("a new column of geometries becomes a layer of its own") {
  Relation two = roads();
  two.columns.push_back(geometry("center", GeometryType::point, 25832));
  const std::string before = source_block + roads_layer(
                                                "    column = \"geom\"\n    type   = \"LineString\"\n"
                                                "    srid   = 25832\n");
  const Updated made = updated(before, catalog_of({two}));
  CHECK(made.added.back() ==
        "layer.roads_center: the table `roads`, whose geometry `center` no layer publishes");
}

TEST_CASE("a column that is named and gone is replaced by the one that introspection would take") {
  const std::string before =
      source_block + layer("roads",
                           "  table = \"roads\"\n  id_field = \"gid\"\n  display_field = \"label\"\n"
                           "  geometry {\n    column = \"geom\"\n    srid = 25832\n  }\n");
  CHECK(updated(before, catalog_of({roads()})).changed ==
        Lines{"layer.roads.id_field: \"gid\" -> \"id\"", "layer.roads.display_field: \"label\" -> \"name\""});
  Relation keyless = lakes();
  keyless.primary_key.reset();
  const Updated made = updated(source_block + layer("lakes", "  table = \"lakes\"\n  id_field = \"gid\"\n"),
                               catalog_of({keyless}));
  CHECK(made.changed == Lines());
  CHECK(made.flagged == Lines{"layer.lakes.id_field: `lakes` has no column `gid`"});
}

TEST_CASE("new columns are added to fields that are complete, and those gone are marked") {
  const auto with_fields = [](const std::string& fields) {
    return source_block + layer("roads",
                                "  table = \"roads\"\n  id_field = \"id\"\n  geometry {\n    column = "
                                "\"geom\"\n    srid = 25832\n  }\n  introspect_fields = false\n" +
                                    fields);
  };
  const Updated made =
      updated(with_fields("  fields {\n    id {\n      type = \"int\" # key\n    }\n    old {\n      type = "
                          "\"string\"\n    }\n  }\n"),
              catalog_of({roads()}));
  CHECK(made.text ==
        with_fields("  fields {\n    id {\n      type = \"long\" # key\n    }\n    # honua: the column "
                    "\"old\" is not in the "
                    "database\n    old {\n      type = \"string\"\n    }\n    name {\n      type = "
                    "\"string\"\n    }\n    geom {\n      type = \"geometry\"\n    }\n  }\n"));
  CHECK(made.changed == Lines{"layer.roads.fields.id.type: \"int\" -> \"long\""});
  CHECK(made.flagged == Lines{"layer.roads.fields.old: `roads` has no column `old`"});
  CHECK(made.added == Lines{"layer.roads.fields.name: string", "layer.roads.fields.geom: geometry"});
  const Updated object =
      updated(with_fields("  fields = { \"id\" = { type = \"long\" } }\n"), catalog_of({roads()}));
  CHECK(object.text ==
        with_fields("  fields = { \"id\" = { type = \"long\" }, \"name\" = { type = \"string\" }, "
                    "\"geom\" = { type = \"geometry\" } }\n"));
  const Updated empty = updated(with_fields("  fields {}\n"), catalog_of({lakes(), roads()}));
  CHECK(empty.text.find("  fields {\n    id {\n      type = \"long\"\n    }\n    name {") !=
        std::string::npos);
}

TEST_CASE("columns that a comment in the fields names are left out on purpose") {
  const std::string before =
      source_block +
      layer("roads",
            "  table = \"roads\"\n  geometry {\n    column = \"geom\"\n    srid = 25832\n  }\n"
            "  introspect_fields = false\n  fields {\n    id {\n      type = "
            "\"long\"\n    }\n    # left out: `name`, nobody's business\n    # geom {\n    # }\n  }\n");
  const Updated made = updated(before, catalog_of({roads()}));
  CHECK(made.text == before);
}

TEST_CASE("fields that go with introspection are complete only if columns are asked for by name") {
  const std::string before =
      source_block + layer("roads",
                           "  table = \"roads\"\n  geometry {\n    column = \"geom\"\n    "
                           "srid = 25832\n  }\n  fields {\n    id {\n      type = "
                           "\"long\"\n    }\n  }\n");
  CHECK(updated(before, catalog_of({roads()})).text == before);
  UpdateOptions options;
  options.generation.explicit_fields = true;
  CHECK(updated(before, catalog_of({roads()}), options).added.size() == 2);
}

TEST_CASE("a table with very many columns is compared in time") {
  std::vector<Column> columns = {column("id", FieldType::int64)};
  constexpr int count = 2000;
  for (int i = 0; i < count; ++i) columns.push_back(column("c" + std::to_string(i), FieldType::string));
  UpdateOptions options;
  options.generation.explicit_fields = true;
  const Updated made = updated("", catalog_of({table("wide", columns)}), options);
  CHECK(made.added.size() == 3);
}

TEST_CASE("a key of bytes or documents identifies no row") {
  for (const FieldType type : {FieldType::binary, FieldType::json}) {
    const Updated made = updated("", catalog_of({table("t", {column("key", type)})}));
    CHECK(made.warnings == Lines{"layer.t of `t` is commented out: its primary key `key` is of the type `" +
                                 std::string(to_string(type)) + "`, by which no row can be asked for"});
  }
}

TEST_CASE("a title is never blank") {
  const Relation spaced = table("- -", {column("id", FieldType::int64)});
  Relation named = lakes();
  named.title = " \n";
  const Updated made = updated("", catalog_of({named, spaced}));
  CHECK(made.text.find("title       = \"Lakes\"") != std::string::npos);
  CHECK(made.text.find("title       = \"- -\"") != std::string::npos);
}

TEST_CASE("a table that is gone is marked once, until it is back") {
  const std::string marked = source_block +
                             "\n# ours\n# honua: the table \"lakes\" is not in the database\n" +
                             lakes_layer.substr(1);
  const std::string before = source_block + "\n# ours\n" + lakes_layer.substr(1);
  const Updated made = updated(before, catalog_of({}));
  CHECK(made.text == marked);
  CHECK(made.flagged == Lines{"layer.lakes: the table `lakes` is not in the database"});
  const Updated back = updated(marked, catalog_of({lakes()}));
  CHECK(back.text == before);
  CHECK(back.changed == Lines{"layer.lakes: the table is in the database again"});
}

TEST_CASE("a mark belongs to what begins the line below it") {
  const std::string before =
      source_block + layer("lakes",
                           "  table = \"lakes\"\n  fields = {\n"
                           "    old = { type = \"int\" }, id = { type = \"long\" }\n  }\n");
  const Updated made = updated(before, catalog_of({lakes()}));
  CHECK(made.text.find("    # honua: the column \"old\" is not in the database\n    old =") !=
        std::string::npos);
}

TEST_CASE("what has no place is said instead of written") {
  const std::string before =
      source_block + layer("roads",
                           "  table = \"roads\"\n  geometry { column = \"geom\" }\n  introspect_fields = "
                           "false\n  fields { id { type = \"long\" } }\n");
  const Updated made = updated(before, catalog_of({roads()}));
  CHECK(made.text == before);
  CHECK(made.flagged ==
        Lines{"layer.roads.geometry.srid: the database says 25832, which is not written: the "
              "block's closing brace is on a line with something else",
              "layer.roads.fields: 2 new columns not written: the block's closing brace is on a "
              "line with something else"});
}

TEST_CASE("what is left out or not asked for is not gone") {
  Catalog with_rest = catalog_of({});
  with_rest.left_out.push_back({"main", "lakes", "it is not registered"});
  CHECK(updated(source_block + lakes_layer, with_rest).flagged == Lines());
  Catalog with_own = catalog_of({});
  with_own.hidden.push_back({"main", "lakes", "it is the format's own"});
  CHECK(updated(source_block + lakes_layer, with_own).flagged == Lines());
  UpdateOptions options;
  options.selection.include = {"road*"};
  CHECK(updated(source_block + lakes_layer, catalog_of({}), options).flagged == Lines());
  options.selection.include = {"lake*"};
  CHECK(updated(source_block + lakes_layer, catalog_of({}), options).flagged.size() == 1);
}

TEST_CASE("layers of other data sources are no concern") {
  const std::string before = source_block + "data_source \"other\" {\n  provider = \"postgresql\"\n}\n" +
                             "layer \"x\" {\n  data_source = data_source.other\n  table = \"x\"\n}\n";
  const Updated made = updated(before, catalog_of({}));
  CHECK(made.text == before);
  CHECK(made.flagged == Lines());
}

TEST_CASE("a layer in a block comment is not added again") {
  for (const std::string comment :
       {"/*\nlayer \"lakes\" {\n  data_source = data_source.db\n  table = \"lakes\"\n}\n*/\n",
        "/* layer \"x\" {\n  data_source = data_source.db\n  table = \"y\"\n  }\n   layer \"lakes\" {\n"
        "  data_source = data_source.db\n  table = \"lakes\"\n  }*/\n"}) {
    CAPTURE(comment);
    CHECK(updated(source_block + comment, catalog_of({lakes()})).added == Lines());
  }
  CHECK(updated(source_block + "/* layer \"lakes\" { table = */\n", catalog_of({lakes()})).added.size() >= 1);
}

TEST_CASE("what was a comment for want of a key is told to have one by now") {
  Relation keyless = lakes();
  keyless.primary_key.reset();
  const Updated first = updated(source_block, catalog_of({keyless}));
  CHECK(first.text.find("# layer \"lakes\" {") != std::string::npos);
  const Updated second = updated(first.text, catalog_of({lakes()}));
  CHECK(second.text == first.text);
  CHECK(second.warnings ==
        Lines{"layer.lakes is a comment, and `lakes` has a key by now: it can be served with "
              "`id_field = \"id\"`"});
  const std::string by_hand =
      source_block + "# layer \"lakes\" {\n#   data_source = data_source.db\n#   table = \"lakes\"\n# }\n";
  CHECK(updated(by_hand, catalog_of({lakes()})).warnings == Lines());
}

TEST_CASE("a layer whose table must be evaluated is taken for the one of its label") {
  const std::string before =
      source_block + "variable \"t\" {\n  default = \"lakes\"\n}\n" + layer("lakes", "  table = var.t\n");
  const Updated made = updated(before, catalog_of({lakes()}));
  CHECK(made.text == before);
  CHECK(made.warnings == Lines{"layer.lakes is left alone, since `table` is no plain value"});
}

TEST_CASE("a database with the table of no layer may be another one") {
  const auto is_other = [](const std::string& text, std::vector<Relation> relations) {
    return update_of(text, catalog_of(std::move(relations)), {})->is_other_database;
  };
  CHECK(is_other(source_block + lakes_layer, {roads()}));
  CHECK_FALSE(is_other(source_block + lakes_layer, {lakes()}));
  CHECK_FALSE(is_other(source_block, {roads()}));
}

TEST_CASE("a reference system that EPSG does not have is told") {
  const Updated made = updated(
      "",
      catalog_of({table("t", {column("id", FieldType::int64), geometry("geom", GeometryType::point, 101)})}));
  CHECK(made.text.find("EPSG has no 101, the SRID of `geom`") != std::string::npos);
  CHECK(made.warnings == Lines{"layer.t: the SRID of `geom`, 101, is the database's own: EPSG has no such "
                               "code, and clients do not know it"});
}

TEST_CASE("what steers a terminal or hides is written by its number") {
  Relation odd = table(
      "a\xc2\x9b"
      "31m\xe2\x80\xae"
      "b\xf3\xa0\x81\x81",
      {column("n\xc2\x9d", FieldType::int64)});
  odd.comment = "x\xef\xbb\xbfy";
  UpdateOptions options;
  options.generation.explicit_fields = true;
  const Updated made = updated("", catalog_of({odd}), options);
  CHECK(made.text.find("a\\u009b31m\\u202eb\\U000e0041") != std::string::npos);
  CHECK(made.text.find("\"n\\u009d\" = {") != std::string::npos);
  CHECK(made.text.find("x\\ufeffy") != std::string::npos);
  CHECK(text::printable(made.text.substr(0, made.text.find('\n'))) ==
        made.text.substr(0, made.text.find('\n')));
  for (const std::string_view raw :
       {"\xc2\x9b", "\xc2\x9d", "\xe2\x80\xae", "\xef\xbb\xbf", "\xf3\xa0\x81\x81"})
    CHECK(made.text.find(raw) == std::string::npos);
}

TEST_CASE("labels are cut at 63 characters, numbers and all, and many alike take no time") {
  std::vector<Relation> relations;
  constexpr std::size_t count = 2000;
  for (std::size_t number = 0; number < count; ++number)
    relations.push_back(table(std::string(number + 1, '-'), {column("id", FieldType::int64)}));
  for (const std::string& name : {std::string(80, 'x'), std::string(80, 'x') + "y", std::string(80, '1')})
    relations.push_back(table(name, {column("id", FieldType::int64)}));
  std::set<std::string> labels;
  for (const LayerPlan& one : plan_layers(catalog_of(relations), false)) {
    CHECK(one.label.size() <= max_label);
    labels.insert(one.label);
  }
  CHECK(labels.size() == relations.size());
  CHECK(labels.contains("main_" + std::string(58, 'x')));
  CHECK(labels.contains("main_" + std::string(56, 'x') + "_2"));
  CHECK(labels.contains("layer_" + std::string(57, '1')));
  CHECK(labels.contains("main_2000"));
}

TEST_CASE("explicit fields have one geometry, since each has a layer of its own") {
  UpdateOptions options;
  options.generation.explicit_fields = true;
  const Updated made = updated(
      "",
      catalog_of({table("t", {column("id", FieldType::int64), geometry("a", GeometryType::point, 4326),
                              geometry("b", GeometryType::point, 4326)})}),
      options);
  CHECK(made.added.size() >= 2);
  CHECK(made.text.find("a {") == made.text.rfind("a {"));
  CHECK(made.text.find("b {") == made.text.rfind("b {"));
}

TEST_CASE("a layer that is a comment is not added again") {
  const std::string before =
      source_block +
      "\n# not served: no column is known to tell rows apart\n# layer \"lakes\" {\n#   data_source "
      "= data_source.db\n#   table       = \"lakes\"\n#   id_field    = \"\"\n# }\n"
      "//layer \"ways\" {\n//  table = \"roads\"\n//  data_source = data_source.db\n//  geometry "
      "{\n//    column = \"geom\"\n//  }\n//}\n";
  CHECK(updated(before, catalog_of({lakes(), roads()})).text == before);
  Relation keyless = lakes();
  keyless.primary_key.reset();
  const Updated made = updated(source_block, catalog_of({keyless}));
  CHECK(made.added.back() == "layer.lakes: the table `lakes`, commented out");
}

TEST_CASE("what must be evaluated to be known is left alone, which is said") {
  const std::string before = source_block + layer("a", "  table = var.table\n") +
                             layer("lakes", "  table = \"lakes\"\n  id_field = var.id\n");
  const Updated made = updated(before, catalog_of({lakes()}));
  CHECK(made.text == before);
  CHECK(made.warnings == Lines{"layer.a is left alone, since `table` is no plain value",
                               "layer.lakes: `id_field` is not compared, since that is no plain value"});
}

TEST_CASE("line ends, a missing one at the end and a byte order mark stay") {
  const std::string marked =
      updated("\xEF\xBB\xBF" + layer("x", "  table = \"gone\"\n").substr(1), catalog_of({})).text;
  CHECK(marked.starts_with("\xEF\xBB\xBF# honua: the table \"gone\" is not in the database\nlayer"));
  const std::string windows = "data_source \"db\" {\r\n  provider = \"sqlite\"\r\n}";
  const std::string made = updated(windows, catalog_of({lakes()})).text;
  CHECK(made.starts_with(windows + "\r\n\r\nservice \"odata\" {\r\n"));
  CHECK(made.ends_with("}\r\n"));
  for (std::size_t at = made.find('\n'); at != std::string::npos; at = made.find('\n', at + 1))
    CHECK(made[at - 1] == '\r');
}

TEST_CASE("the data source is the only one that fits, or the one that is named") {
  const std::string two = source_block + "data_source \"more\" {\n  provider = \"GPKG\"\n}\n";
  CHECK(
      refusal(two) ==
      "several data sources of the file may be the database: `db`, `more`; name one with `--data-source-id`");
  UpdateOptions options;
  options.data_source = "more";
  CHECK(refusal(two, options).empty());
  options.data_source = "none";
  CHECK(refusal(two, options) == "the file has no data source `none`; it has `db`, `more`");
  const std::string other = "data_source \"pg\" {\n  provider = \"postgis\"\n}\n";
  CHECK(refusal(other).starts_with("no data source of the file has a provider that fits SQLite;"));
  CHECK(updated(other + source_block, catalog_of({lakes()})).text.find("data_source = data_source.db") !=
        std::string::npos);
  // Declared in another file.
  CHECK(updated("layer \"x\" {\n  table = \"lakes\"\n  data_source = data_source.city\n  services = "
                "[service.wfs]\n}\n",
                catalog_of({lakes(), roads()}))
            .added == Lines{"layer.roads: the table `roads`"});
}

TEST_CASE("tables are found however they are written") {
  Catalog catalog = catalog_of({roads()});
  const auto finds = [&](std::string_view name) {
    return RelationIndex(catalog).find(name).relation != nullptr;
  };
  for (const char* one : {"roads", "ROADS", "main.roads", "\"roads\"", "`Main`.[Roads]"}) {
    CAPTURE(one);
    CHECK(finds(one));
  }
  CHECK(!finds("other.roads"));
  CHECK(!finds(""));
  CHECK(!finds("\"unclosed"));
  catalog.engine = Engine::postgresql;
  catalog.relations.front().schema = "public";
  CHECK(finds("Roads"));
  CHECK(finds("public.roads"));
  CHECK(!finds("\"Roads\""));
  catalog.relations.front().schema = "city";
  CHECK(finds("roads"));
  catalog.relations.front().name = "Big \"Roads\".x";
  CHECK(finds("city.\"Big \"\"Roads\"\".x\""));
}

TEST_CASE("types that a column can have are no contradiction") {
  const auto fits = [](std::string_view written, FieldType type, Engine engine, const char* native = "") {
    Column one = column("x", type);
    one.native_type = native;
    return can_mean(written, one, engine);
  };
  CHECK(fits("Long", FieldType::int32, Engine::postgresql));
  CHECK(!fits("int", FieldType::int64, Engine::postgresql));
  CHECK(fits("bigint", FieldType::int64, Engine::postgresql));
  CHECK(fits("uuid", FieldType::guid, Engine::postgresql));
  CHECK(fits("datetimeoffset", FieldType::datetime, Engine::postgresql, "timestamp without time zone"));
  CHECK(!fits("datetimeoffset", FieldType::datetime, Engine::mysql, "datetime"));
  CHECK(!fits("date", FieldType::string, Engine::postgresql));
  CHECK(fits("date", FieldType::string, Engine::sqlite));
  CHECK(fits("bool", FieldType::int64, Engine::sqlite));
  CHECK(!fits("string", FieldType::int64, Engine::sqlite));
  CHECK(fits("whatever", FieldType::int64, Engine::sqlite));
  const auto shows = [](std::string_view written, GeometryType type) {
    return can_mean(written, catalog::Geometry{.type = type, .srid = {}, .extent = {}});
  };
  CHECK(shows("Geometry", GeometryType::point));
  CHECK(shows("Point", GeometryType::geometry));
  CHECK(shows("Polygon", GeometryType::curve_polygon));
  CHECK(shows("GeometryCollection", GeometryType::multi_point));
  CHECK(!shows("GeometryCollection", GeometryType::point));
  CHECK(!shows("Polygon", GeometryType::multi_polygon));
}

}  // namespace honua::generation
