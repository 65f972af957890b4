// SPDX-License-Identifier: MIT
#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <ostream>
#include <string>

#include "base/scratch_directory.h"
#include "catalog/reader.h"
#include "catalog/sqlite_for_test.h"
#include "text/words.h"

namespace honua::catalog {

namespace {

// A file in a directory of its own.
class ScratchDatabase {
 public:
  explicit ScratchDatabase(const std::string& statements, const std::string& name = "a.db")
      : path_(directory_.path() + "/" + name) {
    make_sqlite_file(path_, statements);
  }
  [[nodiscard]] Catalog read(const ReadOptions& options = {}) const {
    auto catalog = read_sqlite(path_, options);
    REQUIRE_MESSAGE(catalog.has_value(), catalog.error().message);
    return *std::move(catalog);
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  ScratchDirectory directory_;
  std::string path_;
};

std::string shown(const Geometry& geometry) {
  return "<" + std::string(to_string(geometry.type)) + (geometry.has_z ? "Z" : "") +
         (geometry.has_m ? "M" : "") + " " + (geometry.srid ? std::to_string(*geometry.srid) : "?") +
         (geometry.index == SpatialIndex::present ? " indexed>" : ">");
}

// "id:long!": `!` is never null, `+` numbered, `=` computed.
std::string shown(const Column& column) {
  return column.name + ":" + std::string(to_string(column.type)) + (column.is_nullable ? "" : "!") +
         (column.is_identity ? "+" : "") + (column.is_generated ? "=" : "") +
         (column.geometry ? shown(*column.geometry) : "");
}

// "roads(id:long!,name:string) key=id unique=a,b"
std::string shown(const Relation& relation) {
  std::string text = relation.name + "(";
  for (const Column& one : relation.columns) {
    if (text.back() != '(') text += ',';
    text += shown(one);
  }
  text += ")";
  if (relation.primary_key) text += " key=" + text::join(relation.primary_key->columns, ",");
  for (const Key& one : relation.unique_keys) text += " unique=" + text::join(one.columns, ",");
  if (relation.view_key) text += " view=" + text::join(relation.view_key->columns, ",");
  if (relation.row_estimate) text += " rows=" + std::to_string(*relation.row_estimate);
  return text;
}

std::string shown(const Catalog& catalog) {
  std::string text;
  for (const Relation& one : catalog.relations) text += shown(one) + "\n";
  for (const LeftOut& one : catalog.left_out) text += "- " + one.name + ": " + one.reason + "\n";
  return text;
}

std::string shown_hidden(const Catalog& catalog) {
  std::string text;
  for (const LeftOut& one : catalog.hidden) text += one.schema + "." + one.name + ": " + one.reason + "\n";
  return text;
}

constexpr std::string_view geopackage =
    "PRAGMA application_id = 0x47504B47; PRAGMA user_version = 10300;"
    "CREATE TABLE gpkg_spatial_ref_sys (srs_name, srs_id INTEGER PRIMARY KEY, organization, "
    "organization_coordsys_id INTEGER, definition);"
    "INSERT INTO gpkg_spatial_ref_sys VALUES ('x', 7, 'epsg', 25832, ''), ('u', 0, 'NONE', 0, '');"
    "CREATE TABLE gpkg_contents (table_name, data_type, identifier, description);"
    "CREATE TABLE gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id, z, m);";

}  // namespace

TEST_CASE("a plain file has the tables that somebody made, with their keys") {
  const ScratchDatabase file(
      "CREATE TABLE roads (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, long REAL AS (id * 2) STORED);"
      "CREATE TABLE pairs (b INT, a INT, PRIMARY KEY (a, b)) WITHOUT ROWID;"
      "CREATE TABLE loose (code TEXT PRIMARY KEY, x VARCHAR(5) UNIQUE);"
      "CREATE TABLE exact (id INT PRIMARY KEY, j ANY) STRICT;"
      "CREATE TABLE some (v INT NOT NULL); CREATE UNIQUE INDEX part ON some (v) WHERE v > 5;"
      "CREATE UNIQUE INDEX computed ON some (abs(v));");
  CHECK(shown(file.read()) ==
        "exact(id:long!,j:string) key=id\n"
        "loose(code:string,x:string) key=code\n"
        "pairs(b:long!,a:long!) key=a,b\n"
        "roads(id:long!+,name:string!,long:double=) key=id unique=name\n"
        "some(v:long!)\n");
}

TEST_CASE("only what is declared INTEGER and a primary key numbers itself") {
  const ScratchDatabase file(
      "CREATE TABLE a (id INT PRIMARY KEY); CREATE TABLE b (id INTEGER PRIMARY KEY DESC);"
      "CREATE TABLE c (id integer PRIMARY KEY AUTOINCREMENT);");
  const Catalog catalog = file.read();
  CHECK(shown(catalog) == "a(id:long) key=id\nb(id:long) key=id\nc(id:long!+) key=id\n");
  CHECK(catalog.relations.front().notes.front() == "the primary key's column `id` may be NULL");
}

TEST_CASE("views are read one by one, and those that cannot be are left out with the reason") {
  const ScratchDatabase file(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, n TEXT);"
      "CREATE VIEW good AS SELECT id, upper(n) AS big FROM t;"
      "CREATE VIEW gone AS SELECT x FROM t2; CREATE VIEW spatial AS SELECT ST_Buffer(n, 1) AS g FROM t;");
  CHECK(shown(file.read()) ==
        "good(id:long,big:string)\nt(id:long!+,n:string) key=id\n"
        "- gone: it cannot be read: no such table: main.t2\n"
        "- spatial: it cannot be read: no such function: ST_Buffer\n");
}

TEST_CASE("a GeoPackage has the layers that it registers, by the numbers of EPSG") {
  const ScratchDatabase file(
      std::string(geopackage) +
          "INSERT INTO gpkg_contents VALUES ('Roads', 'features', 'Our roads', 'all of them'), "
          "('plain', 'attributes', 'plain', ''), ('photos', 'tiles', '', ''), ('gone', 'features', '', ''), "
          "('v', 'features', '', '');"
          "CREATE TABLE roads (fid INTEGER PRIMARY KEY, geom POINT, f FLOAT, doc TEXT, m INT);"
          "CREATE TABLE plain (fid INTEGER PRIMARY KEY); CREATE TABLE photos (id); CREATE TABLE own (id);"
          "CREATE VIEW v AS SELECT fid, geom FROM roads;"
          "INSERT INTO gpkg_geometry_columns VALUES ('roads', 'geom', 'POINT', 7, 1, 2), ('v', 'geom', "
          "'POINT', 0, 0, 0);"
          "CREATE TABLE gpkg_ogr_contents (table_name, feature_count); INSERT INTO gpkg_ogr_contents VALUES "
          "('roads', 12);"
          "CREATE TABLE gpkg_extensions (table_name, column_name, extension_name, definition, scope);"
          "INSERT INTO gpkg_extensions VALUES ('roads', 'geom', 'gpkg_rtree_index', '', 'write-only'), "
          "('roads', NULL, 'com_example', '', 'read-write');"
          "CREATE TABLE gpkg_data_columns (table_name, column_name, title, description, mime_type, "
          "constraint_name);"
          "INSERT INTO gpkg_data_columns VALUES ('roads', 'doc', 'Document', 'as JSON', 'application/json', "
          "NULL), "
          "('roads', 'm', NULL, NULL, NULL, 'kinds');"
          "CREATE TABLE gpkg_data_column_constraints (constraint_name, constraint_type, value);"
          "INSERT INTO gpkg_data_column_constraints VALUES ('kinds', 'enum', '2'), ('kinds', 'enum', '1');",
      "a.gpkg");
  const Catalog catalog = file.read();
  CHECK(catalog.product == "GeoPackage 1.3");
  CHECK(shown(catalog) ==
        "plain(fid:long!+) key=fid\n"
        "roads(fid:long!+,geom:geometry<PointZM 25832 indexed>,f:float,doc:json,m:long) key=fid rows=12\n"
        "v(fid:long,geom:geometry<Point ?>) view=fid\n"
        "- gone: it is registered and not there\n"
        "- own: `gpkg_contents` does not name it\n"
        "- photos: it holds `tiles`, no features\n");
  const Relation& roads = catalog.relations[1];
  CHECK(roads.title == "Our roads");
  CHECK(roads.comment == "all of them");
  CHECK(roads.notes.front() == "it uses the extension `com_example`");
  CHECK(roads.find_column("doc")->comment == "as JSON");
  CHECK(text::join(roads.find_column("m")->values, ",") == "1,2");
  CHECK(catalog.notes.front() == "7 relations of the format's own are left out");
  CHECK(shown(file.read({.with_system = true})).find("own(id:binary)\n") != std::string::npos);
}

TEST_CASE("what is the format's own is hidden, unless it is asked for") {
  const ScratchDatabase file(std::string(geopackage) +
                             "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT);"
                             "CREATE VIRTUAL TABLE words USING fts5(a);");
  std::string of_words;
  for (const char* one : {"config", "content", "data", "docsize", "idx"})
    of_words += "main.words_" + std::string(one) + ": it holds the data of the virtual table `words`\n";
  CHECK(shown_hidden(file.read()) ==
        "main.gpkg_contents: it is the format's own\n"
        "main.gpkg_geometry_columns: it is the format's own\n"
        "main.gpkg_spatial_ref_sys: it is the format's own\n"
        "main.layer_styles: it is the format's own\n"
        "main.sqlite_sequence: it is the format's own\n" +
            of_words);
  CHECK(shown_hidden(file.read({.with_system = true})) ==
        "main.sqlite_sequence: it is the format's own\n" + of_words);
}

TEST_CASE("SpatiaLite is told from its old versions and from OGR's files by its registry") {
  const std::string reference_systems =
      "CREATE TABLE spatial_ref_sys (srid INTEGER PRIMARY KEY, auth_name TEXT, auth_srid TEXT);"
      "INSERT INTO spatial_ref_sys VALUES (3003, 'epsg', '3003'), (9, 'own', '9');"
      "CREATE TABLE Towns (PK_UID INTEGER PRIMARY KEY, Geometry BLOB, g2 BLOB);";
  const ScratchDatabase current(
      reference_systems +
      "CREATE TABLE geometry_columns (f_table_name, f_geometry_column, geometry_type INTEGER, "
      "coord_dimension INTEGER, "
      "srid INTEGER, spatial_index_enabled INTEGER);"
      "INSERT INTO geometry_columns VALUES ('towns', 'geometry', 3006, 4, 3003, 1), ('towns', 'g2', 1, 2, 9, "
      "0);"
      "CREATE TABLE views_geometry_columns (view_name, view_geometry, view_rowid, f_table_name, "
      "f_geometry_column);"
      "INSERT INTO views_geometry_columns VALUES ('v', 'geometry', 'id', 'towns', 'geometry');"
      "CREATE VIEW V AS SELECT PK_UID AS ID, Geometry FROM Towns;"
      "CREATE TABLE virts_geometry_columns (virt_name); INSERT INTO virts_geometry_columns VALUES ('shape');"
      "CREATE TABLE shape (x); CREATE TABLE idx_towns_geometry (x);");
  CHECK(current.read().product == "SpatiaLite");
  CHECK(
      shown(current.read()) ==
      "Towns(PK_UID:long!+,Geometry:geometry<MultiPolygonZM 3003 indexed>,g2:geometry<Point ?>) key=PK_UID\n"
      "V(ID:long,Geometry:geometry<MultiPolygonZM 3003 indexed>) view=ID\n"
      "- shape: it is a virtual table of SpatiaLite, which the server cannot read\n");
  const ScratchDatabase legacy(reference_systems +
                               "CREATE TABLE geometry_columns (f_table_name, f_geometry_column, type TEXT, "
                               "coord_dimension TEXT, srid INTEGER, "
                               "spatial_index_enabled INTEGER); INSERT INTO geometry_columns VALUES "
                               "('Towns', 'Geometry', 'POINT', 'XYZ', 3003, 0);");
  CHECK(legacy.read().product == "SpatiaLite before version 4");
  CHECK(shown(legacy.read()) == "Towns(PK_UID:long!+,Geometry:geometry<PointZ 3003>,g2:binary) key=PK_UID\n");
  const ScratchDatabase ogr(reference_systems +
                            "CREATE TABLE geometry_columns (f_table_name, f_geometry_column, geometry_type "
                            "INTEGER, coord_dimension INTEGER, "
                            "srid INTEGER, geometry_format TEXT); INSERT INTO geometry_columns VALUES "
                            "('Towns', 'Geometry', 3, 2, 3003, 'WKB');");
  CHECK(ogr.read().product == "SQLite with OGR's geometries");
  CHECK(shown(ogr.read()) == "Towns(PK_UID:long!+,Geometry:geometry<Polygon 3003>,g2:binary) key=PK_UID\n");
}

TEST_CASE("SpatiaLite's extents come from its statistics, if they are asked for and can be read") {
  const std::string tables =
      "CREATE TABLE spatial_ref_sys (srid INTEGER PRIMARY KEY, auth_name TEXT, auth_srid TEXT);"
      "CREATE TABLE towns (id INTEGER PRIMARY KEY, geom BLOB); CREATE VIEW v AS SELECT id, geom FROM towns;";
  const std::string sides = "extent_min_x, extent_min_y, extent_max_x, extent_max_y";
  const std::string current =
      tables +
      "CREATE TABLE geometry_columns (f_table_name, f_geometry_column, geometry_type, coord_dimension, srid, "
      "spatial_index_enabled); INSERT INTO geometry_columns VALUES ('towns', 'geom', 1, 2, 4326, 0);"
      "CREATE TABLE views_geometry_columns (view_name, view_geometry, view_rowid, f_table_name, "
      "f_geometry_column); INSERT INTO views_geometry_columns VALUES ('v', 'geom', 'id', 'towns', 'geom');"
      "CREATE TABLE views_geometry_columns_statistics (view_name, view_geometry, " +
      sides + "); INSERT INTO views_geometry_columns_statistics VALUES ('v', 'geom', 5, 6, 7, 8);";
  const auto extent_in = [](const Catalog& catalog, std::size_t relation) {
    return catalog.relations.at(relation).find_column("geom")->geometry->extent;
  };
  const ScratchDatabase good(current + "CREATE TABLE geometry_columns_statistics (f_table_name, " +
                             "f_geometry_column, " + sides +
                             "); INSERT INTO geometry_columns_statistics VALUES ('Towns', 'GEOM', 1, 2, 3.5, "
                             "4), ('gone', 'geom', 1, 2, 3, 4);");
  CHECK_FALSE(extent_in(good.read(), 0).has_value());
  const Catalog read = good.read({.with_extents = true});
  CHECK(extent_in(read, 0)->max_x == 3.5);
  CHECK(extent_in(read, 1)->min_x == 5);
  CHECK(read.notes.back().find("extent") == std::string::npos);
  const ScratchDatabase legacy(
      tables +
      "CREATE TABLE geometry_columns (f_table_name, f_geometry_column, type, coord_dimension, srid, "
      "spatial_index_enabled); INSERT INTO geometry_columns VALUES ('towns', 'geom', 'POINT', 'XY', 4326, 0);"
      "CREATE TABLE layer_statistics (raster_layer, table_name, geometry_column, row_count, " +
      sides + "); INSERT INTO layer_statistics VALUES (0, 'towns', 'geom', 3, 1, 2, 3, 4);");
  CHECK(extent_in(legacy.read({.with_extents = true}), 0)->max_y == 4);
  const ScratchDatabase odd(current + "CREATE TABLE geometry_columns_statistics (f_table_name);");
  const Catalog without = odd.read({.with_extents = true});
  CHECK_FALSE(extent_in(without, 0).has_value());
  CHECK(text::join(without.notes, "; ").find("the extents in `geometry_columns_statistics` cannot be read") !=
        std::string::npos);
}

TEST_CASE("a table with a geometry's name for a type that nobody registers has no field of it") {
  const ScratchDatabase file("CREATE TABLE t (id INTEGER PRIMARY KEY, p POINT, i POINTINT);");
  const Catalog catalog = file.read();
  CHECK(shown(catalog) == "t(id:long!+,p:,i:long) key=id\n");
  CHECK(catalog.relations.front().find_column("p")->loss == "no table registers it as a geometry");
}

TEST_CASE("rows are estimated from statistics, never counted") {
  const ScratchDatabase file(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT); CREATE INDEX i ON t (a);"
      "INSERT INTO t VALUES (1, 1), (2, 2), (3, 3); ANALYZE; INSERT INTO t VALUES (4, 4);");
  CHECK(file.read().relations.front().row_estimate == 3);
}

