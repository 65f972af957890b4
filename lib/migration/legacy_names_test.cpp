// SPDX-License-Identifier: MIT
#include "migration/legacy_names.h"

#include <doctest/doctest.h>

namespace honua::migration {

namespace {

std::int32_t srid_of(std::string_view text) {
  const auto read = read_reference_system(text);
  return read ? read->srid : -1;
}

std::string_view geometry_of(std::string_view name) {
  const auto read = convert_geometry_type(name);
  return read ? read->name : "?";
}

std::string_view field_of(std::string_view name) {
  const auto read = convert_field_type(name);
  return read ? read->name : "?";
}

}  // namespace

TEST_CASE("reference systems are read in all the ways that documents write them") {
  for (const char* text :
       {"EPSG:25832", "epsg:25832", "[EPSG:25832]", "25832", "http://www.opengis.net/def/crs/EPSG/0/25832",
        "https://www.opengis.net/def/crs/EPSG/9.9.1/25832", "urn:ogc:def:crs:EPSG::25832",
        "urn:ogc:def:crs:EPSG:6.9:25832", " EPSG:25832 "}) {
    CAPTURE(text);
    CHECK(srid_of(text) == 25832);
  }
  for (const char* text :
       {"CRS84", "OGC:CRS84", "http://www.opengis.net/def/crs/OGC/1.3/CRS84", "urn:ogc:def:crs:OGC:1.3:CRS84",
        "CRS84H", "http://www.opengis.net/def/crs/OGC/0/CRS84h", "84"}) {
    CAPTURE(text);
    CHECK(srid_of(text) == 4326);
  }
  for (const char* text : {"EPSG:102100", "900913", "EPSG:3785"}) CHECK(srid_of(text) == 3857);
}

TEST_CASE("what is no reference system of EPSG is none") {
  for (const char* text :
       {"", "EPSG:", "EPSG:x", "EPSG:-1", "EPSG:0", "local grid", "http://example.org/25832",
        "EPSG:99999999999", "1000000", "ESRI:102003", "EPSG:25832+5783"}) {
    CAPTURE(text);
    CHECK(srid_of(text) == -1);
  }
}

TEST_CASE("types of geometries are converted without regard to case") {
  CHECK(geometry_of("point") == "Point");
  CHECK(geometry_of("MULTIPOLYGON") == "MultiPolygon");
  CHECK(geometry_of("esriGeometryPolyline") == "LineString");
  CHECK(geometry_of("esriGeometryEnvelope") == "Polygon");
  CHECK(geometry_of("PointZ") == "Point");
  CHECK(geometry_of("LineStringZM") == "LineString");
  CHECK(geometry_of("None").empty());
  CHECK(geometry_of("Raster") == "?");
  CHECK(geometry_of("z") == "?");
}

TEST_CASE("types of fields are converted without regard to case") {
  CHECK(field_of("Integer") == "int");
  CHECK(field_of("esriFieldTypeOID") == "long");
  CHECK(field_of("uuid") == "guid");
  CHECK(field_of("timestamptz") == "datetimeoffset");
  CHECK(field_of("furlong") == "?");
}

}  // namespace honua::migration
