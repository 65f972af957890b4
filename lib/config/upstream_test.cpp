// SPDX-License-Identifier: MIT
#include "config/upstream.h"

#include <doctest/doctest.h>

namespace honua::config::upstream {

TEST_CASE("names are letters, digits and underscores") {
  for (const char* name : {"a", "_a", "road_id", "A1", "h\xC3\xB6he"}) CHECK(is_name(name));
  for (const char* name : {"", "1a", "a-b", "a.b", "a b"}) CHECK_FALSE(is_name(name));
  CHECK(is_variable_name("DB_URL2"));
  CHECK_FALSE(is_variable_name(""));
  CHECK_FALSE(is_variable_name("A B"));
}

TEST_CASE("numbers are whole and fit into 32 bits") {
  for (const double number : {0.0, -1.0, 2147483647.0, -2147483648.0}) CHECK(is_readable_number(number));
  for (const double number : {0.5, 2147483648.0, -2147483649.0}) CHECK_FALSE(is_readable_number(number));
}

TEST_CASE("references in texts are replaced in a few settings only") {
  CHECK(replaces_references(BlockType::data_source, "connection"));
  CHECK_FALSE(replaces_references(BlockType::data_source, "provider"));
  CHECK(replaces_references(BlockType::service, "title"));
  CHECK_FALSE(replaces_references(BlockType::service, "type"));
  CHECK_FALSE(replaces_references(BlockType::service, "enabled"));
  CHECK(replaces_references(BlockType::rate_limit, "store"));
  CHECK_FALSE(replaces_references(BlockType::layer, "table"));
}

TEST_CASE("a text says what keeps it from arriving") {
  CHECK(trouble_with("a \"b\" \\ \n\t", true) == TextTrouble::none);
  CHECK(trouble_with("${x}", false) == TextTrouble::marker);
  CHECK(trouble_with("%{x", false) == TextTrouble::marker);
  CHECK(trouble_with("bell\a", false) == TextTrouble::character);
  CHECK(trouble_with("/srv/var.db", true) == TextTrouble::reference);
  CHECK(trouble_with("/srv/var.db", false) == TextTrouble::none);
  CHECK(trouble_with("my_var.db var. env", true) == TextTrouble::none);
}

}  // namespace honua::config::upstream
