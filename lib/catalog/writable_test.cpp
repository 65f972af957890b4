// SPDX-License-Identifier: MIT
#include "catalog/writable.h"

#include <doctest/doctest.h>

#include <ostream>
#include <string>

namespace honua::catalog {

namespace {

// "schema.name: reason" in lines, after the relations that stay.
std::string shown_after_leaving_out(Catalog catalog) {
  leave_out_unwritable(catalog);
  std::string text;
  for (const Relation& one : catalog.relations) text += one.schema + "." + one.name + "\n";
  for (const LeftOut& one : catalog.left_out) text += one.schema + "." + one.name + ": " + one.reason + "\n";
  return text;
}

Relation relation_called(const std::string& schema, const std::string& name) {
  Relation relation;
  relation.schema = schema;
  relation.name = name;
  return relation;
}

}  // namespace

TEST_CASE("what is hidden is in order, too, and in UTF-8") {
  Catalog catalog;
  catalog.hidden = {{"b", "a", "of before"}, {"a", "z\xff", "of before"}};
  leave_out_unwritable(catalog);
  CHECK(catalog.hidden.front().name == "z\uFFFD");
  CHECK(catalog.hidden.back().schema == "b");
}

TEST_CASE("a relation is left out for its schema's name as for its own, and all are in order") {
  Catalog catalog;
  catalog.left_out = {{"z", "a", "of before"}, {"b", "z", "of before"}};
  catalog.relations = {relation_called("e\u0301", "t"), relation_called("b", "e\u0301"),
                       relation_called("a\xff", "t"), relation_called("b", "t"), relation_called(" ", "t")};
  const std::string nfc = " is not in Unicode's normalization form C, as texts in HCL are\n";
  CHECK(shown_after_leaving_out(catalog) ==
        "b.t\n"
        " .t: its schema's name is blank\n"
        "a\uFFFD.t: its schema's name is no UTF-8\n"
        "b.e\u0301: its name" +
            nfc +
            "b.z: of before\n"
            "e\u0301.t: its schema's name" +
            nfc + "z.a: of before\n");
}

}  // namespace honua::catalog
