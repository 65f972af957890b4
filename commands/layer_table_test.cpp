// SPDX-License-Identifier: MIT
#include "commands/layer_table.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <ostream>
#include <string>

namespace honua::commands {

namespace {

catalog::Catalog tables_named(std::size_t count, const std::string& name) {
  catalog::Catalog catalog;
  for (std::size_t number = 0; number < count; ++number) {
    catalog::Relation relation;
    relation.schema = "main";
    relation.name = name + std::to_string(number);
    catalog.relations.push_back(relation);
  }
  return catalog;
}

std::string table_of(const catalog::Catalog& catalog) {
  return layer_table(generation::plan_layers(catalog, true), catalog.engine);
}

}  // namespace

TEST_CASE("of very many layers the table has the first ones and the number of the others") {
  const std::string full = table_of(tables_named(most_rows_of_layers, "t"));
  CHECK(std::ranges::count(full, '\n') == most_rows_of_layers + 1);
  CHECK(full.find("more") == std::string::npos);
  const std::string cut = table_of(tables_named(most_rows_of_layers + 2, "t"));
  CHECK(std::ranges::count(cut, '\n') == most_rows_of_layers + 2);
  CHECK(cut.ends_with("\n  ... and 2 more layers\n"));
  CHECK(table_of({}).empty());
}

TEST_CASE("a long or wide name is cut where the table's column ends, and steers no terminal") {
  const std::string wide =
      table_of(tables_named(1, "\xe6\xb0\xb4\xe9\x81\x93\x1b[31m " + std::string(80, 'x')));
  const std::string expected =
      "  layer                                     table                                     kind   geometry "
      " "
      "srid  id_field  rows\n"
      "  layer_31m_xxxxxxxxxxxxxxxxxxxxxxxxxxx...  \"\xe6\xb0\xb4\xe9\x81\x93\\u{1b}[31m "
      "xxxxxxxxxxxxxxxxxxxxx...  table  -         -     -            -\n";
  CHECK(wide == expected);
}

TEST_CASE("marks above a letter without end are cut") {
  std::string name = "a";
  for (int i = 0; i < 100'000; ++i) name += "\xcc\x81";
  CHECK(table_of(tables_named(1, name)).size() < 400);
}

}  // namespace honua::commands
