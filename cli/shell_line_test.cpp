// SPDX-License-Identifier: MIT
#include "cli/shell_line.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace honua::cli {

namespace {

using Words = std::vector<std::string>;

constexpr std::string_view usual_breaks = " \t\n\"'@><=;|&(:";

ShellLine read(std::string_view line) { return read_shell_line(line, line.size(), usual_breaks); }

}  // namespace

TEST_CASE("the last word is the one that is being written") {
  CHECK(read("honua val").words == Words{"honua", "val"});
  CHECK(read("honua validate ").words == Words{"honua", "validate", ""});
  CHECK(read("").words == Words{""});
  CHECK(read_shell_line("honua validate --fix conf/", 9, usual_breaks).words == Words{"honua", "val"});
}

TEST_CASE("quotes and backslashes are what they are in bash") {
  CHECK(read("honua 'a b' \"c \\\" $ \\x d\" e\\ f").words == Words{"honua", "a b", "c \" $ \\x d", "e f"});
  CHECK(read("honua '' x").words == Words{"honua", "", "x"});
  CHECK(read("honua \"layer.a b").words == Words{"honua", "layer.a b"});
  CHECK(read("honua \"layer.a b").is_quoted);
  CHECK_FALSE(read("honua \"layer.a b\"").is_quoted);
  CHECK(read("honua x\\").words == Words{"honua", "x"});
}

TEST_CASE("only the last command of a line counts") {
  CHECK(read("cd conf && honua show").words == Words{"honua", "show"});
  CHECK(read("for i in 1; do honua show").words == Words{"do", "honua", "show"});
  CHECK(read("echo 'a;b' x").words == Words{"echo", "a;b", "x"});
}

TEST_CASE("the shell keeps what stands in front of its word breaks") {
  CHECK(read("honua show --only=layer.a:b").kept == "--only=layer.a:");
  CHECK(read("honua show --only=").kept == "--only=");
  CHECK(read("honua show layer.a").kept.empty());
  CHECK(read("honua show \"a:b").kept.empty());
  CHECK(read("honua show a\\:b").kept.empty());
  CHECK(read_shell_line("honua show a:b", 14, " ").kept.empty());
}

TEST_CASE("the cursor's place is in characters") {
  CHECK(read_shell_line("honua städte x", 12, usual_breaks).words == Words{"honua", "städte"});
}

}  // namespace honua::cli
