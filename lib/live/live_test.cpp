// SPDX-License-Identifier: MIT
#include "live/live.h"

#include <doctest/doctest.h>

#include <atomic>
#include <deque>
#include <ostream>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "config/loader.h"
#include "live/rules.h"
#include "source/source_file.h"
#include "syntax/parser.h"

namespace honua::live {

namespace {

using catalog::Column;
using catalog::FieldType;
using catalog::GeometryType;
using catalog::Relation;
using catalog::RelationKind;

Column column(const std::string& name, FieldType type, bool is_nullable = true) {
  Column made;
  made.name = name;
  made.native_type = to_string(type);
  made.type = type;
  made.is_nullable = is_nullable;
  return made;
}

Column place(const std::string& name) {
  Column made = column(name, FieldType::geometry);
  made.geometry = catalog::Geometry{.type = GeometryType::point, .srid = 25832, .extent = {}};
  made.geometry->index = catalog::SpatialIndex::present;
  return made;
}

// A city: roads with everything, and a view of them.
catalog::Catalog city() {
  catalog::Catalog made;
  made.engine = catalog::Engine::postgresql;
  Relation roads;
  roads.schema = "public";
  roads.name = "roads";
  roads.columns = {column("id", FieldType::int64, false), column("name", FieldType::string),
                   column("built", FieldType::date), place("geom")};
  roads.primary_key = catalog::Key{{"id"}};
  made.relations.push_back(roads);
  roads.name = "road_view";
  roads.kind = RelationKind::view;
  roads.primary_key.reset();
  made.relations.push_back(roads);
  made.left_out.push_back({"public", "secrets", "this user may not read it"});
  return made;
}

const std::string source = R"(data_source "db" {
  provider   = "postgresql"
  connection = "Host=db;Database=city"
}
service "odata" {
}
)";

std::string layer(const std::string& more, const std::string& table = "public.roads",
                  const std::string& id = "id") {
  return "layer \"roads\" {\n  title = \"Roads\"\n  data_source = data_source.db\n  table = \"" + table +
         "\"\n  id_field = \"" + id + "\"\n  services = [service.odata]\n" + more + "}\n";
}

std::string geometry(const std::string& inner) { return "  geometry {\n" + inner + "  }\n"; }

// The codes of what is found, with the messages: "H6003 `x` is not in the database\n".
std::string found_in(const std::string& text, const LiveOptions& live) {
  source::SourceSet sources;
  diagnostics::Diagnostics sink;
  const source::SourceFile& file = sources.add("city.hcl", text);
  const syntax::Tree tree = syntax::parse(file, syntax::Dialect::honua, sink);
  const std::vector<config::LoadInput> inputs = {{&tree, false, false, false}};
  const MapEnvironment environment;
  const config::Loaded loaded = config::load(inputs, environment, syntax::Dialect::honua, sink);
  REQUIRE_FALSE(sink.has_errors());
  diagnostics::Diagnostics findings;
  check_databases(loaded.configuration, {}, live, findings);
  std::string shown;
  for (const diagnostics::Diagnostic* one : findings.sorted())
    shown += std::string(one->rule->code) + " " + one->message + "\n";
  return shown;
}

std::string found(const std::string& text, const catalog::Catalog& catalog = city()) {
  const std::string all =
      found_in(text, {[&](const std::string&, const std::string&,
                          const catalog::ReadOptions&) -> Result<catalog::Catalog> { return catalog; }});
  // What is not published is the same in most cases, and told by a case of its own.
  std::string shown;
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = all.find('\n', at) + 1;
    if (all.compare(at, 5, "H6109") != 0) shown += all.substr(at, end - at);
    at = end;
  }
  return shown;
}

const std::string good_geometry = geometry("    column = \"geom\"\n    type = \"Point\"\n    srid = 25832\n");

}  // namespace

TEST_CASE("a layer that the database agrees with has no finding") {
  CHECK(found(source + layer(good_geometry)).empty());
  CHECK(found(source + layer("  display_field = \"name\"\n" + good_geometry, "roads")).empty());
}

