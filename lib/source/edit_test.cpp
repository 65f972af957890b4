// SPDX-License-Identifier: MIT
#include "source/edit.h"

#include <doctest/doctest.h>

namespace honua::source {

namespace {

Edit replace(std::uint32_t begin, std::uint32_t end, std::string text) {
  return {{0, begin, end}, std::move(text)};
}

std::string applied(std::string_view text, const std::vector<EditGroup>& groups,
                    const std::vector<std::size_t>& dropped = {}) {
  EditedText result = apply_edits(text, groups);
  CHECK(result.dropped == dropped);
  return result.text;
}

}  // namespace

TEST_CASE("edits replace, insert and take away, in any order of groups") {
  CHECK(applied("abcdef", {}) == "abcdef");
  CHECK(applied("abcdef",
                {{replace(4, 5, "E")}, {replace(0, 0, "<"), replace(6, 6, ">")}, {replace(1, 3, "")}}) ==
        "<adEf>");
  CHECK(applied("", {{replace(0, 0, "x")}}) == "x");
}

TEST_CASE("of edits that overlap or touch, the one in front counts") {
  CHECK(applied("abcdef", {{replace(2, 4, "X")}, {replace(1, 3, "Y")}}, {0}) == "aYdef");
  CHECK(applied("abcdef", {{replace(1, 3, "Y")}, {replace(3, 4, "X")}}, {1}) == "aYdef");
  CHECK(applied("abcdef", {{replace(2, 2, "1")}, {replace(2, 2, "2")}}, {1}) == "ab1cdef");
  CHECK(applied("abcdef", {{replace(2, 2, "1")}, {replace(2, 4, "2")}}, {1}) == "ab1cdef");
  CHECK(applied("abcdef", {{replace(1, 4, "X")}, {replace(2, 2, "1")}}, {1}) == "aXef");
  CHECK(applied("abcdef", {{replace(1, 2, "X")}, {replace(3, 4, "Y")}}) == "aXcYef");
}

TEST_CASE("a group is applied wholly or not at all") {
  // The second group's first edit would fit.
  CHECK(applied("abcdef",
                {{replace(0, 1, "A"), replace(4, 5, "E")}, {replace(2, 3, "C"), replace(4, 4, "!")}},
                {1}) == "AbcdEf");
  // What a dropped group would have covered is free.
  CHECK(applied("abcdef",
                {{replace(0, 1, "A")}, {replace(1, 2, "B"), replace(4, 5, "E")}, {replace(4, 5, "_")}},
                {1}) == "Abcd_f");
  // Groups may interleave.
  CHECK(applied("abcdef", {{replace(0, 1, "A"), replace(4, 5, "E")}, {replace(2, 3, "C")}}) == "AbCdEf");
}

TEST_CASE("edits that are out of order or outside of the text are dropped") {
  CHECK(applied("abc", {{replace(2, 4, "")}, {replace(2, 1, "")}, {}}, {0, 1, 2}) == "abc");
  CHECK(applied("abc", {{replace(2, 3, "x"), replace(0, 1, "y")}, {replace(0, 1, "x"), replace(1, 2, "y")}},
                {0, 1}) == "abc");
}

TEST_CASE("edits of one group that touch become one") {
  EditGroup group;
  add_edit(group, replace(0, 1, "a"));
  add_edit(group, replace(1, 1, "b"));
  add_edit(group, replace(1, 2, "c"));
  add_edit(group, replace(3, 3, "d"));
  CHECK(group == EditGroup{replace(0, 2, "abc"), replace(3, 3, "d")});
}

}  // namespace honua::source
