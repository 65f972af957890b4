// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "catalog/catalog.h"

namespace honua::generation {

// What the server takes where a layer does not say its SRID.
inline constexpr std::int32_t default_srid = 4326;

// Labels are keys of URLs: longer ones are cut.
inline constexpr std::size_t max_label = 63;

// A layer that a relation could be. Refers to the catalog.
struct LayerPlan {
  const catalog::Relation* relation = nullptr;
  const catalog::Column* geometry = nullptr;  // nullptr: it has none
  std::string label;                          // unique, of characters that labels have
  std::string title;
  std::string id_field;              // "" if no column tells rows apart
  std::string obstacle;              // then: why, as a clause
  std::string display_field;         // "" if no column has texts
  std::vector<std::string> remarks;  // for people who read the file, each a clause
};

// One for each column of geometries, and one for each relation without any. The same catalog gives the same
// plans, in its order. `with_row_counts`: the estimates are among the remarks.
[[nodiscard]] std::vector<LayerPlan> plan_layers(const catalog::Catalog& catalog, bool with_row_counts);

// Whether its SRID is a number that EPSG does not have: the database's own, which clients do not know.
[[nodiscard]] bool has_own_srid(const catalog::Geometry& geometry);

// The label, or the first of `label_2`, `label_3` ... that is not taken, which is taken then. `numbers` keeps
// how far each label has come: of many alike none is tried twice.
[[nodiscard]] std::string take_free(const std::string& label, std::set<std::string>& taken,
                                    std::map<std::string, std::size_t>& numbers);

// "Land Use" of "land_use".
[[nodiscard]] std::string title_of(std::string_view name);

// The name of a table as `table` has it: parts that are no plain words in the engine's quotes.
[[nodiscard]] std::string table_name(const catalog::Relation& relation, catalog::Engine engine);

}  // namespace honua::generation
