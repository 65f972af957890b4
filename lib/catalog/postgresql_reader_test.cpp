// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <ostream>
#include <string>

#include "catalog/loopback_for_test.h"
#include "catalog/postgresql_for_test.h"
#include "catalog/postgresql_session.h"
#include "catalog/reader.h"

namespace honua::catalog {

namespace {

Catalog read_all(const std::string& connection, const ReadOptions& options = {}) {
  auto catalog = read_postgresql(connection, options);
  if (!catalog) FAIL(catalog.error().message);
  return *std::move(catalog);
}

const Relation& relation_of(const Catalog& catalog, const std::string& name) {
  const auto found = std::ranges::find(catalog.relations, name, &Relation::name);
  if (found == catalog.relations.end()) FAIL(name << " is not there");
  return *found;
}

const Column& column_named(const Catalog& catalog, const std::string& relation, const std::string& name) {
  const Column* column = relation_of(catalog, relation).find_column(name);
  if (column == nullptr) FAIL(relation << "." << name << " is not there");
  return *column;
}

std::string reason_of(const Catalog& catalog, const std::string& name) {
  const auto found = std::ranges::find(catalog.left_out, name, &LeftOut::name);
  return found == catalog.left_out.end() ? "" : found->reason;
}

std::string reason_to_hide(const Catalog& catalog, const std::string& name) {
  const auto found = std::ranges::find(catalog.hidden, name, &LeftOut::name);
  return found == catalog.hidden.end() ? "" : found->schema + ": " + found->reason;
}

bool has_note(const Relation& relation, std::string_view words) {
  return std::ranges::any_of(relation.notes,
                             [&](const std::string& one) { return one.find(words) != std::string::npos; });
}

std::string error_of(const std::string& connection,
                     std::chrono::milliseconds timeout = std::chrono::seconds(5)) {
  const auto catalog = read_postgresql(connection, {.timeout = timeout});
  return catalog ? "" : catalog.error().message;
}

// How many transactions the server has seen in a database.
std::int64_t commits_of(const PostgresqlServer& server, const std::string& database) {
  auto session = PostgresqlSession::open(server.connection("postgres"), std::chrono::seconds(5));
  const auto rows = session->run(
      "SELECT pg_stat_force_next_flush(); SELECT xact_commit FROM pg_stat_database "
      "WHERE datname = '" +
      database + "'");
  return rows->at(1).number(0, 0);
}

}  // namespace

TEST_CASE("PostGIS is found in whatever schema it is") {
  const Catalog catalog = read_all(make_postgresql_database("anywhere", R"(
    CREATE SCHEMA gis; CREATE EXTENSION postgis SCHEMA gis;
    CREATE DOMAIN place AS gis.geometry(Point, 4326);
    CREATE TABLE spots (id int PRIMARY KEY, a gis.geometry(MultiPolygonZ, 25832), b place, c gis.geography,
      d gis.geometry, e gis.geometry[], f point);
    CREATE INDEX ON spots USING gist (a);
    CREATE INDEX ON spots USING gist (b) WHERE id > 5;)"));
  CHECK(catalog.product.find(", PostGIS 3.") != std::string::npos);
  CHECK(catalog.database == "anywhere");
  REQUIRE(catalog.relations.size() == 1);
  const Geometry a = *column_named(catalog, "spots", "a").geometry;
  CHECK(a.type == GeometryType::multi_polygon);
  CHECK(a.srid == 25832);
  CHECK(a.has_z);
  CHECK(a.index == SpatialIndex::present);
  const Geometry b = *column_named(catalog, "spots", "b").geometry;
  CHECK(b.srid == 4326);
  CHECK(b.index == SpatialIndex::partial);
  CHECK(column_named(catalog, "spots", "c").geometry->srid == 4326);
  CHECK_FALSE(column_named(catalog, "spots", "d").geometry->srid.has_value());
  CHECK(column_named(catalog, "spots", "e").type == FieldType::json);
  CHECK(column_named(catalog, "spots", "f").type == FieldType::string);
  CHECK(catalog.notes.size() == 1);
  CHECK(reason_to_hide(catalog, "spatial_ref_sys") == "gis: it belongs to an extension");
  const Catalog all = read_all(postgresql_server().connection("anywhere"), {.with_system = true});
  CHECK(all.relations.size() > 1);
  CHECK(all.hidden.empty());
}

TEST_CASE("types are called what the server calls them, and columns stay in their order") {
  const std::string connection = make_postgresql_database("called", R"(
    CREATE SCHEMA gis; CREATE EXTENSION postgis SCHEMA gis;
    CREATE DOMAIN place AS gis.geometry(Point, 4326) NOT NULL;
    CREATE DOMAIN here AS place;
    CREATE TABLE called (a gis.geometry, b gis.geometry(Point), c gis.geometry(Geometry, 3857), d gis.geometry(TinZ),
      e gis.geometry(GeometryZM), f gis.geography(LineStringM), g gis.geography, h gis.geometry(CurvePolygon, 4326)[],
      i here, j numeric(12, 2), k varchar(5)[], l char, m timestamptz(3), n bit(3), o interval day to second,
      p gis.geometry(GeometryCollectionM, 25832));
    ALTER TABLE called DROP COLUMN b, ADD COLUMN b gis.geometry(Point), ALTER COLUMN a SET NOT NULL;)");
  auto session = PostgresqlSession::open(connection, std::chrono::seconds(5));
  const auto rows = session->run(
      "SET search_path = pg_catalog; SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute "
      "WHERE attrelid = 'public.called'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum");
  REQUIRE(rows.has_value());
  const Catalog catalog = read_all(connection);
  const std::vector<Column>& columns = relation_of(catalog, "called").columns;
  REQUIRE(columns.size() == rows->at(0).size());
  for (std::size_t row = 0; row < columns.size(); ++row) {
    CHECK(columns[row].name == rows->at(0).text(row, 0));
    CHECK(columns[row].native_type == rows->at(0).text(row, 1));
  }
  CHECK(column_named(catalog, "called", "i").geometry->srid == 4326);
  CHECK_FALSE(column_named(catalog, "called", "i").is_nullable);
}

TEST_CASE("keys are those that hold for all rows, in their own order") {
  const Catalog catalog = read_all(make_postgresql_database("keys", R"(
    CREATE TABLE pair (a int, z int, t text, PRIMARY KEY (z, a) INCLUDE (t));
    CREATE TABLE unique_only (code text NOT NULL UNIQUE, maybe text UNIQUE);
    CREATE TABLE deferred (code text NOT NULL UNIQUE DEFERRABLE);
    CREATE TABLE some_rows (code int NOT NULL); CREATE UNIQUE INDEX ON some_rows (code) WHERE code > 0;
    CREATE TABLE computed (code text NOT NULL); CREATE UNIQUE INDEX ON computed (lower(code));
    CREATE TABLE numbered (n bigint GENERATED ALWAYS AS IDENTITY, m int GENERATED BY DEFAULT AS IDENTITY,
      twice int GENERATED ALWAYS AS (1 + 1) STORED);
    CREATE VIEW renamed AS SELECT z AS y, a AS b FROM pair;
    CREATE VIEW again AS SELECT * FROM renamed;
    CREATE VIEW joined AS SELECT x.z, x.a FROM pair x JOIN unique_only u ON u.code = x.t;
    CREATE VIEW summed AS SELECT count(*) AS n FROM pair;)"));
  CHECK(relation_of(catalog, "pair").primary_key->columns == std::vector<std::string>{"z", "a"});
  REQUIRE(relation_of(catalog, "unique_only").unique_keys.size() == 1);
  CHECK(relation_of(catalog, "unique_only").unique_keys[0].columns == std::vector<std::string>{"code"});
  for (const char* name : {"deferred", "some_rows", "computed"})
    CHECK(relation_of(catalog, name).unique_keys.empty());
  CHECK(column_named(catalog, "numbered", "n").is_identity);
  CHECK(column_named(catalog, "numbered", "n").is_generated);
  CHECK(column_named(catalog, "numbered", "m").is_identity);
  CHECK_FALSE(column_named(catalog, "numbered", "m").is_generated);
  CHECK(column_named(catalog, "numbered", "twice").is_generated);
  for (const char* name : {"renamed", "again"}) {
    CHECK(relation_of(catalog, name).view_key->columns == std::vector<std::string>{"y", "b"});
    CHECK(relation_of(catalog, name).is_view_key_certain);
  }
  CHECK(relation_of(catalog, "joined").view_key.has_value());
  CHECK_FALSE(relation_of(catalog, "joined").is_view_key_certain);
  CHECK_FALSE(relation_of(catalog, "summed").view_key.has_value());
}

TEST_CASE("partitions are their table's, inheriting tables are told") {
  const Catalog catalog = read_all(make_postgresql_database("parts", R"(
    CREATE TABLE p (id int, r text, PRIMARY KEY (id, r)) PARTITION BY LIST (r);
    CREATE TABLE p_n PARTITION OF p FOR VALUES IN ('n');
    CREATE TABLE p_s PARTITION OF p FOR VALUES IN ('s') PARTITION BY HASH (id);
    CREATE TABLE p_s0 PARTITION OF p_s FOR VALUES WITH (MODULUS 1, REMAINDER 0);
    INSERT INTO p SELECT i, CASE WHEN i % 2 = 0 THEN 'n' ELSE 's' END FROM generate_series(1, 100) i;
    CREATE TABLE old (id int PRIMARY KEY); CREATE TABLE young (x int) INHERITS (old);
    ANALYZE;)"));
  CHECK(catalog.relations.size() == 3);
  CHECK(relation_of(catalog, "p").kind == RelationKind::partitioned_table);
  CHECK(relation_of(catalog, "p").row_estimate == 100U);
  REQUIRE(catalog.hidden.size() == 3);
  CHECK(catalog.hidden[0].name == "p_n");
  CHECK(reason_to_hide(catalog, "p_n") == "public: it is a partition of `p`");
  CHECK(reason_to_hide(catalog, "p_s") == "public: it is a partition of `p`");
  CHECK(reason_to_hide(catalog, "p_s0") == "public: it is a partition of `p_s`");
  CHECK(read_all(postgresql_server().connection("parts"), {.with_system = true}).hidden.size() == 3);
  CHECK(has_note(relation_of(catalog, "old"), "the rows of 1 table that inherit from it"));
  CHECK_FALSE(relation_of(catalog, "young").primary_key.has_value());
  CHECK(has_note(relation_of(catalog, "young"), "its rows appear in `old`"));
}

TEST_CASE("the rows of partitions are counted a hundred levels up") {
  const auto levels = [](const std::string& name, int count) {
    return "CREATE TABLE " + name + "0 (id int) PARTITION BY LIST (id); DO $$ BEGIN FOR i IN 1.." +
           std::to_string(count - 1) + " LOOP EXECUTE format('CREATE TABLE " + name + "%s PARTITION OF " +
           name + "%s DEFAULT PARTITION BY LIST (id)', i, i - 1); END LOOP; END $$; CREATE TABLE " + name +
           "_leaf PARTITION OF " + name + std::to_string(count - 1) + " DEFAULT; INSERT INTO " + name +
           "_leaf SELECT generate_series(1, 5); ANALYZE " + name + "_leaf;";
  };
  const Catalog catalog = read_all(make_postgresql_database("levels", levels("a", 100) + levels("b", 101)));
  CHECK(relation_of(catalog, "a0").row_estimate == 5U);
  CHECK_FALSE(relation_of(catalog, "b0").row_estimate.has_value());
}

TEST_CASE("every kind of relation and of name is read") {
  const Catalog catalog = read_all(make_postgresql_database("kinds", R"(
    CREATE TABLE "a""b.c
d" ("Id" int PRIMARY KEY, "select" text);
    COMMENT ON TABLE "a""b.c
d" IS E'two\nlines';
    CREATE TABLE nothing ();
    CREATE UNLOGGED TABLE unlogged (id int PRIMARY KEY);
    CREATE TABLE guarded (id int PRIMARY KEY); ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;
    CREATE MATERIALIZED VIEW stored AS SELECT id FROM unlogged WITH NO DATA; CREATE UNIQUE INDEX ON stored (id);
    CREATE EXTENSION file_fdw; CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
    CREATE FOREIGN TABLE far (id int) SERVER files OPTIONS (filename '/nowhere.csv');
    CREATE TYPE mood AS ENUM ('sad', 'o''k');
    CREATE TABLE moods (m mood, gone int, d date); ALTER TABLE moods DROP COLUMN gone;
    CREATE TEMPORARY TABLE passing (id int);)"));
  CHECK(relation_of(catalog, "a\"b.c\nd").comment == "two\nlines");
  CHECK(reason_of(catalog, "nothing") == "it has no columns");
  CHECK(has_note(relation_of(catalog, "guarded"), "row security is on"));
  CHECK(relation_of(catalog, "stored").kind == RelationKind::materialized_view);
  CHECK(has_note(relation_of(catalog, "stored"), "it is not populated"));
  CHECK(relation_of(catalog, "stored").unique_keys.size() == 1);
  CHECK(relation_of(catalog, "far").kind == RelationKind::foreign_table);
  CHECK(column_named(catalog, "moods", "m").values == std::vector<std::string>{"sad", "o'k"});
  CHECK(relation_of(catalog, "moods").columns.size() == 2);
  CHECK(std::ranges::find(catalog.relations, "passing", &Relation::name) == catalog.relations.end());
}

TEST_CASE("what a user may not read is left out with the reason") {
  const PostgresqlServer server = postgresql_server();
  make_postgresql_database("rights", R"(
    CREATE TABLE open (id int PRIMARY KEY); GRANT SELECT ON open TO reader;
    CREATE TABLE closed (id int PRIMARY KEY);
    CREATE TABLE half (id int PRIMARY KEY, shown text, kept text); GRANT SELECT (id, shown) ON half TO reader;
    CREATE SCHEMA hidden; CREATE TABLE hidden.t (id int PRIMARY KEY); GRANT SELECT ON hidden.t TO reader;)");
  std::string escaped;
  for (const char c : server.reader_password)
    escaped += c == '\'' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  const Catalog catalog = read_all(server.connection("rights", "reader") + " password='" + escaped + "'");
  CHECK(catalog.relations.size() == 2);
  CHECK(reason_of(catalog, "closed") == "this user may not read it");
  CHECK(reason_of(catalog, "t") == "this user may not use its schema");
  CHECK(relation_of(catalog, "half").columns.size() == 2);
  CHECK(has_note(relation_of(catalog, "half"), "some of its columns only"));
}

TEST_CASE("names are UTF-8 whatever encoding a connection asks for") {
  const std::string connection =
      make_postgresql_database("encoded", "CREATE TABLE \"stra\u00DFe\" (id int);");
  const Catalog catalog = read_all(connection + " client_encoding=latin1");
  CHECK(relation_of(catalog, "stra\u00DFe").columns.size() == 1);
  auto session = PostgresqlSession::open(connection + " application_name=mine", std::chrono::seconds(5));
  const auto rows = session->run("SELECT current_setting('application_name')");
  REQUIRE(rows.has_value());
  CHECK(rows->at(0).text(0, 0) == "mine");
}

TEST_CASE("a database of the longest timeout and beyond is read") {
  const std::string connection = make_postgresql_database("patient", "CREATE TABLE t (id int);");
  for (const std::chrono::milliseconds timeout :
       {longest_timeout, std::chrono::milliseconds(std::chrono::seconds(2'147'484)),
        std::chrono::milliseconds(std::chrono::hours(24 * 365 * 250))})
    CHECK(read_all(connection, {.with_extents = true, .timeout = timeout}).relations.size() == 1);
}

TEST_CASE("a server that gives no extents gives all the rest") {
  const std::string connection = make_postgresql_database("no_extents", R"(
    CREATE EXTENSION postgis; CREATE TABLE t (id int PRIMARY KEY, geom geometry(Point, 4326));
    ALTER EXTENSION postgis DROP FUNCTION ST_EstimatedExtent(text, text, text);
    DROP FUNCTION ST_EstimatedExtent(text, text, text);)");
  const Catalog catalog = read_all(connection, {.with_extents = true});
  CHECK(column_named(catalog, "t", "geom").geometry->srid == 4326);
  const auto is_told = [](const std::string& one) { return one.starts_with("the extents cannot be read: "); };
  CHECK(std::ranges::any_of(catalog.notes, is_told));
  CHECK(std::ranges::none_of(read_all(connection).notes, is_told));
}

TEST_CASE("the widest table there can be is read") {
  std::string columns = "id int PRIMARY KEY";
  for (int i = 2; i <= 1600; ++i) columns += ", c" + std::to_string(i) + " bool";
  const Catalog catalog = read_all(make_postgresql_database("wide", "CREATE TABLE w (" + columns + ");"));
  CHECK(relation_of(catalog, "w").columns.size() == 1600);
}

TEST_CASE("a catalog is read in one transaction, however many tables there are") {
  const PostgresqlServer server = postgresql_server();
  const std::string connection = make_postgresql_database(
      "many",
      "DO $$ BEGIN FOR i IN 1..300 LOOP EXECUTE format('CREATE TABLE t%s (id int PRIMARY KEY)', i); "
      "END LOOP; END $$;");
  const std::int64_t before = commits_of(server, "many");
  CHECK(read_all(connection).relations.size() == 300);
  std::int64_t after = commits_of(server, "many");
  // The server counts when the connection has ended.
  for (int tries = 0; tries < 50 && after == before; ++tries) {
    run_psql(server.connection("postgres"), "SELECT pg_sleep(0.1)");
    after = commits_of(server, "many");
  }
  // One of ours, and one that the server makes at the login.
  CHECK(after - before <= 2);
}

TEST_CASE("a server that cannot be used is told by what is wrong with it") {
  const PostgresqlServer server = postgresql_server();
  CHECK(error_of(server.connection("nowhere")) == "database ... does not exist");
  CHECK(error_of(server.connection("postgres", "reader") + " password=planted") ==
        "password authentication failed for user ...");
  CHECK(
      error_of(server.connection("postgres", "reader") + " passfile=/nowhere").find("no password supplied") !=
      std::string::npos);
  CHECK(error_of("host=127.0.0.1 port=1").find("Connection refused") != std::string::npos);
  const std::string malformed = error_of("host=db password=a planted word");
  CHECK(malformed.find("the connection is malformed") == 0);
  CHECK(malformed.find("planted") == std::string::npos);
  CHECK(error_of("postgresql://db/city?planted=1").find("planted") == std::string::npos);
}

TEST_CASE("a server that never answers is waited for no longer than was said") {
  // A socket that listens and says nothing.
  const LoopbackSocket listener;
  CHECK(error_of("host=127.0.0.1 port=" + std::to_string(listener.port()), std::chrono::milliseconds(200)) ==
        "it does not answer in time");
}

TEST_CASE("a catalog that is locked is not waited for without end") {
  const std::string connection = make_postgresql_database("locked", "CREATE TABLE t (id int PRIMARY KEY);");
  auto holder = PostgresqlSession::open(connection, std::chrono::seconds(20));
  REQUIRE(holder.has_value());
  REQUIRE(holder->run("BEGIN; LOCK TABLE pg_catalog.pg_class IN ACCESS EXCLUSIVE MODE").has_value());
  CHECK_FALSE(error_of(connection, std::chrono::seconds(4)).empty());
}

}  // namespace honua::catalog
