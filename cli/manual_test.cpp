// SPDX-License-Identifier: MIT
#include "cli/manual.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "base/file_system.h"
#include "cli/mdoc.h"
#include "cli/testing.h"
#include "commands/golden_for_test.h"

namespace honua::cli {

TEST_CASE("the pages in man/ say what the program's tables say") {
  for (const ManualPage& one : manual_pages(commands::all_commands())) {
    commands::check_golden(std::string(HONUA_SOURCE_DIR "/man/") + one.name, one.text);
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
