// SPDX-License-Identifier: MIT
#include "editing/file_edits.h"

#include <doctest/doctest.h>

#include <array>
#include <functional>
#include <string>

#include "diagnostics/diagnostics.h"
#include "editing/update.h"
#include "syntax/parser.h"

namespace honua::editing {

namespace {

// The text with edits that are made with its first block.
std::string edited(const std::string& text,
                   const std::function<void(FileEdits&, const syntax::Block&)>& edit) {
  const source::SourceFile file(0, "a.hcl", text);
  diagnostics::Diagnostics sink;
  const syntax::Tree tree = syntax::parse(file, syntax::Dialect::honua, sink);
  REQUIRE_FALSE(tree.body().blocks().empty());
  FileEdits edits(file);
  edit(edits, tree.body().blocks().front());
  const source::EditGroup group = std::move(edits).take();
  CHECK(is_sound(file, group));
  return source::apply_edits(text, std::array{group}).text;
}

}  // namespace

TEST_CASE("lines are put above a block, with its indentation and the file's line ends") {
  const auto put = [](FileEdits& edits, const syntax::Block& block) {
    CHECK(edits.put_above(block.range().begin, "# a\n# b\n"));
  };
  CHECK(edited("x {\n}\n", put) == "# a\n# b\nx {\n}\n");
  CHECK(edited("\n  x {\r\n  }\r\n", put) == "\n  # a\r\n  # b\r\n  x {\r\n  }\r\n");
  CHECK(edited("/* said */ x {\n}\n", [](FileEdits& edits, const syntax::Block& block) {
          CHECK_FALSE(edits.put_above(block.range().begin, "# a\n"));
        }) == "/* said */ x {\n}\n");
}

TEST_CASE("items are added to a body as its others are written") {
  const auto add = [](FileEdits& edits, const syntax::Block& block) {
    CHECK(edits.add_items(read_body(block), "b = 2\n", "b = 2"));
  };
  CHECK(edited("x {\n    a = 1\n}\n", add) == "x {\n    a = 1\n    b = 2\n}\n");
  CHECK(edited("x {}\n", add) == "x {\n  b = 2\n}\n");
  CHECK(edited("x { a = 1 }\n", [](FileEdits& edits, const syntax::Block& block) {
          CHECK_FALSE(edits.add_items(read_body(block), "b = 2\n", "b = 2"));
        }) == "x { a = 1 }\n");
}

TEST_CASE("blocks are appended behind an empty line, whatever the file ends with") {
  const auto append = [](FileEdits& edits, const syntax::Block& /*block*/) {
    edits.append("y {\n}\n");
    edits.append("z {\n}\n");
  };
  CHECK(edited("x {\n}\n", append) == "x {\n}\n\ny {\n}\n\nz {\n}\n");
  CHECK(edited("x {\n}", append) == "x {\n}\n\ny {\n}\n\nz {\n}\n");
  CHECK(edited("x {\n}\n\n", append) == "x {\n}\n\ny {\n}\n\nz {\n}\n");
}

TEST_CASE("edits that would leave no HCL are found out") {
  const source::SourceFile file(0, "a.hcl", std::string_view("x {\n}\n"));
  CHECK(is_sound(file, {}));
  CHECK_FALSE(is_sound(file, {{{0, 4, 5}, ""}}));
  CHECK_FALSE(is_sound(file, {{{0, 4, 500}, ""}}));
}

}  // namespace honua::editing
