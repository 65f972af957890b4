// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "catalog/catalog.h"

// Names as configurations write them, looked up in a catalog.
namespace honua::generation {

struct FoundRelation {
  const catalog::Relation* relation = nullptr;  // nullptr: none of the catalog's relations
  bool is_left_out = false;                     // then: it is there all the same, and nothing more is known
  bool is_hidden = false;                       // of those: nothing keeps the server from reading it
  const catalog::LeftOut* left_out = nullptr;   // then, unless several are meant: why it is left out
  // What was looked for, without quotes. A missing schema is the one that the engine takes.
  std::string schema;
  std::string name;
};

// The relations of a catalog by their names: layers are as many as they. The catalog must outlive it.
class RelationIndex {
 public:
  explicit RelationIndex(const catalog::Catalog& catalog);

  // What `table` names. Quotes are those of any engine. Where the name as it stands is not there, case counts
  // as little as the engine lets it, and without a schema the only relation of that name is meant.
  [[nodiscard]] FoundRelation find(std::string_view table) const;

 private:
  // Those whose names differ at most by case, in the catalog's order.
  struct Namesakes {
    std::vector<const catalog::Relation*> relations;
    std::vector<const catalog::LeftOut*> left_out;
    std::vector<const catalog::LeftOut*> hidden;
  };
  [[nodiscard]] const Namesakes* namesakes_of(std::string_view name) const;

  const catalog::Catalog* catalog_;
  std::unordered_map<std::string, Namesakes> by_name_;  // in lower case
};

// nullptr if there is no such column. Case counts in PostgreSQL only.
[[nodiscard]] const catalog::Column* find_column(const catalog::Relation& relation, std::string_view name,
                                                 catalog::Engine engine);

}  // namespace honua::generation