TEST_CASE("names with any character are what they are") {
  const ScratchDatabase file(
      "CREATE TABLE \"a.b \"\"c\"\" 'd' \n ü\" (\"x y\" INTEGER PRIMARY KEY, \"\" TEXT);", "odd ?#%name.db");
  CHECK(shown(file.read()) == "a.b \"c\" 'd' \n ü(x y:long!+,:) key=x y\n");
}

TEST_CASE("what a configuration cannot say is left out") {
  const ScratchDatabase file(
      "CREATE TABLE \"e\u0301\" (id INTEGER PRIMARY KEY); CREATE TABLE \" \" (id INTEGER PRIMARY KEY);"
      "CREATE TABLE t (\"e\u0301\" INTEGER PRIMARY KEY, n TEXT);");
  const Catalog catalog = file.read();
  CHECK(shown(catalog) ==
        "t(e\u0301:!+,n:string) key=e\u0301\n"
        "-  : its name is blank\n"
        "- e\u0301: its name is not in Unicode's normalization form C, as texts in HCL are\n");
}

TEST_CASE("a registry may say anything") {
  const ScratchDatabase file(
      std::string(geopackage) +
      "INSERT INTO gpkg_spatial_ref_sys VALUES ('a', 1, 'EPSG', 99999999, ''), ('b', 2, 'EPSG', 4294971622, "
      "''),"
      "('c', 3, 'EPSG', x'FF', ''), ('d', 4, 'EPSG', -4326, '');"
      "INSERT INTO gpkg_contents VALUES ('t', 'features', CAST(x'61FF' AS TEXT), x'C0');"
      "INSERT INTO gpkg_geometry_columns VALUES ('t', 'a', 'POINT', 1, 0, 0), ('t', 'b', 'POINT', 2, 0, 0),"
      "('t', 'c', 'POINT', 3, 'x', x'01'), ('t', 'd', x'FF', 4, NULL, 1e99);"
      "CREATE TABLE t (id INTEGER PRIMARY KEY, a, b, c, d);");
  const Catalog catalog = file.read();
  REQUIRE(catalog.relations.size() == 1);
  CHECK(catalog.relations.front().title == "a\uFFFD");
  CHECK(catalog.relations.front().comment == "\uFFFD");
  for (const Column& one : catalog.relations.front().columns) {
    if (one.geometry) CHECK_FALSE(one.geometry->srid.has_value());
  }
}