TEST_CASE("what a layer names and the table lacks is found") {
  CHECK(found(source + layer("", "public.roadz")) == "H6003 `public.roadz` is not in the database\n");
  CHECK(found(source + layer("", "public.secrets")) ==
        "H6009 `public.secrets` cannot be read: this user may not read it\n");
  CHECK(found(source + layer("", "public.roads", "fid")) == "H6005 `fid` is no column of `roads`\n");
  CHECK(found(source + layer("  display_field = \"title\"\n")) == "H6006 `title` is no column of `roads`\n");
  CHECK(found(source + layer(geometry("    column = \"shape\"\n    type = \"Point\"\n"))) ==
        "H6004 `shape` is no column of `roads`\n");
  const std::string fields = "  fields {\n    gone {\n      type = \"string\"\n    }\n  }\n";
  CHECK(found(source + layer(fields)).empty());
  CHECK(found(source + layer("  introspect_fields = false\n" + fields)) ==
        "H6007 `gone` is no column of `roads`\n");
}

TEST_CASE("keys that do not tell rows apart are found") {
  CHECK(found(source + layer("", "public.roads", "name")) ==
        "H6102 `name` is neither the primary key of `roads` nor unique, and may be NULL\n");
  CHECK(found(source + layer("", "public.road_view")) ==
        "H6101 `road_view` is a view, and nothing tells that `id` is unique in it\n");
  catalog::Catalog catalog = city();
  catalog.relations[1].view_key = catalog::Key{{"id"}};
  CHECK_FALSE(found(source + layer("", "public.road_view"), catalog).empty());
  catalog.relations[1].is_view_key_certain = true;
  CHECK(found(source + layer("", "public.road_view"), catalog).empty());
  catalog.relations[0].unique_keys = {{{"name"}}};
  CHECK(found(source + layer("", "public.roads", "name"), catalog).empty());
}

TEST_CASE("geometries that are others in the database are found") {
  const auto with = [](const std::string& inner) {
    return found(source + layer(geometry("    column = \"geom\"\n" + inner)));
  };
  CHECK(with("    type = \"Polygon\"\n    srid = 25832\n") ==
        "H6104 `Polygon` is not the type of `geom`, which holds Point\n");
  CHECK(with("    type = \"Geometry\"\n    srid = 25832\n").empty());
  CHECK(with("    type = \"Point\"\n    srid = 3857\n") ==
        "H6103 `srid` is another than the column's: `geom` has 25832\n");
  CHECK(with("    type = \"Point\"\n") == "H6103 without `srid` the server takes 4326: `geom` has 25832\n");
  CHECK(found(source + layer(geometry("    column = \"name\"\n    type = \"Point\"\n"))) ==
        "H6104 `name` holds no geometries: it is `string`\n");
}

TEST_CASE("what the database does not know of a geometry is no finding") {
  catalog::Catalog catalog = city();
  catalog.relations[0].columns[3].geometry->srid.reset();
  catalog.relations[0].columns[3].geometry->type = GeometryType::geometry;
  CHECK(found(source + layer(good_geometry), catalog).empty());
}

TEST_CASE("columns without a spatial index are found, but in views") {
  catalog::Catalog catalog = city();
  for (Relation& one : catalog.relations) one.columns[3].geometry->index = catalog::SpatialIndex::none;
  CHECK(found(source + layer(good_geometry), catalog) == "H6105 `geom` has no spatial index\n");
  catalog.relations[0].columns[3].geometry->index = catalog::SpatialIndex::partial;
  CHECK(found(source + layer(good_geometry), catalog) ==
        "H6105 `geom` has a spatial index of some rows only\n");
  catalog.relations[1].view_key = catalog::Key{{"id"}};
  catalog.relations[1].is_view_key_certain = true;
  CHECK(found(source + layer(good_geometry, "public.road_view"), catalog).empty());
}

