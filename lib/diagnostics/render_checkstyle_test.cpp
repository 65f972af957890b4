// SPDX-License-Identifier: MIT
#include "diagnostics/render_checkstyle.h"

#include <doctest/doctest.h>

#include <ostream>

#include "diagnostics/formats_for_test.h"

namespace honua::diagnostics {

TEST_CASE("a run without findings is a document without files") {
  CHECK(render_checkstyle(SampleRun().report()) ==
        "<?xml version=\"1.0\"?>\n<checkstyle version=\"8.0\" />\n");
}

TEST_CASE("every file has its findings, columns count code points") {
  SampleRun run;
  add_columns(run);
  run.sources.add("none.hcl", "");
  Report report = run.report();
  report.failures = {{"", "no configuration found"}};
  CHECK(render_checkstyle(report) == R"(<?xml version="1.0"?>
<checkstyle version="8.0">
  <file name=".">
    <error line="1" severity="error" message="no configuration found" source="honua.failure" />
  </file>
  <file name="roads.hcl">
    <error line="1" column="8" severity="error" message="one character" source="honua.H0102" />
    <error line="1" column="8" severity="warning" message="two lines" source="honua.H0117" />
    <error line="2" column="1" severity="info" message="a whole line" source="honua.H0900" />
    <error line="3" column="5" severity="error" message="the end" source="honua.H0102" />
  </file>
  <file name="none.hcl" />
</checkstyle>
)");
}

}  // namespace honua::diagnostics
