// SPDX-License-Identifier: MIT
#include "diagnostics/render_concise.h"

#include <doctest/doctest.h>

#include "diagnostics/render_for_test.h"

namespace honua::diagnostics {

TEST_CASE("a finding fits on one line") {
  Sample sample("a = 1\n  \"é👩\u200D👧\" srid = 4326\n");
  sample.diagnostic.range = sample.find("srid");
  sample.diagnostic.message = "attribute `srid` is set twice";
  sample.diagnostic.captioned("not shown").suggest("not shown either");
  CHECK(render_concise(sample.diagnostic, sample.files) ==
        "roads.hcl:2:8: error[H0102 duplicate-attribute]: attribute `srid` is set twice\n");
}

TEST_CASE("the severity is the finding's, not the rule's") {
  Sample sample("a = 1\n");
  sample.diagnostic.severity = Severity::info;
  CHECK(render_concise(sample.diagnostic, sample.files) ==
        "roads.hcl:1:1: info[H0102 duplicate-attribute]: something is wrong\n");
}

TEST_CASE("a finding stays on its line whatever it says") {
  Sample sample("a = 1\n", "x\ny.hcl");
  sample.diagnostic.message = "one\r\ntwo\x1B[2J\xFF";
  CHECK(render_concise(sample.diagnostic, sample.files) ==
        "x\\u{a}y.hcl:1:1: error[H0102 duplicate-attribute]: one\\u{d}\\u{a}two\\u{1b}[2J\\xff\n");
}

}  // namespace honua::diagnostics