TEST_CASE("a registry that has no end is given up") {
  const ScratchDatabase file(
      "CREATE TABLE gpkg_spatial_ref_sys (srs_id, organization, organization_coordsys_id);"
      "CREATE VIEW gpkg_contents AS WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c)"
      "SELECT 't' || n AS table_name, 'features' AS data_type, hex(zeroblob(1000000)) AS identifier, "
      "'' AS description FROM c;");
  const auto read = read_sqlite(file.path(), {});
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().message == "it says too much of itself");
}

TEST_CASE("views that have too many columns between them are given up") {
  std::string statements = "CREATE TABLE t (id";
  for (int i = 1; i < 1900; ++i) statements += ", c" + std::to_string(i);
  statements += ");";
  // Each column is read with its view's name.
  const auto view = [](int number) {
    return "CREATE VIEW v" + std::string(2000, 'x') + std::to_string(number) + " AS SELECT * FROM t;";
  };
  for (int i = 0; i < 50; ++i) statements += view(i);
  CHECK(ScratchDatabase(statements).read().relations.size() == 51);
  for (int i = 50; i < 70; ++i) statements += view(i);
  const auto read = read_sqlite(ScratchDatabase(statements).path(), {});
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().message == "it says too much of itself");
}

TEST_CASE("where SQLite has no memory left for views the whole file is given up") {
  // It keeps the names of their columns, which no row counts.
  std::string statements = "CREATE TABLE t (id";
  for (int i = 0; i < 1000; ++i) statements += ", c" + std::to_string(i) + std::string(2000, 'x');
  statements += ");";
  for (int i = 0; i < 70; ++i) statements += "CREATE VIEW v" + std::to_string(i) + " AS SELECT * FROM t;";
  const auto read = read_sqlite(ScratchDatabase(statements).path(), {});
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().message == "out of memory");
}

