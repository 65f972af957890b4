// SPDX-License-Identifier: MIT
#include "catalog/extents.h"

#include <doctest/doctest.h>

#include <limits>
#include <ostream>
#include <string>

namespace honua::catalog {

namespace {

// "1 2 3 4", or "" for none.
std::string shown_extent(const std::optional<Extent>& extent) {
  if (!extent) return "";
  std::string text;
  for (const double side : {extent->min_x, extent->min_y, extent->max_x, extent->max_y}) {
    if (!text.empty()) text += ' ';
    text += std::to_string(static_cast<int>(side));
  }
  return text;
}

}  // namespace

TEST_CASE("a box of PostGIS has four sides, and nothing else is one") {
  CHECK(shown_extent(read_box("BOX(-1 2,3 4e2)")) == "-1 2 3 400");
  CHECK(shown_extent(read_box("BOX(1 2,1 2)")) == "1 2 1 2");
  for (const std::string_view text :
       {"", "BOX()", "BOX(1 2)", "BOX(1 2,3)", "BOX(1 2,3 4", "BOX(1 2,3 4) ", "BOX(1 2,3 4))",
        "BOX(1,2 3,4)", "BOX(1 2,3 4,5 6)", "BOX( 1 2,3 4)", "BOX3D(1 2 3,4 5 6)", "BOX(a b,c d)",
        "BOX(nan 2,3 4)", "BOX(-inf 2,3 4)", "BOX(1e999 2,3 4)", "BOX(3 2,1 4)"}) {
    CAPTURE(text);
    CHECK_FALSE(read_box(text).has_value());
  }
}

TEST_CASE("an extent is finite, and its sides are not swapped") {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  CHECK(extent_of(0, 0, 0, 0).has_value());
  CHECK_FALSE(extent_of(1, 0, 0, 0).has_value());
  CHECK_FALSE(extent_of(0, 1, 0, 0).has_value());
  CHECK_FALSE(extent_of(-infinity, 0, 0, 0).has_value());
  CHECK_FALSE(extent_of(0, 0, 0, std::numeric_limits<double>::quiet_NaN()).has_value());
}

TEST_CASE("how many extents are not noted down is said, with what can be done") {
  Column place;
  place.geometry = Geometry{};
  Column known = place;
  known.geometry->extent = Extent{};
  Relation relation;
  relation.columns = {place, known, Column()};
  Catalog catalog;
  catalog.relations = {relation};
  const auto note_of = [&](Engine engine) {
    catalog.engine = engine;
    catalog.notes.clear();
    add_note_of_extents(catalog);
    return catalog.notes.empty() ? "" : catalog.notes.front();
  };
  const std::string words = "the database has no extent noted down for 1 of 2 columns of geometries";
  CHECK(note_of(Engine::sqlite) == words);
  CHECK(note_of(Engine::postgresql) == words + ": `ANALYZE` estimates those of tables");
  CHECK(note_of(Engine::mysql) == words + ": it keeps none");
  catalog.relations.front().columns = {known};
  CHECK(note_of(Engine::sqlite).empty());
}

}  // namespace honua::catalog
