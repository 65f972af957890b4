// SPDX-License-Identifier: MIT
#include "diagnostics/render_rdjson.h"

#include <doctest/doctest.h>

#include <ostream>

#include "diagnostics/formats_for_test.h"

namespace honua::diagnostics {

namespace {

std::string rendered(const SampleRun& run) { return squeezed(render_rdjson(run.report())); }

std::string rdjson_range(const std::string& start, const std::string& end) {
  const auto position = [](const std::string& text) {
    const std::size_t colon = text.find(':');
    return R"({"line":)" + text.substr(0, colon) + R"(,"column":)" + text.substr(colon + 1) + "}";
  };
  return R"("range":{"start":)" + position(start) + R"(,"end":)" + position(end) + "}";
}

}  // namespace

TEST_CASE("a run without findings is a result without diagnostics") {
  CHECK(rendered(SampleRun()) == R"({"source":{"name":"honua"},"diagnostics":[]})");
}

TEST_CASE("columns count bytes, those of a byte order mark included") {
  SampleRun run;
  add_columns(run);
  const std::string out = rendered(run);
  for (const std::string& range : {rdjson_range("1:18", "1:19"), rdjson_range("1:18", "2:7"),
                                   rdjson_range("2:1", "3:1"), rdjson_range("3:5", "3:5")}) {
    CAPTURE(range);
    CHECK(count_of_text(out, R"("location":{"path":"roads.hcl",)" + range) == 1);
  }
  CHECK(out.starts_with(
      R"({"source":{"name":"honua"},"diagnostics":[{"message":"onecharacter","location":{"path":"roads.hcl",)" +
      rdjson_range("1:18", "1:19") + R"(},"severity":"ERROR","code":{"value":"H0102"}},)"));
}

TEST_CASE("the edits of a fix are one suggestion") {
  SampleRun run;
  run.sources.add("a.hcl", "a b c\n");
  run.findings.report(sample_error, {0, 0, 1}, "m")
      .label({0, 2, 3}, "here")
      .fixed_by(FixSafety::safe, "t", {{{0, 0, 1}, "x"}, {{0, 4, 5}, "yé"}});
  const std::string out = rendered(run);
  CHECK(count_of_text(out, R"("suggestions":[{)" + rdjson_range("1:1", "1:6") + R"(,"text":"xbyé"}])") == 1);
  CHECK(count_of_text(out, R"("relatedLocations":[{"message":"here","location":{"path":"a.hcl",)" +
                               rdjson_range("1:3", "1:4") + "}}]") == 1);
}

TEST_CASE("a fix is no suggestion where it is far apart or would show a secret") {
  const auto suggests = [](const std::string& text, std::vector<Edit> edits) {
    SampleRun run;
    run.sources.add("a.hcl", text);
    run.findings.report(sample_error, {0, 0, 1}, "m").fixed_by(FixSafety::safe, "t", std::move(edits));
    return rendered(run).find("suggestions") != std::string::npos;
  };
  const std::string secret = "a = \"password=hunter2\" c\n";
  CHECK(suggests(secret, {{{0, 0, 1}, "x"}}));
  CHECK_FALSE(suggests(secret, {{{0, 0, 1}, "x"}, {{0, 23, 24}, "y"}}));
  CHECK(suggests(std::string(5000, 'a'), {{{0, 0, 1}, "x"}, {{0, 4000, 4001}, "y"}}));
  CHECK_FALSE(suggests(std::string(5000, 'a'), {{{0, 0, 1}, "x"}, {{0, 4500, 4501}, "y"}}));
  CHECK_FALSE(suggests("a", {{{0, 0, 1}, std::string(5000, 'x')}}));
}

TEST_CASE("what could not be checked is an error without a range") {
  Report report = SampleRun().report();
  const source::SourceSet none;
  report.sources = &none;
  report.failures = {{"a.hcl", "permission denied"}};
  CHECK(squeezed(render_rdjson(report)) ==
        R"({"source":{"name":"honua"},"diagnostics":[{"message":"cannotread`a.hcl`:permissiondenied",)"
        R"("location":{"path":"a.hcl"},"severity":"ERROR"}]})");
}

}  // namespace honua::diagnostics
