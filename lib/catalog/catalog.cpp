// SPDX-License-Identifier: MIT
#include "catalog/catalog.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace honua::catalog {

std::string_view to_string(Engine engine) {
  constexpr std::array<std::string_view, 3> names = {"sqlite", "postgresql", "mysql"};
  return names.at(static_cast<std::size_t>(engine));
}

std::string_view to_string(RelationKind kind) {
  constexpr std::array<std::string_view, 6> names = {
      "table", "partitioned table", "view", "materialized view", "foreign table", "virtual table"};
  return names.at(static_cast<std::size_t>(kind));
}

std::optional<Extent> extent_of(double min_x, double min_y, double max_x, double max_y) {
  const bool is_finite =
      std::isfinite(min_x) && std::isfinite(min_y) && std::isfinite(max_x) && std::isfinite(max_y);
  if (!is_finite || min_x > max_x || min_y > max_y) return std::nullopt;
  return Extent{min_x, min_y, max_x, max_y};
}

std::string_view ordinates_of(const Geometry& geometry) {
  if (geometry.has_z) return geometry.has_m ? "ZM" : "Z";
  return geometry.has_m ? "M" : "";
}

const Column* Relation::find_column(std::string_view wanted) const {
  const auto found = std::ranges::find(columns, wanted, &Column::name);
  return found == columns.end() ? nullptr : &*found;
}

bool Relation::has_geometry() const {
  return std::ranges::any_of(columns, [](const Column& one) { return one.geometry.has_value(); });
}

bool Relation::is_view() const {
  return kind == RelationKind::view || kind == RelationKind::materialized_view;
}

bool Relation::takes_index() const {
  return kind == RelationKind::table || kind == RelationKind::partitioned_table ||
         kind == RelationKind::materialized_view;
}

bool Relation::are_never_null(const std::vector<std::string>& names) const {
  return std::ranges::all_of(names, [&](const std::string& one) {
    const Column* column = find_column(one);
    return column != nullptr && !column->is_nullable;
  });
}

std::string shown_name(const LeftOut& left_out, Engine engine) {
  return engine == Engine::postgresql ? left_out.schema + "." + left_out.name : left_out.name;
}

}  // namespace honua::catalog