TEST_CASE("a text is read up to the limit") {
  const auto file_with_title = [](const std::string& title) {
    return std::string(geopackage) +
           "CREATE TABLE t (id INTEGER PRIMARY KEY);"
           "INSERT INTO gpkg_contents VALUES ('t', 'features', " +
           title + ", '');";
  };
  constexpr std::size_t limit = std::size_t{4} * 1024 * 1024;
  // Two digits a byte. A row must not be larger, either: the rest of it is small.
  const ScratchDatabase good(file_with_title("hex(zeroblob(2097100))"));
  CHECK(good.read().relations.front().title.size() == limit - 104);
  const auto read = read_sqlite(ScratchDatabase(file_with_title("hex(zeroblob(2097153))")).path(), {});
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().message == "string or blob too big");
}

TEST_CASE("views that read views without end are left out") {
  // Made at once: one by one takes much longer.
  const ScratchDatabase file(
      "CREATE TABLE v0 (id INTEGER PRIMARY KEY); PRAGMA writable_schema = ON;"
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
      "INSERT INTO sqlite_schema SELECT 'view', 'v' || i, 'v' || i, 0, "
      "'CREATE VIEW v' || i || ' AS SELECT * FROM \"V' || (i - 1) || '\"' FROM n;");
  const Catalog catalog = file.read();
  CHECK(catalog.relations.size() == 501);
  REQUIRE(catalog.left_out.size() == 19'500);
  CHECK(catalog.left_out.front().reason == "it reads views that read views, too deep to follow");
}

TEST_CASE("views that double what they read are given up") {
  std::string statements = "CREATE TABLE v0 (id INTEGER PRIMARY KEY);";
  for (int i = 1; i < 40; ++i) {
    const std::string previous = "v" + std::to_string(i - 1);
    statements += "CREATE VIEW v" + std::to_string(i) + " AS WITH a AS (SELECT * FROM " + previous +
                  "), b AS (SELECT * FROM a) SELECT a.id FROM a, b;";
  }
  ReadOptions options;
  options.timeout = std::chrono::seconds(1);
  const auto read = read_sqlite(ScratchDatabase(statements).path(), options);
  REQUIRE_FALSE(read.has_value());
}

TEST_CASE("a virtual table is one, and what it keeps its data in is none") {
  const ScratchDatabase file(
      "CREATE VIRTUAL TABLE words USING fts5(a, b); CREATE TABLE words_other (id INTEGER PRIMARY KEY);");
  const Catalog catalog = file.read();
  CHECK(shown(catalog) == "words(a:binary,b:binary)\nwords_other(id:long!+) key=id\n");
  CHECK(catalog.relations.front().kind == RelationKind::virtual_table);
}

TEST_CASE("a virtual table whose module is not here is left out") {
  const ScratchDatabase file(
      "CREATE TABLE t (id INTEGER PRIMARY KEY); PRAGMA writable_schema = ON;"
      "INSERT INTO sqlite_schema VALUES ('table', 'v', 'v', 0, 'CREATE VIRTUAL TABLE v USING nowhere()');");
  CHECK(shown(file.read()) == "t(id:long!+) key=id\n- v: it cannot be read: no such module: nowhere\n");
  const ScratchDatabase odd(
      "CREATE TABLE t (id INTEGER PRIMARY KEY); PRAGMA writable_schema = ON;"
      "INSERT INTO sqlite_schema VALUES ('table', 'v', 'v', 0, 'create\tvirtual  table v USING nowhere()');");
  CHECK(shown(odd.read()) == "t(id:long!+) key=id\n- v: it cannot be read: no such module: nowhere\n");
}

TEST_CASE("what is no database is refused with what it is") {
  const ScratchDirectory directory;
  const auto reason = [&](const std::string& content) {
    const std::string path = directory.path() + "/x";
    std::ofstream(path, std::ios::binary) << content;
    const auto read = read_sqlite(path, {});
    REQUIRE_FALSE(read.has_value());
    return read.error().message;
  };
  CHECK(reason("") == "the file is empty");
  CHECK(reason("version https://git-lfs.github.com/spec/v1\n") ==
        "it is a pointer of Git LFS: fetch the file with `git lfs pull`");
  CHECK(reason("PK\x03\x04zip") == "it is a ZIP archive: unpack it first");
  CHECK(reason("\x1f\x8b") == "it is compressed: unpack it first");
  CHECK(reason("<html>") == "it is a text, perhaps an error page that was saved");
  CHECK(reason("some other file") == "it is no database of SQLite, or it is encrypted");
  CHECK(reason(std::string("SQLite format 3\0", 16)) == "it is no database of SQLite, or it is encrypted");
  CHECK(read_sqlite(directory.path(), {}).error().message == "it is a directory");
  CHECK(read_sqlite(directory.path() + "/none", {}).error().message == "there is no such file");
}

TEST_CASE("a file that is cut off is refused") {
  const ScratchDatabase file(
      "CREATE TABLE t (id INTEGER PRIMARY KEY); CREATE TABLE u (id INTEGER PRIMARY KEY);");
  std::string content;
  {
    std::ifstream in(file.path(), std::ios::binary);
    content.assign(std::istreambuf_iterator<char>(in), {});
  }
  std::ofstream(file.path(), std::ios::binary | std::ios::trunc)
      << content.substr(0, content.size() / 2 - 100);
  const auto read = read_sqlite(file.path(), {});
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().message == "it is damaged or cut off");
}

