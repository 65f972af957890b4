// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "catalog/catalog.h"

// Internal to the module.
namespace honua::catalog {

// What a column's type is, its domains resolved.
struct PostgresqlType {
  std::string_view name;  // pg_type.typname
  char kind = 'b';        // pg_type.typtype: base, composite, enum, range, multirange …
  bool is_array = false;
  bool is_spatial = false;     // `geometry` or `geography` of PostGIS
  std::int32_t modifier = -1;  // the column's, or its domain's
};

// Sets what the server makes of a column of this type, what is lost by that, and the geometry.
void set_type(Column& column, const PostgresqlType& type);

// What a modifier of PostGIS' types says (gserialized_typmod.c). Nothing of the index.
[[nodiscard]] Geometry geometry_of_modifier(std::int32_t modifier, bool is_geography);
// As PostGIS writes it behind the type's name: "(PointZ,4326)"; "" if it says nothing.
[[nodiscard]] std::string text_of_modifier(std::int32_t modifier);

// What a check constraint of `AddGeometryColumn` says of a geometry, as pg_get_constraintdef writes it:
// `CHECK ((gis.st_srid(geom) = 2154))`. Others say nothing.
void apply_geometry_check(std::string_view definition, Geometry& geometry);

}  // namespace honua::catalog
