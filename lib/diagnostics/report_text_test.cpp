// SPDX-License-Identifier: MIT
#include "diagnostics/report_text.h"

#include <doctest/doctest.h>

#include <ostream>

#include "diagnostics/formats_for_test.h"

namespace honua::diagnostics {

TEST_CASE("paths become references that lead to the same file") {
  CHECK(path_uri("conf/roads.hcl") == "conf/roads.hcl");
  CHECK(path_uri("./conf/roads.hcl") == "conf/roads.hcl");
  CHECK(path_uri("../roads.hcl") == "../roads.hcl");
  CHECK(path_uri("/etc/honua/a.hcl") == "file:///etc/honua/a.hcl");
  CHECK(path_uri("a b%20?#[1].hcl") == "a%20b%2520%3F%23%5B1%5D.hcl");
  CHECK(path_uri("mailto:a.hcl") == "mailto%3Aa.hcl");
  CHECK(path_uri("é.hcl") == "%C3%A9.hcl");
  CHECK(path_uri("<stdin>") == "%3Cstdin%3E");
  CHECK(path_uri("a\"\\.hcl") == "a%22%5C.hcl");
}

TEST_CASE("paths are shown without what says nothing") {
  CHECK(plain_path("././a.hcl") == "a.hcl");
  CHECK(plain_path("./") == "./");
  CHECK(plain_path(".//a.hcl") == "a.hcl");
  CHECK(plain_path("././/a.hcl") == "a.hcl");
  CHECK(path_uri(".//a.hcl") == "a.hcl");
  CHECK(plain_path("../a.hcl") == "../a.hcl");
  CHECK(plain_path("a\x1B.hcl") == "a\\u{1b}.hcl");
}

TEST_CASE("failures without a path are about the current directory") {
  CHECK(failure_path({"", "no configuration found"}) == ".");
  CHECK(failure_path({"./a.hcl", ""}) == "a.hcl");
  CHECK(describe_failure({"", "no configuration found"}) == "no configuration found");
  CHECK(describe_failure({"a.hcl", "permission denied"}) == "cannot read `a.hcl`: permission denied");
}

TEST_CASE("messages are lines without secrets and control characters") {
  SampleRun run;
  run.sources.add("a.hcl", "password = \"hunter2\"\n");
  const Diagnostic& diagnostic = run.findings.report(sample_error, {0, 11, 20}, "found `\"hunter2\"`\x1B\n")
                                     .suggest("set password=hunter2")
                                     .suggest("second");
  CHECK(message_with_help(diagnostic, run.sources, "; ") ==
        "found `\"*******\"`\\u{1b}\\u{a}; help: set password=*******; help: second");
}

}  // namespace honua::diagnostics
