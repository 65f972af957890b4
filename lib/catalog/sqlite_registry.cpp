// SPDX-License-Identifier: MIT
#include "catalog/sqlite_registry.h"

#include <algorithm>
#include <array>
#include <limits>

#include "text/ascii.h"
#include "text/unicode.h"

namespace honua::catalog {

namespace {

unsigned char lower_byte(char c) { return static_cast<unsigned char>(text::ascii_lower(c)); }

// Tables and views that SpatiaLite makes, old versions included, in lower case and in order.
constexpr std::array spatialite_names = std::to_array<std::string_view>({
    "collection_layers",
    "data_licenses",
    "elementarygeometries",
    "geom_cols_ref_sys",
    "geometry_columns",
    "geometry_columns_auth",
    "geometry_columns_field_infos",
    "geometry_columns_statistics",
    "geometry_columns_time",
    "iso_metadata",
    "iso_metadata_reference",
    "iso_metadata_view",
    "knn",
    "knn2",
    "layer_params",
    "layer_statistics",
    "layer_sub_classes",
    "layer_table_layout",
    "networks",
    "pattern_bitmaps",
    "project_defs",
    "raster_coverages",
    "raster_coverages_keyword",
    "raster_coverages_ref_sys",
    "raster_coverages_srid",
    "raster_pyramids",
    "rl2map_configurations",
    "rl2map_configurations_view",
    "se_external_graphics",
    "se_external_graphics_view",
    "se_fonts",
    "se_fonts_view",
    "se_group_styles",
    "se_group_styles_view",
    "se_raster_styled_layers",
    "se_raster_styled_layers_view",
    "se_raster_styles",
    "se_raster_styles_view",
    "se_styled_group_refs",
    "se_styled_group_styles",
    "se_styled_group_styles_view",
    "se_styled_groups",
    "se_styled_groups_view",
    "se_vector_styled_layers",
    "se_vector_styled_layers_view",
    "se_vector_styles",
    "se_vector_styles_view",
    "spatial_ref_sys",
    "spatial_ref_sys_all",
    "spatial_ref_sys_aux",
    "spatialindex",
    "spatialite_history",
    "sql_statements_log",
    "stored_procedures",
    "stored_variables",
    "symbol_bitmaps",
    "tableprefix",
    "topologies",
    "vector_coverages",
    "vector_coverages_keyword",
    "vector_coverages_ref_sys",
    "vector_coverages_srid",
    "vector_layers",
    "vector_layers_auth",
    "vector_layers_field_infos",
    "vector_layers_statistics",
    "views_geometry_columns",
    "views_geometry_columns_auth",
    "views_geometry_columns_field_infos",
    "views_geometry_columns_statistics",
    "views_layer_statistics",
    "virts_geometry_columns",
    "virts_geometry_columns_auth",
    "virts_geometry_columns_field_infos",
    "virts_geometry_columns_statistics",
    "virts_layer_statistics",
    "wms_getcapabilities",
    "wms_getmap",
    "wms_ref_sys",
    "wms_settings",
});

// What QGIS and GDAL put beside layers.
constexpr std::array tool_names =
    std::to_array<std::string_view>({"layer_styles", "ogr_empty_table", "qgis_projects"});

bool starts_with_any(std::string_view name, std::initializer_list<std::string_view> prefixes) {
  return std::ranges::any_of(prefixes, [&](std::string_view one) { return name.starts_with(one); });
}

// The columns of `geometry_columns` tell whose it is.
SqliteFormat format_of(SqliteFile& file, const std::set<std::string, NameLess>& relations) {
  // NGA's GeoPackages have views that are called as SpatiaLite's tables are.
  if (relations.contains("gpkg_contents") && relations.contains("gpkg_spatial_ref_sys"))
    return SqliteFormat::geopackage;
  if (!relations.contains("geometry_columns")) return SqliteFormat::plain;
  std::set<std::string, NameLess> columns;
  file.select("SELECT name FROM pragma_table_info('geometry_columns')",
              [&](SQLite::Statement& row) { columns.insert(text_of(row.getColumn(0))); });
  if (!columns.contains("f_table_name") || !columns.contains("f_geometry_column")) return SqliteFormat::plain;
  if (columns.contains("geometry_format")) return SqliteFormat::ogr;
  if (columns.contains("geometry_type") && columns.contains("spatial_index_enabled"))
    return SqliteFormat::spatialite;
  return columns.contains("type") && columns.contains("coord_dimension") ? SqliteFormat::spatialite_legacy
                                                                         : SqliteFormat::plain;
}

}  // namespace

bool NameLess::operator()(std::string_view a, std::string_view b) const {
  const std::size_t shared = std::min(a.size(), b.size());
  for (std::size_t at = 0; at < shared; ++at) {
    if (a[at] == b[at]) continue;
    const unsigned char one = lower_byte(a[at]);
    const unsigned char other = lower_byte(b[at]);
    if (one != other) return one < other;
  }
  return a.size() < b.size();
}

Geometry* Registry::find_geometry(std::string_view table, std::string_view column) {
  auto* const columns_of_table = find_value(geometries, table);
  return columns_of_table == nullptr ? nullptr : find_value(*columns_of_table, column);
}

std::optional<std::int32_t> epsg_code(std::int64_t number) {
  if (number <= 0 || number > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
  return static_cast<std::int32_t>(number);
}

bool is_system_name(std::string_view name, SqliteFormat format) {
  const std::string lower = text::ascii_lower(name);
  if (lower.starts_with("sqlite_")) return true;
  switch (format) {
    case SqliteFormat::plain: return false;
    case SqliteFormat::geopackage:
      return starts_with_any(lower, {"gpkg_", "rtree_", "nga_"}) || lower == "geometry_columns" ||
             lower == "spatial_ref_sys" || lower == "st_spatial_ref_sys" || lower == "st_geometry_columns" ||
             std::ranges::find(tool_names, lower) != tool_names.end();
    default:
      return starts_with_any(lower, {"idx_", "cache_"}) ||
             std::ranges::binary_search(spatialite_names, std::string_view(lower)) ||
             std::ranges::find(tool_names, lower) != tool_names.end();
  }
}

Registry read_registry(SqliteFile& file, const std::set<std::string, NameLess>& relations) {
  const SqliteFormat format = format_of(file, relations);
  if (format == SqliteFormat::geopackage) return read_geopackage(file, relations);
  if (format != SqliteFormat::plain) return read_spatialite(file, relations, format);
  Registry registry;
  registry.product = "SQLite";
  return registry;
}

}  // namespace honua::catalog