TEST_CASE("types of fields that do not hold the column's values are found") {
  const auto with = [](const std::string& inner) {
    return found(source + layer("  fields {\n    built {\n" + inner + "    }\n  }\n"));
  };
  CHECK(with("      type = \"date\"\n").empty());
  CHECK(with("      type = \"int\"\n") == "H6106 `int` does not hold what `built` does: it is `date`\n");
  CHECK(with("      type = \"date\"\n      nullable = false\n") ==
        "H6106 `built` may be NULL in the database\n");
}

TEST_CASE("a user who may write is found where no service writes") {
  catalog::Catalog catalog = city();
  catalog.relations[0].is_writable = true;
  CHECK(found(source + layer(""), catalog) ==
        "H6107 the user of `data_source.db` may write, and no service does: `roads`\n");
  std::string writing = source + layer("");
  writing.replace(writing.find("service \"odata\" {\n"), 18, "service \"odata\" {\n  allow_writes = true\n");
  CHECK(found(writing, catalog).empty());
  // What no layer publishes may be written.
  catalog.relations[0].is_writable = false;
  catalog.relations[1].is_writable = true;
  CHECK(found(source + layer(""), catalog).empty());
}

TEST_CASE("a replica that is a primary is found") {
  catalog::Catalog catalog = city();
  std::string text = source + layer("");
  text.replace(text.find("  provider"), 0, "  read_only = true\n");
  CHECK(found(text, catalog).empty());
  catalog.is_replica = true;
  CHECK(found(text, catalog).empty());
  catalog.is_replica = false;
  CHECK(found(text, catalog) == "H6108 the server of `data_source.db` is a primary, not a replica\n");
}

TEST_CASE("a database without geometries is one finding, whatever its layers") {
  catalog::Catalog catalog = city();
  catalog.has_geometries = false;
  catalog.relations[0].columns.pop_back();
  CHECK(found(source + layer(good_geometry), catalog) ==
        "H6110 the database of `data_source.db` has no PostGIS, and layers have geometries\n");
  CHECK(found(source + layer(""), catalog).empty());
}

TEST_CASE("tables with geometries that no layer publishes are told") {
  const auto all = [](const std::string& text, const catalog::Catalog& catalog) {
    return found_in(text, {[&](const std::string&, const std::string&, const catalog::ReadOptions&) {
                      return Result<catalog::Catalog>(catalog);
                    }});
  };
  const std::string text = source + layer(good_geometry);
  // The view has no key: no layer could be made of it.
  CHECK(all(text, city()).empty());
  catalog::Catalog more = city();
  Relation paths = more.relations.front();
  paths.name = "Paths";
  more.relations.push_back(paths);
  paths.name = "of_an_extension";
  paths.is_system = true;
  more.relations.push_back(paths);
  CHECK(all(text, more) ==
        "H6109 no layer publishes tables of `data_source.db` that have geometries: `public.\"Paths\"`\n");
}

TEST_CASE("a database that cannot be read is one finding, and the others are compared") {
  const std::string text = source + layer("", "public.roadz");
  std::string other = text;
  for (const auto& [from, to] :
       {std::pair{"\"db\"", "\"down\""}, std::pair{"data_source.db", "data_source.down"},
        std::pair{"layer \"roads\"", "layer \"paths\""}, std::pair{"Host=db", "Host=down"}})
    other.replace(other.find(from), std::string(from).size(), to);
  other.erase(other.find("service \"odata\""), std::string("service \"odata\" {\n}\n").size());
  const std::string shown =
      found_in(text + other, {[](const std::string& connection, const std::string& provider,
                                 const catalog::ReadOptions& options) -> Result<catalog::Catalog> {
                                CHECK(provider == "postgresql");
                                CHECK(options.timeout == std::chrono::seconds(3));
                                if (connection == "Host=down;Database=city")
                                  return fail("connection refused");
                                return city();
                              },
                              std::chrono::seconds(3)});
  CHECK(shown.find("H6002 the database of `data_source.down` cannot be read: connection refused\n") !=
        std::string::npos);
  CHECK(shown.find("H6003 `public.roadz` is not in the database\n") != std::string::npos);
  CHECK(shown.find("H6003", shown.find("H6003") + 1) == std::string::npos);
}

