// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/catalog.h"
#include "catalog/sqlite_file.h"

// Internal to the module: what the tables say by which each of SQLite's spatial formats registers its layers.
namespace honua::catalog {

enum class SqliteFormat : std::uint8_t { plain, geopackage, spatialite, spatialite_legacy, ogr };

// Names of SQLite: the same without regard to the case of ASCII letters.
struct NameLess {
  using is_transparent = void;
  bool operator()(std::string_view a, std::string_view b) const;
};
// By table and column. Large files have many columns: those of a table lie together.
template <class Value>
using ByColumn = std::map<std::string, std::map<std::string, Value, NameLess>, NameLess>;

// nullptr if nothing has that name.
template <class Value>
Value* find_value(std::map<std::string, Value, NameLess>& values, std::string_view name) {
  const auto found = values.find(name);
  return found == values.end() ? nullptr : &found->second;
}

struct RegisteredTable {
  bool is_left_out = false;
  std::string reason;  // then
  std::string title;
  std::string description;
  std::optional<std::uint64_t> row_estimate;
  std::string view_key;  // the column by which a view's rows can be told apart; "" if none is named
  std::vector<std::string> notes;
};

struct ColumnInfo {
  std::string title;
  std::string description;
  bool is_json = false;
  std::vector<std::string> values;
};

struct Registry {
  SqliteFormat format = SqliteFormat::plain;
  std::string product;
  bool is_complete = false;  // a table that it does not name is no layer
  std::map<std::string, RegisteredTable, NameLess> tables;
  ByColumn<Geometry> geometries;
  ByColumn<ColumnInfo> columns;
  std::vector<std::string> notes;

  // nullptr if it does not name it.
  [[nodiscard]] Geometry* find_geometry(std::string_view table, std::string_view column);
};

// Nothing for what no code of a reference system can be.
[[nodiscard]] std::optional<std::int32_t> epsg_code(std::int64_t number);

// `relations`: all in the file.
[[nodiscard]] Registry read_registry(SqliteFile& file, const std::set<std::string, NameLess>& relations);
[[nodiscard]] Registry read_geopackage(SqliteFile& file, const std::set<std::string, NameLess>& relations);
[[nodiscard]] Registry read_spatialite(SqliteFile& file, const std::set<std::string, NameLess>& relations,
                                       SqliteFormat format);

// The boxes around geometries, where the format has a place for them and somebody filled it in.
void add_extents(SqliteFile& file, const std::set<std::string, NameLess>& relations, Registry& registry);

// Whether a relation is the format's own.
[[nodiscard]] bool is_system_name(std::string_view name, SqliteFormat format);

}  // namespace honua::catalog
