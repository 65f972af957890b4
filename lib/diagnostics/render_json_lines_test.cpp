// SPDX-License-Identifier: MIT
#include "diagnostics/render_json_lines.h"

#include <doctest/doctest.h>

#include <ostream>

#include "diagnostics/formats_for_test.h"
#include "diagnostics/render_json.h"

namespace honua::diagnostics {

TEST_CASE("every line is an object that says what it is, the summary last") {
  SampleRun run;
  add_columns(run);
  Report report = run.report();
  report.failures = {{"b.hcl", "permission denied"}};
  report.environment = {{"STAGE", true, false, false, true, {{0, 17, 18}}}};
  const std::string out = render_json_lines(report);
  CHECK(count_of_text(out, "\n") == 7);
  CHECK(out.starts_with(R"({"type":"diagnostic","code":"H0102",)"));
  CHECK(count_of_text(out, R"("file":"roads.hcl","range":{"start":{"line":1,"column":7,"byte":17},)"
                           R"("end":{"line":1,"column":8,"byte":18}})") == 2);
  CHECK(count_of_text(out,
                      "\n"
                      R"({"type":"failure","path":"b.hcl","message":"permission denied"})"
                      "\n") == 1);
  CHECK(count_of_text(out,
                      "\n"
                      R"({"type":"environment","name":"STAGE","set":true,)") == 1);
  const std::string last = out.substr(out.rfind('\n', out.size() - 2) + 1);
  CHECK(last.starts_with(R"({"type":"summary","format_version":")"));
  CHECK(last.find(R"("valid":false,"error_count":2,"warning_count":1,"info_count":1,"dropped":0,)") !=
        std::string::npos);
}

TEST_CASE("lines hold what the document does") {
  SampleRun run;
  add_hostile(run);
  const std::string document = squeezed(render_json(run.report()));
  std::string line = squeezed(render_json_lines(run.report()));
  line = line.substr(0, line.find(R"({"type":"summary")"));
  const std::string members = line.substr(line.find(R"("code")"));
  CHECK(document.find(members) != std::string::npos);
}

}  // namespace honua::diagnostics
