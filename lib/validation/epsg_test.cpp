// SPDX-License-Identifier: MIT
#include "validation/epsg.h"

#include <initializer_list>

#include <doctest/doctest.h>

namespace honua::validation {

TEST_CASE("well-known reference systems are found by their codes") {
  REQUIRE(find_epsg(4326) != nullptr);
  CHECK(find_epsg(4326)->kind == EpsgKind::geographic_2d);
  CHECK_FALSE(find_epsg(4326)->deprecated);
  REQUIRE(find_epsg(3857) != nullptr);
  CHECK(find_epsg(3857)->kind == EpsgKind::projected);
  REQUIRE(find_epsg(4979) != nullptr);
  CHECK(find_epsg(4979)->kind == EpsgKind::geographic_3d);
  REQUIRE(find_epsg(5773) != nullptr);
  CHECK(find_epsg(5773)->kind == EpsgKind::vertical);
}

TEST_CASE("codes that the register does not have are not found") {
  for (const int code : {-1, 0, 1, 102100, 999999}) CHECK(find_epsg(code) == nullptr);
}

}  // namespace honua::validation
