// SPDX-License-Identifier: MIT
#include "text/diff.h"

#include <doctest/doctest.h>

namespace honua::text {

namespace {

std::string diff(std::string_view before, std::string_view after) {
  return unified_diff(before, after, "a.hcl");
}

std::string numbered_lines(std::size_t count, std::string_view prefix, std::size_t from = 0) {
  std::string text;
  for (std::size_t i = from; i < from + count; ++i) text += std::string(prefix) + std::to_string(i) + "\n";
  return text;
}

}  // namespace

TEST_CASE("equal texts have no difference") {
  CHECK(diff("", "").empty());
  CHECK(diff("a\nb", "a\nb").empty());
}

TEST_CASE("a difference is shown with three lines around it") {
  CHECK(diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n6\n7\n8\n9\n") ==
        "--- a.hcl\n+++ a.hcl\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n");
}

TEST_CASE("differences that are near to each other share a hunk") {
  CHECK(diff("a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n") ==
        "--- a.hcl\n+++ a.hcl\n@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n");
  CHECK(diff("a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\nB\n") ==
        "--- a.hcl\n+++ a.hcl\n@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n");
}

TEST_CASE("lines are added and taken away anywhere") {
  CHECK(diff("", "a\nb\n") == "--- a.hcl\n+++ a.hcl\n@@ -0,0 +1,2 @@\n+a\n+b\n");
  CHECK(diff("a\n", "") == "--- a.hcl\n+++ a.hcl\n@@ -1 +0,0 @@\n-a\n");
  CHECK(diff("a\nb\n", "a\nx\ny\nb\n") == "--- a.hcl\n+++ a.hcl\n@@ -1,2 +1,4 @@\n a\n+x\n+y\n b\n");
}

TEST_CASE("what is taken away comes before what is put in its place") {
  CHECK(diff("a\nb\nc\n", "x\nc\ny\n") == "--- a.hcl\n+++ a.hcl\n@@ -1,3 +1,3 @@\n-a\n-b\n+x\n c\n+y\n");
  CHECK(diff("1\n2\n3\n", "4\n1x\n2x\n") ==
        "--- a.hcl\n+++ a.hcl\n@@ -1,3 +1,3 @@\n-1\n-2\n-3\n+4\n+1x\n+2x\n");
}

TEST_CASE("a last line without a line end is marked") {
  CHECK(diff("a\nb", "a\nb\n") ==
        "--- a.hcl\n+++ a.hcl\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n");
}

TEST_CASE("up to 1000 lines are compared each with each, more in pairs or as a whole") {
  CHECK(max_compared_lines == 1000);
  // The first and the last line differ, and one is inserted: beyond the limit all is one difference.
  const auto with_insertion = [](std::size_t count) {
    const std::string middle = numbered_lines(count - 3, "l");
    return diff("a\n" + middle + "z\n", "A\n" + middle + "new\nZ\n");
  };
  CHECK(with_insertion(1000).find("-l500\n") == std::string::npos);
  CHECK(with_insertion(1001).find("-l500\n") != std::string::npos);
  const std::string middle = numbered_lines(100'000, "l");
  CHECK(diff("a\n" + middle + "z\n", "A\n" + middle + "Z\n") ==
        "--- a.hcl\n+++ a.hcl\n@@ -1,4 +1,4 @@\n-a\n+A\n l0\n l1\n l2\n@@ -99999,4 +99999,4 @@\n l99997\n "
        "l99998\n l99999\n-z\n+Z\n");
  // As many differences as there can be.
  CHECK(diff(numbered_lines(1000, "a"), numbered_lines(1000, "b")).size() > 10'000);
}

}  // namespace honua::text
