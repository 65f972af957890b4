// SPDX-License-Identifier: MIT
#include "rendering/hcl_writer.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "syntax/formatter.h"

namespace honua::rendering {

TEST_CASE("what is written is in canonical style") {
  HclWriter out;
  out.comment("said first");
  out.open("layer \"roads\"");
  out.attribute("a", "1");
  out.text("straße", "x");
  out.attribute("\"odd name\"", "[1, 2]");
  out.open("fields =");
  out.attribute("bb", "1");
  out.comment("in between");
  out.attribute("c", "1");
  out.close();
  out.attribute("behind", "var.x");
  out.open("empty");
  out.close();
  out.close();
  out.gap();
  out.commented_out("layer \"x\" {\n  a = 1\n}\n");
  const std::string text = std::move(out).take();
  CHECK(text ==
        "# said first\n"
        "layer \"roads\" {\n"
        "  a          = 1\n"
        "  straße     = \"x\"\n"
        "  \"odd name\" = [1, 2]\n"
        "  fields = {\n"
        "    bb = 1\n"
        "    # in between\n"
        "    c = 1\n"
        "  }\n"
        "  behind = var.x\n"
        "  empty {\n"
        "  }\n"
        "}\n"
        "\n"
        "# layer \"x\" {\n"
        "#   a = 1\n"
        "# }\n");
  CHECK(syntax::format(text) == text);
}

TEST_CASE("lines of an inner body are put into an outer one") {
  HclWriter inner(1);
  inner.attribute("a", "1");
  inner.attribute("bc", "2");
  HclWriter outer;
  outer.open("x");
  outer.lines(std::move(inner).take());
  outer.close();
  CHECK(std::move(outer).take() == "x {\n  a  = 1\n  bc = 2\n}\n");
}

}  // namespace honua::rendering
