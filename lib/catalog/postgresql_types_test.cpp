// SPDX-License-Identifier: MIT
#include "catalog/postgresql_types.h"

#include <doctest/doctest.h>

#include <ostream>

namespace honua::catalog {

namespace {

Column column_of(const PostgresqlType& type) {
  Column column;
  set_type(column, type);
  return column;
}

}  // namespace

TEST_CASE("a modifier of PostGIS tells type, SRID and ordinates") {
  const Geometry point = geometry_of_modifier(1107460, false);
  CHECK(point.type == GeometryType::point);
  CHECK(point.srid == 4326);
  CHECK_FALSE(point.has_z);
  const Geometry point_zm = geometry_of_modifier(987399, false);
  CHECK(point_zm.type == GeometryType::point);
  CHECK(point_zm.srid == 3857);
  CHECK(point_zm.has_z);
  CHECK(point_zm.has_m);
  const Geometry polygon_m = geometry_of_modifier(6613017, false);
  CHECK(polygon_m.type == GeometryType::multi_polygon);
  CHECK(polygon_m.srid == 25832);
  CHECK_FALSE(polygon_m.has_z);
  CHECK(polygon_m.has_m);
}

TEST_CASE("without a modifier nothing is known, but that geographies are on WGS 84") {
  CHECK_FALSE(geometry_of_modifier(-1, false).srid.has_value());
  CHECK(geometry_of_modifier(-1, true).srid == 4326);
  CHECK(geometry_of_modifier(-1, true).is_geography);
  // `geometry(TIN, 0)`
  CHECK_FALSE(geometry_of_modifier(15 << 2, false).srid.has_value());
  CHECK(geometry_of_modifier(15 << 2, false).type == GeometryType::tin);
  CHECK(geometry_of_modifier(0xFC, false).type == GeometryType::geometry);
}

TEST_CASE("old check constraints say what modifiers do not") {
  Geometry geometry;
  apply_geometry_check("CHECK ((gis.st_srid(the_geom) = 2154))", geometry);
  apply_geometry_check("CHECK ((gis.st_ndims(the_geom) = 3))", geometry);
  apply_geometry_check("CHECK (((gis.geometrytype(the_geom) = 'MULTIPOLYGON'::text) OR (the_geom IS NULL)))",
                       geometry);
  CHECK(geometry.srid == 2154);
  CHECK(geometry.has_z);
  CHECK(geometry.type == GeometryType::multi_polygon);
  apply_geometry_check("CHECK ((geometrytype(the_geom) = 'POINTM'::text))", geometry);
  CHECK(geometry.type == GeometryType::point);
  CHECK(geometry.has_m);
  CHECK_FALSE(geometry.has_z);
  apply_geometry_check("CHECK ((st_srid(the_geom) = '-1'::integer))", geometry);
  CHECK_FALSE(geometry.srid.has_value());
}

TEST_CASE("other constraints say nothing of geometries") {
  Geometry geometry;
  for (const char* definition :
       {"", "CHECK (st_isvalid(geom))", "CHECK ((st_srid(geom) > 0))", "CHECK (geometrytype(",
        "CHECK ((geometrytype(geom) = 'BANANA'::text))", "CHECK (st_srid(geom) = '"})
    apply_geometry_check(definition, geometry);
  CHECK_FALSE(geometry.srid.has_value());
  CHECK(geometry.type == GeometryType::geometry);
}

TEST_CASE("types of PostgreSQL have their counterparts") {
  CHECK(column_of({.name = "int4"}).type == FieldType::int32);
  CHECK(column_of({.name = "numeric"}).type == FieldType::decimal);
  CHECK(column_of({.name = "timestamptz"}).type == FieldType::datetimeoffset);
  CHECK(column_of({.name = "_int4", .is_array = true}).type == FieldType::json);
  CHECK(column_of({.name = "mood", .kind = 'e'}).type == FieldType::string);
  CHECK(column_of({.name = "mood", .kind = 'e'}).loss.empty());
  CHECK(column_of({.name = "address", .kind = 'c'}).type == FieldType::json);
  CHECK(column_of({.name = "int4range", .kind = 'r'}).loss == "it is served as text");
  CHECK(column_of({.name = "raster"}).type == FieldType::unmapped);
  // PostgreSQL's own `point` is no geometry.
  CHECK(column_of({.name = "point"}).type == FieldType::string);
  CHECK(column_of({.name = "geometry"}).type == FieldType::string);
  CHECK(column_of({.name = "geometry", .is_spatial = true}).geometry.has_value());
  CHECK(column_of({.name = "_geometry", .is_array = true, .is_spatial = true}).type == FieldType::json);
}

}  // namespace honua::catalog
