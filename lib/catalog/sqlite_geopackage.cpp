// SPDX-License-Identifier: MIT
#include <string>
#include <string_view>

#include "catalog/sqlite_registry.h"
#include "text/sanitize.h"
#include "text/unicode.h"

// OGC 12-128, GeoPackage Encoding Standard, versions 1.0 to 1.4.
namespace honua::catalog {

namespace {

using Names = std::set<std::string, NameLess>;

// "GPKG" and, up to version 1.1, "GP10" and "GP11" as SQLite's application ids.
constexpr int application_id = 0x47504B47;
constexpr int application_id_1_0 = 0x47503130;
constexpr int application_id_1_1 = 0x47503131;

std::string product_of(SqliteFile& file) {
  const int id = file.database().execAndGet("PRAGMA application_id").getInt();
  const int version = file.database().execAndGet("PRAGMA user_version").getInt();
  if (id == application_id_1_0) return "GeoPackage 1.0";
  if (id == application_id_1_1) return "GeoPackage 1.1";
  if (id != application_id || version < 10000) return "GeoPackage";
  return "GeoPackage " + std::to_string(version / 10000) + "." + std::to_string(version / 100 % 100);
}

// Of z and m: prohibited, mandatory, optional.
bool may_have(const SQLite::Column& ordinate) { return ordinate.getInt() != 0; }

class GeopackageReader {
 public:
  GeopackageReader(SqliteFile& file, const Names& relations) : file_(file), relations_(relations) {}

  Registry read() {
    made_.format = SqliteFormat::geopackage;
    made_.product = product_of(file_);
    made_.is_complete = true;
    read_contents();
    read_reference_systems();
    if (relations_.contains("gpkg_geometry_columns")) read_geometries();
    if (relations_.contains("gpkg_ogr_contents")) read_counts();
    if (relations_.contains("gpkg_extensions")) read_extensions();
    if (relations_.contains("gpkg_data_columns")) read_columns();
    return std::move(made_);
  }

 private:
  void read_contents() {
    file_.select("SELECT table_name, data_type, identifier, description FROM gpkg_contents",
                 [&](SQLite::Statement& row) {
                   const std::string name = text_of(row.getColumn(0));
                   const std::string type = text_of(row.getColumn(1));
                   RegisteredTable& table = made_.tables[name];
                   const bool is_layer = type == "features" || type == "attributes" || type == "aspatial";
                   table.is_left_out = !is_layer;
                   if (!is_layer) table.reason = "it holds " + text::quoted(type) + ", no features";
                   table.title = text_of(row.getColumn(2));
                   table.description = text_of(row.getColumn(3));
                 });
  }

  // `srs_id` is the file's own number: what it means stands beside it.
  void read_reference_systems() {
    file_.select("SELECT srs_id, organization, organization_coordsys_id FROM gpkg_spatial_ref_sys",
                 [&](SQLite::Statement& row) {
                   if (text::ascii_lower(text_of(row.getColumn(1))) != "epsg") return;
                   const auto code = epsg_code(row.getColumn(2).getInt64());
                   if (code) srids_[row.getColumn(0).getInt64()] = *code;
                 });
  }

  void read_geometries() {
    file_.select(
        "SELECT table_name, column_name, geometry_type_name, srs_id, z, m FROM gpkg_geometry_columns",
        [&](SQLite::Statement& row) {
          Geometry geometry;
          const auto type = read_geometry_type(text_of(row.getColumn(2)));
          if (type) geometry.type = type->type;
          const auto srid = srids_.find(row.getColumn(3).getInt64());
          if (srid != srids_.end()) geometry.srid = srid->second;
          geometry.has_z = may_have(row.getColumn(4));
          geometry.has_m = may_have(row.getColumn(5));
          made_.geometries[text_of(row.getColumn(0))][text_of(row.getColumn(1))] = geometry;
        });
  }

  void read_counts() {
    file_.select("SELECT table_name, feature_count FROM gpkg_ogr_contents WHERE feature_count >= 0",
                 [&](SQLite::Statement& row) {
                   const auto found = made_.tables.find(text_of(row.getColumn(0)));
                   if (found != made_.tables.end())
                     found->second.row_estimate = static_cast<std::uint64_t>(row.getColumn(1).getInt64());
                 });
  }

  void read_extensions() {
    file_.select("SELECT table_name, column_name, extension_name, scope FROM gpkg_extensions",
                 [&](SQLite::Statement& row) {
                   const std::string table = text_of(row.getColumn(0));
                   const std::string extension = text_of(row.getColumn(2));
                   if (extension == "gpkg_rtree_index") {
                     Geometry* found = made_.find_geometry(table, text_of(row.getColumn(1)));
                     if (found != nullptr) found->index = SpatialIndex::present;
                     return;
                   }
                   const bool is_known =
                       extension.starts_with("gpkg_") || text_of(row.getColumn(3)) == "write-only";
                   const auto found = made_.tables.find(table);
                   if (!is_known && found != made_.tables.end())
                     found->second.notes.push_back("it uses the extension " + text::quoted(extension));
                 });
  }

  void read_columns() {
    std::map<std::string, std::vector<std::string>> enumerations;
    if (relations_.contains("gpkg_data_column_constraints")) {
      file_.select(
          "SELECT constraint_name, value FROM gpkg_data_column_constraints WHERE constraint_type = 'enum' "
          "ORDER BY constraint_name, value",
          [&](SQLite::Statement& row) {
            enumerations[text_of(row.getColumn(0))].push_back(text_of(row.getColumn(1)));
          });
    }
    auto of_table = made_.columns.end();
    file_.select(
        "SELECT table_name, column_name, title, description, mime_type, constraint_name FROM "
        "gpkg_data_columns",
        [&](SQLite::Statement& row) {
          // Those of one table usually come together.
          std::string table = text_of(row.getColumn(0));
          if (of_table == made_.columns.end() || of_table->first != table)
            of_table = made_.columns.try_emplace(std::move(table)).first;
          ColumnInfo& info = of_table->second[text_of(row.getColumn(1))];
          info.title = text_of(row.getColumn(2));
          info.description = text_of(row.getColumn(3));
          info.is_json = text_of(row.getColumn(4)) == "application/json";
          const auto values = enumerations.find(text_of(row.getColumn(5)));
          if (values != enumerations.end()) info.values = values->second;
        });
  }

  SqliteFile& file_;
  const Names& relations_;
  Registry made_;
  std::map<std::int64_t, std::int32_t> srids_;
};

}  // namespace

Registry read_geopackage(SqliteFile& file, const Names& relations) {
  return GeopackageReader(file, relations).read();
}

}  // namespace honua::catalog
