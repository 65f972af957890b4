// SPDX-License-Identifier: MIT
#include "rendering/names.h"

#include <doctest/doctest.h>

namespace honua::rendering {

TEST_CASE("names with blanks, dashes or other letters are told from identifiers") {
  CHECK(is_identifier("road_id2"));
  CHECK_FALSE(is_identifier("2roads"));
  CHECK_FALSE(is_identifier("road-id"));
  CHECK_FALSE(is_identifier("straße"));
  CHECK_FALSE(is_identifier(""));
  CHECK(is_label("roads-primary"));
  CHECK_FALSE(is_label("-roads"));
  CHECK_FALSE(is_label("a b"));
}

TEST_CASE("labels that cannot stand bare in a reference stand in brackets") {
  CHECK(reference_to("service", "ogc-api") == "service.ogc-api");
  CHECK(reference_to("data_source", "a \"b\"") == "data_source[\"a \\\"b\\\"\"]");
  CHECK(reference_to("layer", "1st") == "layer[\"1st\"]");
}

TEST_CASE("a variable of the environment is called by its name in quotes") {
  CHECK(call_of_env("DATABASE_URL") == "env(\"DATABASE_URL\")");
}

}  // namespace honua::rendering
