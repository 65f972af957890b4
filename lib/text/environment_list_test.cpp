// SPDX-License-Identifier: MIT
#include "text/environment_list.h"

#include <doctest/doctest.h>

#include <string>

namespace honua::text {

namespace {

// "A=1;B=2", then "!" and the text at fault for each error.
std::string described(std::string_view list) {
  std::string all;
  const EnvironmentList read = read_environment_list(list);
  for (const EnvironmentVariable& one : read.variables)
    all += (all.empty() ? "" : ";") + std::string(one.name) + "=" + one.value;
  for (const EnvironmentListError& one : read.errors)
    all += "!" + std::string(list.substr(one.range.begin, one.range.end - one.range.begin));
  return all;
}

}  // namespace

TEST_CASE("a list of variables is read as env, export, Docker and systemd write it") {
  CHECK(described("A=1\nB=two words\n") == "A=1;B=two words");
  CHECK(described("export A='1 2'\ndeclare -x B=\"x\\\"y\"\n") == "A=1 2;B=x\"y");
  CHECK(described("# comment\n\n  A=1  \nNAME_ALONE\n") == "A=1");
  CHECK(described("A=\n") == "A=");
  CHECK(described("A=\"one\ntwo\"\nB=2") == "A=one\ntwo;B=2");
  CHECK(described(std::string_view("A=1\0B=x=\"y\0", 11)) == "A=1;B=x=\"y");
  CHECK(described("").empty());
}

TEST_CASE("what is no variable is told with its place") {
  CHECK(described("A=1\nno variable = 2\n") == "A=1!no variable = 2");
  CHECK(described("=1\n") == "!=1");
  CHECK(described("A='1\nB=2\n") == "!'");
  CHECK(described("A='1' 2\n") == "!2");
}

}  // namespace honua::text
