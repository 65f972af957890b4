// SPDX-License-Identifier: MIT
#include "catalog/geometry_type.h"

#include <doctest/doctest.h>

#include <ostream>
#include <string>
#include <vector>

namespace honua::catalog {

TEST_CASE("types of geometries are read however databases write them") {
  struct Case {
    std::string name;
    GeometryType type;
    bool has_z;
    bool has_m;
  };
  const std::vector<Case> cases = {{"POINT", GeometryType::point, false, false},
                                   {"Point Z", GeometryType::point, true, false},
                                   {"PointZM", GeometryType::point, true, true},
                                   {"MULTIPOLYGONM", GeometryType::multi_polygon, false, true},
                                   {"ST_LineString", GeometryType::line_string, false, false},
                                   {"geomcollection", GeometryType::geometry_collection, false, false},
                                   {"Geometry", GeometryType::geometry, false, false},
                                   {"COMPOUNDCURVE", GeometryType::compound_curve, false, false},
                                   {"TIN", GeometryType::tin, false, false},
                                   {"TINZ", GeometryType::tin, true, false}};
  for (const Case& one : cases) {
    CAPTURE(one.name);
    const auto read = read_geometry_type(one.name);
    REQUIRE(read.has_value());
    CHECK(to_string(read->type) == to_string(one.type));
    CHECK(read->has_z == one.has_z);
    CHECK(read->has_m == one.has_m);
  }
  for (const char* none : {"", "m", "zm", "blob", "pointy", "integer"}) CHECK_FALSE(read_geometry_type(none));
}

TEST_CASE("types that configurations do not know are any geometry to them") {
  CHECK(configuration_name(GeometryType::multi_line_string) == "MultiLineString");
  CHECK(configuration_name(GeometryType::curve_polygon) == "Geometry");
  CHECK(configuration_name(GeometryType::tin) == "Geometry");
}

}  // namespace honua::catalog
