// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catalog/field_type.h"
#include "catalog/geometry_type.h"

// What a database says of itself: the relations that could be served, whatever its engine. Values, that no
// connection stands behind. Names are as the database has them, in UTF-8, unquoted.
namespace honua::catalog {

enum class Engine : std::uint8_t { sqlite, postgresql, mysql };
[[nodiscard]] std::string_view to_string(Engine engine);

// PostgreSQL's kinds, and SQLite's virtual tables.
enum class RelationKind : std::uint8_t {
  table,
  partitioned_table,
  view,
  materialized_view,
  foreign_table,
  virtual_table,
};
// "table", "partitioned table" …
[[nodiscard]] std::string_view to_string(RelationKind kind);

// Whether the database can find geometries by place.
enum class SpatialIndex : std::uint8_t {
  none,
  partial,  // only some rows are in it
  present,
};

// The box around geometries, in their own reference system. As the database has it noted down, from its
// statistics or by whoever wrote the file: no row is read for it, and it may be old.
struct Extent {
  double min_x = 0;
  double min_y = 0;
  double max_x = 0;
  double max_y = 0;
};
// Nothing if it is no box: of what is not finite, or with its sides swapped.
[[nodiscard]] std::optional<Extent> extent_of(double min_x, double min_y, double max_x, double max_y);

// What is known of a column of geometries.
struct Geometry {
  GeometryType type = GeometryType::geometry;
  std::optional<std::int32_t> srid;  // as EPSG counts; nothing where it is not known or means nothing there
  bool has_z = false;
  bool has_m = false;
  bool is_geography = false;
  SpatialIndex index = SpatialIndex::none;
  std::optional<Extent> extent;  // if it was asked for
};

// "", "Z", "M" or "ZM".
[[nodiscard]] std::string_view ordinates_of(const Geometry& geometry);

struct Column {
  std::string name;
  std::string native_type;  // as the database writes it: "character varying(5)"; "" if it has none
  FieldType type = FieldType::unmapped;  // what the server makes of it
  std::string loss;                      // what is lost by that: "the offset is lost"; or ""
  bool is_nullable = true;
  bool is_generated = false;  // computed by the database: not to be written
  bool is_identity = false;   // numbered by the database
  std::string title;          // GeoPackage only
  std::string comment;
  std::vector<std::string> values;   // of an enumeration
  std::optional<Geometry> geometry;  // if type is FieldType::geometry
};

// Columns by which a row can be told from all others, in the key's order.
struct Key {
  std::vector<std::string> columns;
};

struct Relation {
  std::string schema;  // "main" in SQLite; the database in MySQL
  std::string name;
  RelationKind kind = RelationKind::table;
  std::string title;  // GeoPackage only
  std::string comment;
  std::vector<Column> columns;  // as the database orders them
  std::optional<Key> primary_key;
  std::vector<Key> unique_keys;               // of columns that are never null, over all rows
  std::optional<Key> view_key;                // of a view: the key of what it reads, taken over
  bool is_view_key_certain = false;           // no join, group or set operation can repeat a row
  std::optional<std::uint64_t> row_estimate;  // never counted
  bool is_writable = false;                   // known to be, by the user who reads it
  bool is_system = false;                     // the database's own or an extension's: read if asked for
  std::vector<std::string> notes;             // what users should know, each a clause: "row security is on"

  [[nodiscard]] const Column* find_column(std::string_view wanted) const;
  [[nodiscard]] bool has_geometry() const;
  [[nodiscard]] bool is_view() const;
  // Whether its columns can have an index.
  [[nodiscard]] bool takes_index() const;
  // All are columns, and declared so.
  [[nodiscard]] bool are_never_null(const std::vector<std::string>& names) const;
};

// What is there and not among the relations.
struct LeftOut {
  std::string schema;
  std::string name;
  std::string reason;  // a clause: "it is not registered in gpkg_contents"
};

// As users know it: with the schema where there may be several.
[[nodiscard]] std::string shown_name(const LeftOut& left_out, Engine engine);

struct Catalog {
  Engine engine = Engine::sqlite;
  std::string product;  // "GeoPackage 1.2", "PostgreSQL 15.10, PostGIS 3.3.2"
  std::string database;
  std::vector<Relation> relations;  // by schema and name
  std::vector<LeftOut> left_out;    // by schema and name
  // There, and no candidates for layers: partitions, what belongs to the database or to an extension. By
  // schema and name.
  std::vector<LeftOut> hidden;
  std::vector<std::string> notes;  // on the database as a whole
  bool has_geometries = true;      // false: it has no type for them
  std::optional<bool> is_replica;  // of a server that says so
};

}  // namespace honua::catalog
