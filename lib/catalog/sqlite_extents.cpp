// SPDX-License-Identifier: MIT
#include <array>
#include <string>
#include <string_view>

#include "catalog/sqlite_registry.h"

// Where SQLite's spatial formats note the boxes around geometries down.
namespace honua::catalog {

namespace {

using Names = std::set<std::string, NameLess>;

struct ExtentTable {
  SqliteFormat format;
  std::string_view name;
  std::string_view query;  // gives the table, the column, and the four sides
};

constexpr auto extent_tables = std::to_array<ExtentTable>({
    {SqliteFormat::geopackage, "gpkg_geometry_columns",
     "SELECT g.table_name, g.column_name, c.min_x, c.min_y, c.max_x, c.max_y FROM gpkg_geometry_columns g "
     "JOIN gpkg_contents c ON c.table_name = g.table_name"},
    {SqliteFormat::spatialite, "geometry_columns_statistics",
     "SELECT f_table_name, f_geometry_column, extent_min_x, extent_min_y, extent_max_x, extent_max_y "
     "FROM geometry_columns_statistics"},
    {SqliteFormat::spatialite, "views_geometry_columns_statistics",
     "SELECT view_name, view_geometry, extent_min_x, extent_min_y, extent_max_x, extent_max_y "
     "FROM views_geometry_columns_statistics"},
    {SqliteFormat::spatialite_legacy, "layer_statistics",
     "SELECT table_name, geometry_column, extent_min_x, extent_min_y, extent_max_x, extent_max_y "
     "FROM layer_statistics WHERE raster_layer = 0"},
});

// Nobody filled it in: NULL, or a text where SQLite lets anything be.
bool is_number(const SQLite::Column& value) { return value.isFloat() || value.isInteger(); }

void add_extent(SQLite::Statement& row, Registry& registry) {
  Geometry* geometry = registry.find_geometry(text_of(row.getColumn(0)), text_of(row.getColumn(1)));
  if (geometry == nullptr) return;
  constexpr int first = 2;
  std::array<double, 4> sides{};
  for (int at = 0; at < static_cast<int>(sides.size()); ++at) {
    const SQLite::Column value = row.getColumn(first + at);
    if (!is_number(value)) return;
    sides.at(static_cast<std::size_t>(at)) = value.getDouble();
  }
  geometry->extent = extent_of(sides[0], sides[1], sides[2], sides[3]);
}

}  // namespace

void add_extents(SqliteFile& file, const Names& relations, Registry& registry) {
  for (const ExtentTable& one : extent_tables) {
    if (one.format != registry.format || !relations.contains(std::string(one.name))) continue;
    try {
      file.select(std::string(one.query), [&](SQLite::Statement& row) { add_extent(row, registry); });
    } catch (const SQLite::Exception&) {
      // Some writers leave columns out. What is asked for by the way is no reason to fail.
      registry.notes.push_back("the extents in `" + std::string(one.name) + "` cannot be read");
    }
  }
}

}  // namespace honua::catalog
