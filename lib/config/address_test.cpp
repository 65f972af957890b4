// SPDX-License-Identifier: MIT
#include "config/address.h"

#include <ostream>

#include <doctest/doctest.h>

namespace honua::config {

TEST_CASE("names that are no identifiers stand in brackets") {
  CHECK(address_below("", "honua") == "honua");
  CHECK(address_below("layer", "roads-2024") == "layer.roads-2024");
  CHECK(address_below("layer", "flüsse") == "layer.flüsse");
  CHECK(address_below("layer", "a.b") == "layer[\"a.b\"]");
  CHECK(address_below("layer", "") == "layer[\"\"]");
  CHECK(address_below("layer", "-a") == "layer[\"-a\"]");
  CHECK(address_below("layer", "a\"\\") == R"(layer["a\"\\"])");
}

TEST_CASE("every spelling of an address has the usual one") {
  CHECK(canonical_address("layer.roads.geometry") == "layer.roads.geometry");
  CHECK(canonical_address("layer[\"roads\"][\"geometry\"]") == "layer.roads.geometry");
  CHECK(canonical_address("layer[\"a.b\"].title") == "layer[\"a.b\"].title");
  for (const std::string name : {"a\"b", "a\\b", "a]b", "", " "}) {
    const std::string address = address_below("layer", name) + ".title";
    CHECK(canonical_address(address) == address);
  }
}

TEST_CASE("an address consists of names, without brackets and escapes") {
  CHECK(address_names("layer.roads.title") == std::vector<std::string>{"layer", "roads", "title"});
  CHECK(address_names(R"(layer["a.b"]["c\"d"])") == std::vector<std::string>{"layer", "a.b", "c\"d"});
  CHECK_FALSE(address_names("a..b").has_value());
}

TEST_CASE("what is no address has no usual spelling") {
  for (const char* wrong : {"", ".", ".a", "a.", "a..b", "a[0]", "a[", "a[\"", "a[\"b", "a[\"b\"", "a[\"b\\",
                            "[\"a\"]", "a[\"b\"]c", "a.[\"b\"]"}) {
    CAPTURE(wrong);
    CHECK_FALSE(canonical_address(wrong).has_value());
  }
}

TEST_CASE("below an address lies what continues it with a whole name") {
  CHECK(is_at_or_below("layer.roads", "layer.roads"));
  CHECK(is_at_or_below("layer.roads.title", "layer"));
  CHECK(is_at_or_below("layer[\"a.b\"]", "layer"));
  CHECK_FALSE(is_at_or_below("layer.roads2", "layer.roads"));
  CHECK_FALSE(is_at_or_below("layer", "layer.roads"));
}

}  // namespace honua::config
