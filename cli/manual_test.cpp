// SPDX-License-Identifier: MIT
#include "cli/manual.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "base/file_system.h"
#include "cli/mdoc.h"
#include "cli/testing.h"

namespace honua::cli {

namespace {

std::string manual_file(const std::string& name) { return std::string(HONUA_SOURCE_DIR "/man/") + name; }

std::string content_of(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

bool is_to_be_accepted() {
  const char* wanted = std::getenv("HONUA_ACCEPT");
  return wanted != nullptr && *wanted != '\0';
}

}  // namespace

TEST_CASE("the pages in man/ say what the program's tables say") {
  for (const ManualPage& one : manual_pages(commands::all_commands())) {
    CAPTURE(one.name);
    const std::string path = manual_file(one.name);
    if (is_to_be_accepted()) std::ofstream(path) << one.text;
    CHECK(content_of(path) == one.text);
  }
}

TEST_CASE("there is no page of a command that is no longer there") {
  std::set<std::string> known{"honua-fleet.7"};
  for (const ManualPage& one : manual_pages(commands::all_commands())) known.insert(one.name);
  const RealFileSystem files;
  const auto names = files.list_directory(HONUA_SOURCE_DIR "/man");
  REQUIRE(names.has_value());
  for (const std::string& one : *names) CHECK_MESSAGE(known.contains(one), one);
  CHECK(names->size() == known.size());
}

TEST_CASE("sentences begin lines of a manual page, and nothing in them is a macro") {
  Mdoc page;
  page.text(
      "One. Two has `a\\b`? .Sh is no macro, and 'x neither: all of this is one sentence that is filled.");
  page.literal(".honua.hcl\n  x\n");
  CHECK(std::move(page).take() ==
        "One.\n"
        "Two has `a\\eb`?\n"
        "\\&.Sh is no macro, and 'x neither: all of this is one sentence that is filled.\n"
        ".Bd -literal -offset indent\n"
        "\\&.honua.hcl\n"
        "  x\n"
        ".Ed\n");
}

}  // namespace honua::cli
