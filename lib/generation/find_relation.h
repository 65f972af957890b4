// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "catalog/catalog.h"

// Names as configurations write them, looked up in a catalog.
namespace honua::generation {

struct FoundRelation {
  const catalog::Relation* relation = nullptr;  // nullptr: none of the catalog's relations
  bool is_left_out = false;                     // then: it is there all the same, and nothing more is known
  // What was looked for, without quotes. A missing schema is the one that the engine takes.
  std::string schema;
  std::string name;
};

// What `table` names. Quotes are those of any engine. Where the name as it stands is not there, case counts
// as little as the engine lets it, and without a schema the only relation of that name is meant.
[[nodiscard]] FoundRelation find_relation(const catalog::Catalog& catalog, std::string_view table);

// nullptr if there is no such column. Case counts in PostgreSQL only.
[[nodiscard]] const catalog::Column* find_column(const catalog::Relation& relation, std::string_view name,
                                                 catalog::Engine engine);

}  // namespace honua::generation