TEST_CASE("databases are read at a time") {
  std::string text;
  for (const char* name : {"a", "b", "c"})
    text.append("data_source \"")
        .append(name)
        .append("\" {\n  provider = \"postgresql\"\n  connection = \"Host=x\"\n}\n");
  // Nobody gets an answer before all have asked.
  std::atomic<int> asked = 0;
  CHECK(found_in(text, {[&](const std::string&, const std::string&,
                            const catalog::ReadOptions&) -> Result<catalog::Catalog> {
                   ++asked;
                   while (asked < 3) std::this_thread::yield();
                   return catalog::Catalog();
                 }})
            .empty());
}

TEST_CASE("no more than 32 databases are read at a time") {
  CHECK(most_at_a_time == 32);
  std::string text;
  for (std::size_t number = 0; number < 3 * most_at_a_time; ++number)
    text += "data_source \"s" + std::to_string(number) +
            "\" {\n  provider = \"postgresql\"\n  connection = \"Host=x\"\n}\n";
  std::atomic<std::size_t> running = 0;
  std::atomic<std::size_t> most = 0;
  std::atomic<std::size_t> all = 0;
  CHECK(found_in(text, {[&](const std::string&, const std::string&,
                            const catalog::ReadOptions&) -> Result<catalog::Catalog> {
                   const std::size_t now = ++running;
                   for (std::size_t seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
                   }
                   std::this_thread::sleep_for(std::chrono::milliseconds(1));
                   ++all;
                   --running;
                   return catalog::Catalog();
                 }})
            .empty());
  CHECK(all == 3 * most_at_a_time);
  CHECK(most <= most_at_a_time);
  CHECK(most > 1);
}

TEST_CASE("a connection that is not known here is not compared, which is said") {
  std::string text = source + layer("");
  text.replace(text.find("\"Host=db;Database=city\""), 23, "env(\"NOWHERE\")");
  CHECK(found(text) ==
        "H6000 `data_source.db` was not compared with its database: its connection is not known here\n");
}

TEST_CASE("what honua does not read is not compared, which is no error") {
  for (const std::string provider : {"sqlserver", "oracle", "duckdb", "nothing"}) {
    std::string text = source + layer("");
    text.replace(text.find("\"postgresql\""), 12, "\"" + provider + "\"");
    CAPTURE(provider);
    CHECK(found(text) == "H6000 `data_source.db` was not compared with its database: reading `" + provider +
                             "` is not built into this honua\n");
  }
}

TEST_CASE("a partition is in the database, and is not compared") {
  catalog::Catalog catalog = city();
  catalog.hidden.push_back({"public", "roads_2024", "it is a partition of `roads`"});
  CHECK(found(source + layer("", "public.roads_2024"), catalog).find("H60") == std::string::npos);
}

TEST_CASE("a table that cannot be read is one however its name is written") {
  for (const std::string table : {"public.secrets", "secrets", "PUBLIC.SECRETS", "\\\"public\\\".secrets"}) {
    CAPTURE(table);
    const std::string shown = found(source + layer("", table));
    CHECK(shown.find("cannot be read: this user may not read it") != std::string::npos);
  }
}

TEST_CASE("every rule on databases has a case here") {
  // Of those that this file's cases expect.
  const std::set<std::string_view> expected = {"H6000", "H6002", "H6003", "H6004", "H6005", "H6006",
                                               "H6007", "H6009", "H6101", "H6102", "H6103", "H6104",
                                               "H6105", "H6106", "H6107", "H6108", "H6109", "H6110"};
  std::set<std::string_view> there;
  for (const diagnostics::RuleInfo& one : explained()) there.insert(one.rule->code);
  CHECK(there == expected);
}

}  // namespace honua::live
