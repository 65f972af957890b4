// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "catalog/catalog.h"

namespace honua::catalog {

// Which relations users want. A pattern has `*`, `?` and `[...]` as shells know them, and is held against
// `name` and `schema.name`.
struct Selection {
  std::vector<std::string> include;  // if there are any, one of them must match
  std::vector<std::string> exclude;
  std::string like;         // a pattern of SQL's LIKE for names; "" for all
  std::string schema;       // "" for all
  bool with_views = false;  // also those without geometry
  std::size_t at_most = 0;  // relations; 0 for all
};

// Whether the patterns let a relation of this name through, be it there or not.
[[nodiscard]] bool covers(const Selection& selection, const std::string& schema, const std::string& name);

// The patterns of `include` and `exclude` that no relation is like: slips of the pen, perhaps.
[[nodiscard]] std::vector<std::string> unmatched_patterns(const Catalog& catalog, const Selection& selection);

// Takes away what is not wanted. What users did not ask for by a pattern is noted as left out.
void select(Catalog& catalog, const Selection& selection);

}  // namespace honua::catalog