TEST_CASE("a log of changes is read with its file") {
  const ScratchDatabase file("CREATE TABLE t (id INTEGER PRIMARY KEY);");
  SQLite::Database writer(file.path(), SQLite::OPEN_READWRITE);
  writer.exec("PRAGMA journal_mode = WAL; CREATE TABLE added (id INTEGER PRIMARY KEY);");
  CHECK(shown(file.read()) == "added(id:long!+) key=id\nt(id:long!+) key=id\n");
}

TEST_CASE("what a program left half written is not taken for the database") {
  const ScratchDatabase file("CREATE TABLE t (id INTEGER PRIMARY KEY, x); INSERT INTO t VALUES (1, 1);");
  SQLite::Database writer(file.path(), SQLite::OPEN_READWRITE);
  // More than the cache holds: the file and its journal have been written to before the end.
  writer.exec("PRAGMA cache_size = 2; BEGIN; UPDATE t SET x = 2;");
  for (int i = 0; i < 100; ++i)
    writer.exec("CREATE TABLE t" + std::to_string(i) + " (id INTEGER PRIMARY KEY)");
  const ScratchDirectory left;
  std::filesystem::copy_file(file.path(), left.file("a.db"));
  std::filesystem::copy_file(file.path() + "-journal", left.file("a.db-journal"));
  const auto read = read_sqlite(left.file("a.db"), {});
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().message.starts_with("a program was interrupted while it wrote"));
}

TEST_CASE("a file that another program has locked is not waited for without end") {
  const ScratchDatabase file("CREATE TABLE t (id INTEGER PRIMARY KEY);");
  SQLite::Database writer(file.path(), SQLite::OPEN_READWRITE);
  writer.exec("BEGIN EXCLUSIVE;");
  CHECK(read_sqlite(file.path(), {}).error().message == "another program has locked it");
}

TEST_CASE("a file may be read for longer than clocks can tell") {
  const ScratchDatabase file("CREATE TABLE t (id INTEGER PRIMARY KEY);");
  for (const auto timeout : {longest_timeout, std::chrono::milliseconds::max()})
    CHECK(file.read({.timeout = timeout}).relations.size() == 1);
}

TEST_CASE("reading ends when time is over") {
  std::string statements;
  for (int i = 0; i < 2000; ++i)
    statements += "CREATE TABLE t" + std::to_string(i) + " (id INTEGER PRIMARY KEY, a, b, c);";
  const ScratchDatabase file(statements);
  const auto read = read_sqlite(file.path(), {.timeout = std::chrono::milliseconds(0)});
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().message == "reading it took too long");
}

}  // namespace honua::catalog
