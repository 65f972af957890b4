// SPDX-License-Identifier: MIT
#include <charconv>
#include <string>
#include <string_view>

#include "catalog/sqlite_registry.h"
#include "text/sanitize.h"
#include "text/unicode.h"

// SpatiaLite's tables, those of versions before 4, and OGR's, which took their names over. Its functions are
// not needed: all that is asked for stands in tables.
namespace honua::catalog {

namespace {

using Names = std::set<std::string, NameLess>;

std::string product_of(SqliteFormat format) {
  switch (format) {
    case SqliteFormat::spatialite: return "SpatiaLite";
    case SqliteFormat::spatialite_legacy: return "SpatiaLite before version 4";
    default: return "SQLite with OGR's geometries";
  }
}

void set_type(Geometry& geometry, const GeometryTypeName& name) {
  geometry.type = name.type;
  geometry.has_z = name.has_z;
  geometry.has_m = name.has_m;
}

// A type by its number: thousands are for z, m, both.
void set_type(Geometry& geometry, int code) {
  constexpr int thousand = 1000;
  const int kind = code / thousand;
  const int type = code % thousand;
  if (code < 0 || kind > 3 || type > static_cast<int>(GeometryType::surface)) return;
  geometry.type = static_cast<GeometryType>(type);
  geometry.has_z = kind == 1 || kind == 3;
  geometry.has_m = kind == 2 || kind == 3;
}

// "XYZM", "3", 4.
void set_dimension(Geometry& geometry, const std::string& dimension) {
  geometry.has_z =
      geometry.has_z || dimension.find('Z') != std::string::npos || dimension == "3" || dimension == "4";
  geometry.has_m = geometry.has_m || dimension.find('M') != std::string::npos || dimension == "4";
}

class SpatialiteReader {
 public:
  SpatialiteReader(SqliteFile& file, const Names& relations, SqliteFormat format)
      : file_(file), relations_(relations) {
    made_.format = format;
    made_.product = product_of(format);
  }

  Registry read() {
    if (relations_.contains("spatial_ref_sys")) read_reference_systems();
    read_geometries();
    if (relations_.contains("views_geometry_columns")) read_views();
    if (relations_.contains("virts_geometry_columns")) read_virtual_tables();
    return std::move(made_);
  }

 private:
  // OGR writes `auth_srid` as text.
  void read_reference_systems() {
    file_.select("SELECT srid, auth_name, CAST(auth_srid AS INTEGER) FROM spatial_ref_sys",
                 [&](SQLite::Statement& row) {
                   if (text::ascii_lower(text_of(row.getColumn(1))) != "epsg") return;
                   const auto code = epsg_code(row.getColumn(2).getInt64());
                   if (code) srids_[row.getColumn(0).getInt64()] = *code;
                 });
  }

  void read_geometries() {
    const bool is_legacy = made_.format == SqliteFormat::spatialite_legacy;
    const bool has_index = made_.format != SqliteFormat::ogr;
    const std::string type = is_legacy ? "type" : "geometry_type";
    file_.select("SELECT f_table_name, f_geometry_column, " + type + ", coord_dimension, srid, " +
                     (has_index ? "spatial_index_enabled" : "0") + " FROM geometry_columns",
                 [&](SQLite::Statement& row) {
                   Geometry geometry;
                   const SQLite::Column written = row.getColumn(2);
                   const auto name = read_geometry_type(text_of(written));
                   if (name) set_type(geometry, *name);
                   if (!name) set_type(geometry, written.getInt());
                   set_dimension(geometry, text_of(row.getColumn(3)));
                   const auto srid = srids_.find(row.getColumn(4).getInt64());
                   if (srid != srids_.end()) geometry.srid = srid->second;
                   if (row.getColumn(5).getInt() > 0) geometry.index = SpatialIndex::present;
                   made_.geometries[text_of(row.getColumn(0))][text_of(row.getColumn(1))] = geometry;
                 });
  }

  // A view shows the geometry of a table, and names the column that stands for its ROWID.
  void read_views() {
    file_.select(
        "SELECT view_name, view_geometry, view_rowid, f_table_name, f_geometry_column FROM "
        "views_geometry_columns",
        [&](SQLite::Statement& row) {
          const std::string view = text_of(row.getColumn(0));
          made_.tables[view].view_key = text_of(row.getColumn(2));
          const Geometry* base = made_.find_geometry(text_of(row.getColumn(3)), text_of(row.getColumn(4)));
          const Geometry shown = base == nullptr ? Geometry{} : *base;
          made_.geometries[view][text_of(row.getColumn(1))] = shown;
        });
  }

  void read_virtual_tables() {
    file_.select("SELECT virt_name FROM virts_geometry_columns", [&](SQLite::Statement& row) {
      RegisteredTable& table = made_.tables[text_of(row.getColumn(0))];
      table.is_left_out = true;
      table.reason = "it is a virtual table of SpatiaLite, which the server cannot read";
    });
  }

  SqliteFile& file_;
  const Names& relations_;
  Registry made_;
  std::map<std::int64_t, std::int32_t> srids_;
};

}  // namespace

Registry read_spatialite(SqliteFile& file, const Names& relations, SqliteFormat format) {
  return SpatialiteReader(file, relations, format).read();
}

}  // namespace honua::catalog
