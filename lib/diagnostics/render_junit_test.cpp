// SPDX-License-Identifier: MIT
#include "diagnostics/render_junit.h"

#include <doctest/doctest.h>

#include <ostream>

#include "diagnostics/formats_for_test.h"

namespace honua::diagnostics {

TEST_CASE("a run over nothing has no suites") {
  CHECK(render_junit(SampleRun().report()) == "<?xml version=\"1.0\"?>\n<testsuites />\n");
}

TEST_CASE("files are suites, findings are tests") {
  SampleRun run;
  run.sources.add("none.hcl", "");
  run.sources.add("roads.hcl", columns_text);
  run.findings.report(sample_error, {1, 17, 18}, "one <character>").suggest("take it out");
  run.findings.report(sample_warning, {1, 17, 24}, "two lines");
  Report report = run.report();
  report.failures = {{"gone.hcl", "no such file"}};
  CHECK(render_junit(report) == R"(<?xml version="1.0"?>
<testsuites>
  <testsuite name="gone.hcl" package="honua" id="0" timestamp="2026-07-01T13:00:00" hostname="localhost" tests="1" failures="0" errors="1" time="0">
    <properties>
      <property name="honua.version" value="1.2.3" />
    </properties>
    <testcase name="cannot be checked" classname="gone.hcl" time="0">
      <error message="cannot read `gone.hcl`: no such file" type="failure">cannot read `gone.hcl`: no such file</error>
    </testcase>
    <system-out />
    <system-err />
  </testsuite>
  <testsuite name="none.hcl" package="honua" id="1" timestamp="2026-07-01T13:00:00" hostname="localhost" tests="1" failures="0" errors="0" time="0">
    <properties>
      <property name="honua.version" value="1.2.3" />
    </properties>
    <testcase name="no findings" classname="none.hcl" time="0" />
    <system-out />
    <system-err />
  </testsuite>
  <testsuite name="roads.hcl" package="honua" id="2" timestamp="2026-07-01T13:00:00" hostname="localhost" tests="2" failures="1" errors="0" time="0">
    <properties>
      <property name="honua.version" value="1.2.3" />
    </properties>
    <testcase name="H0102 line 1:7" classname="roads.hcl" time="0">
      <failure message="one &lt;character>" type="H0102">roads.hcl:1:7: error[H0102 duplicate-attribute]: one &lt;character&gt;
help: take it out
</failure>
    </testcase>
    <testcase name="H0117 line 1:7" classname="roads.hcl" time="0" />
    <system-out>roads.hcl:1:7: warning[H0117 byte-order-mark]: two lines
</system-out>
    <system-err />
  </testsuite>
</testsuites>
)");
}

TEST_CASE("which findings failed is the threshold's matter") {
  SampleRun run;
  add_columns(run);
  Report report = run.report();
  const auto failures = [&](std::optional<Severity> threshold) {
    report.threshold = threshold;
    return count_of_text(render_junit(report), "<failure ");
  };
  CHECK(failures(std::nullopt) == 0);
  CHECK(failures(Severity::error) == 2);
  CHECK(failures(Severity::warning) == 3);
  CHECK(failures(Severity::info) == 4);
}

TEST_CASE("names that are blank at an end are quoted, since readers drop blanks") {
  SampleRun run;
  run.sources.add(" ", "");
  CHECK(count_of_text(render_junit(run.report()), "testsuite name=\"` `\"") == 1);
}

}  // namespace honua::diagnostics
