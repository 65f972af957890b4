// SPDX-License-Identifier: MIT
#include "text/markdown.h"

#include <doctest/doctest.h>

namespace honua::text {

TEST_CASE("of a text in a cell only its code is markup") {
  CHECK(markdown_cell("`a*b` is *no* <b>|c_d") == "`a*b` is \\*no\\* \\<b>\\|c\\_d");
  CHECK(markdown_cell("`a|b`") == "`a\\|b`");
  CHECK(markdown_cell("a ` b*") == "a \\` b\\*");
}

}  // namespace honua::text
