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

TEST_CASE("old check constraints are read as any version of PostGIS and PostgreSQL wrote them") {
  for (const char* definition :
       {"CHECK ((srid(the_geom) = 2154))", "CHECK (srid(the_geom) = 2154)",
        "CHECK (((st_srid(the_geom) = 2154) OR (the_geom IS NULL)))",
        "CHECK ((\"GIS\".st_srid(the_geom) = 2154))", "CHECK ((st_srid(\"the geom\") = '2154'::integer))"}) {
    CAPTURE(definition);
    Geometry geometry;
    apply_geometry_check(definition, geometry);
    CHECK(geometry.srid == 2154);
  }
  Geometry negative;
  negative.srid = 5;
  apply_geometry_check("CHECK ((srid(the_geom) = (-1)))", negative);
  CHECK_FALSE(negative.srid.has_value());
}

TEST_CASE("a constraint that lets several types or numbers be says nothing of geometries") {
  Geometry geometry;
  for (const char* definition :
       {"CHECK ((geometrytype(geom) = ANY (ARRAY['POLYGON'::text, 'MULTIPOLYGON'::text])))",
        "CHECK ((geometrytype(geom) <> 'POLYGON'::text))",
        "CHECK ((geometrytype(geom) >= 'POLYGON'::text))",
        "CHECK (((geometrytype(geom) = 'POLYGON'::text) OR (geometrytype(geom) = 'MULTIPOLYGON'::text)))",
        "CHECK (((geometrytype(geom) = 'POLYGON'::text) OR (geom IS NULL) OR (other IS NULL)))",
        "CHECK (((geometrytype(geom) = 'POLYGON'::text) OR (NOT (geom IS NULL))))",
        "CHECK (((geometrytype(geom) = 'POLYGON'::text) OR (geom IS NOT NULL)))",
        "CHECK ((NOT (geometrytype(geom) = 'POLYGON'::text)))",
        "CHECK ((geometrytype(geom) = ('POLYGON'::text || 'M'::text)))",
        "CHECK ((geometrytype(geom) = 'POLYGON'::text) OR 'x' = 'x')",
        "CHECK (((st_srid(geom) = 4326) OR (st_srid(geom) = 25832)))",
        "CHECK ((st_srid(geom) <> 4326))",
        "CHECK ((st_srid(geom) >= 4326))",
        "CHECK ((st_srid(geom) = (4326 + 1)))",
        "CHECK ((st_srid(geom) = 4326) AND (st_srid(geom) = 4326))",
        "CHECK ((st_ndims(geom) >= 3))",
        "CHECK (((st_ndims(geom) = 3) OR (st_ndims(geom) = 4)))",
        "CHECK ((4326 = st_srid(geom)))",
        "CHECK ((st_srid(st_transform(geom, 4326)) = 4326))",
        "CHECK ((my_srid(geom) = 4326))",
        "CHECK ((1 + st_srid(geom) = 4326))",
        "CHECK ((st_srid(geom) = 4326)) NOT VALID"}) {
    CAPTURE(definition);
    apply_geometry_check(definition, geometry);
    CHECK_FALSE(geometry.srid.has_value());
    CHECK(geometry.type == GeometryType::geometry);
    CHECK_FALSE(geometry.has_z);
  }
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
