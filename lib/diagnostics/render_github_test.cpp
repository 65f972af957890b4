// SPDX-License-Identifier: MIT
#include "diagnostics/render_github.h"

#include <doctest/doctest.h>

#include <ostream>

#include "diagnostics/formats_for_test.h"

namespace honua::diagnostics {

TEST_CASE("a run without findings has no annotations") {
  SampleRun run;
  run.sources.add("a.hcl", "");
  CHECK(render_github(run.report(), true).empty());
}

TEST_CASE("annotations come worst first, with columns where they are on one line") {
  SampleRun run;
  add_columns(run);
  Report report = run.report();
  report.failures = {{"b,c:d%.hcl", "permission denied"}};
  CHECK(render_github(report, false) ==
        "::error title=honua::cannot read `b,c:d%25.hcl`: permission denied\n"
        "::error file=roads.hcl,line=1,endLine=1,col=8,endColumn=9,title=H0102 duplicate-attribute::one "
        "character\n"
        "::error file=roads.hcl,line=3,endLine=3,col=5,endColumn=5,title=H0102 duplicate-attribute::the end\n"
        "::warning file=roads.hcl,line=1,endLine=2,title=H0117 byte-order-mark::two lines\n"
        "::notice file=roads.hcl,line=2,endLine=2,col=1,endColumn=7,title=H0900 sample-info::a whole line\n");
}

TEST_CASE("neither names nor messages can end a command or start another") {
  SampleRun run;
  add_hostile(run);
  const std::string out = render_github(run.report(), false);
  CHECK(count_of_text(out, "\n") == 1);
  CHECK(count_of_text(out, "\r") == 0);
  CHECK(out.starts_with("::error file=a\\u{a}b\\u{d}\\u{1b}[0m%250A%3A%3Aerror%3A%3Ax%2Cy%3Az\"'<>&"));
  CHECK(out.find("%0Ahelp: a\\u{a}b") != std::string::npos);
}

TEST_CASE("a notice tells of more findings than GitHub shows, and where they are") {
  SampleRun run;
  run.sources.add("a.hcl", "a");
  for (std::size_t i = 0; i < shown_annotations; ++i) run.findings.report(sample_error, {0, 0, 1}, "one");
  run.findings.report(sample_info, {0, 0, 1}, "note");
  CHECK(count_of_text(render_github(run.report(), true), "::notice") == 1);
  run.findings.report(sample_error, {0, 0, 1}, "one more");
  const std::string notice =
      "::notice title=honua::11 errors: GitHub shows 10 of each level, the rest is in the summary of the "
      "job\n::notice file";
  CHECK(count_of_text(render_github(run.report(), true), notice) == 1);
  CHECK(count_of_text(render_github(run.report(), false), "the log of this step") == 1);
}

TEST_CASE("findings that were not kept are told of") {
  SampleRun run;
  run.sources.add("a.hcl", "a");
  run.findings.report(sample_warning, {0, 0, 1}, "one");
  Report report = run.report();
  report.dropped_counts = {1, 0, 2};
  CHECK(count_of_text(render_github(report, true),
                      "::notice title=honua::3 more findings are not reported\n") == 1);
}

TEST_CASE("the summary is a table of the findings, worst first") {
  SampleRun run;
  add_columns(run, "a|b.hcl");
  Report report = run.report();
  report.failures = {{"c.hcl", "permission denied"}};
  report.suppressed.by_comment = 2;
  CHECK(render_github_summary(report) == R"(### honua validate

2 errors, 1 warning, 1 note in 1 file, 2 suppressed

- cannot read <code>c&#46;hcl</code>&#58; permission denied

| severity | rule | place | finding |
| --- | --- | --- | --- |
| error | H0102 | a&#124;b&#46;hcl&#58;1&#58;7 | one character |
| error | H0102 | a&#124;b&#46;hcl&#58;3&#58;5 | the end |
| warning | H0117 | a&#124;b&#46;hcl&#58;1&#58;7 | two lines |
| info | H0900 | a&#124;b&#46;hcl&#58;2&#58;1 | a whole line |
)");
}

TEST_CASE("the summary holds neither Markdown nor HTML of others") {
  SampleRun run;
  add_hostile(run);
  const std::string out = render_github_summary(run.report());
  const std::string last = out.substr(out.rfind("\n| ") + 1);
  CHECK(count_of_text(last, "|") == 5);
  CHECK(last.find_first_of("<>`*_[]\\\"'") == std::string::npos);
}

TEST_CASE("the summary keeps within its size and counts what has no room") {
  SampleRun run;
  run.sources.add("a.hcl", "a");
  for (int i = 0; i < 1000; ++i) run.findings.report(sample_error, {0, 0, 1}, std::string(1500, 'x'));
  const std::string whole = render_github_summary(run.report());
  CHECK(whole.size() <= max_github_summary);
  CHECK(whole.size() > max_github_summary - 2000);
  const std::size_t rows = count_of_text(whole, "| error |");
  CHECK(whole.ends_with("\n" + std::to_string(1000 - rows) + " more findings not shown here\n"));
  for (std::size_t size = 0; size < 4000; size += 50) {
    CHECK(render_github_summary(run.report(), size).size() <= size);
  }
  CHECK(render_github_summary(run.report(), 50).empty());
}

TEST_CASE("what could not be read counts among the errors, and the notice among the notes") {
  SampleRun run;
  run.sources.add("a.hcl", "a");
  for (std::size_t i = 0; i < shown_annotations; ++i) run.findings.report(sample_error, {0, 0, 1}, "one");
  Report report = run.report();
  report.failures = {{"b.hcl", "permission denied"}};
  CHECK(count_of_text(render_github(report, true), "::11 errors: GitHub shows 10") == 1);
  for (std::size_t i = 0; i < shown_annotations; ++i) run.findings.report(sample_info, {0, 0, 1}, "note");
  Report notes = run.report();
  CHECK(count_of_text(render_github(notes, true), "title=honua") == 0);
  notes.failures = report.failures;
  CHECK(count_of_text(render_github(notes, true), "::11 errors and 10 notes: GitHub shows 10") == 1);
}

TEST_CASE("failures without room in the summary are counted") {
  SampleRun run;
  run.sources.add("a.hcl", "a");
  Report report = run.report();
  for (int i = 0; i < 30; ++i) report.failures.push_back({"b.hcl", "permission denied"});
  const std::string out = render_github_summary(report, 1000);
  CHECK(out.size() <= 1000);
  CHECK(count_of_text(out, " more files could not be read\n") == 1);
}

}  // namespace honua::diagnostics
