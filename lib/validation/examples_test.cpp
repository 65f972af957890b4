// SPDX-License-Identifier: MIT
#include "validation/examples.h"

#include <set>
#include <string_view>

#include <doctest/doctest.h>

#include "validation/validator.h"

namespace honua::validation {

TEST_CASE("an example without a file's name is honua.hcl") {
  const auto files = split_example("honua {\n}\n");
  REQUIRE(files.size() == 1);
  CHECK(files[0].name == "honua.hcl");
  CHECK(files[0].text == "honua {\n}\n");
}

TEST_CASE("lines with names split an example into files") {
  const auto files = split_example("--- honua.hcl\na\n--- empty.hcl\n--- b.hcl\nb");
  REQUIRE(files.size() == 3);
  CHECK(files[0].name == "honua.hcl");
  CHECK(files[0].text == "a\n");
  CHECK(files[1].name == "empty.hcl");
  CHECK(files[1].text.empty());
  CHECK(files[2].name == "b.hcl");
  CHECK(files[2].text == "b");
}

TEST_CASE("what an example leaves out is filled in by a file of its own") {
  const auto files = example_files("service \"wms\" {\n");
  REQUIRE(files.size() == 2);
  CHECK(files[0].text == "service \"wms\" {\n");
  CHECK(files[1].name == "rest.hcl");
  CHECK(files[1].text.find("layer \"roads\"") != std::string::npos);
  CHECK(files[1].text.find("service \"") == std::string::npos);
  CHECK(files[1].text.find("cache") == std::string::npos);
}

TEST_CASE("an example for production is completed for production") {
  const auto files = example_files("honua {\n  environment = \"production\"\n}\n");
  REQUIRE(files.size() == 2);
  CHECK(files[1].text.find("cache \"redis\"") != std::string::npos);
  CHECK(files[1].text.find("health_check") != std::string::npos);
}

TEST_CASE("no two rules share a code or a slug") {
  std::set<std::string_view> seen;
  for (const RuleInfo* info : all_rules()) {
    CAPTURE(info->rule->code);
    CHECK(seen.insert(info->rule->code).second);
    CHECK(seen.insert(info->rule->slug).second);
  }
}

}  // namespace honua::validation
