// SPDX-License-Identifier: MIT
#include "catalog/catalog.h"

#include <algorithm>
#include <array>

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

const Column* Relation::find_column(std::string_view wanted) const {
  const auto found = std::ranges::find(columns, wanted, &Column::name);
  return found == columns.end() ? nullptr : &*found;
}

bool Relation::has_geometry() const {
  return std::ranges::any_of(columns, [](const Column& one) { return one.geometry.has_value(); });
}

}  // namespace honua::catalog
