// SPDX-License-Identifier: MIT
#include "diagnostics/render_sarif.h"

#include <doctest/doctest.h>

#include <ostream>

#include "diagnostics/formats_for_test.h"
#include "diagnostics/line_hash.h"
#include "diagnostics/sarif_rules.h"

namespace honua::diagnostics {

namespace {

std::string sarif_region(std::string_view name, int line, int column, int end_line, int end_column) {
  return "\"" + std::string(name) + R"(":{"startLine":)" + std::to_string(line) + R"(,"startColumn":)" +
         std::to_string(column) + R"(,"endLine":)" + std::to_string(end_line) + R"(,"endColumn":)" +
         std::to_string(end_column) + "}";
}

constexpr RuleInfo sample_info_of_rule{.rule = &sample_error,
                                       .why = "One would win.",
                                       .bad = "a = 1\na = \"```\"\n",
                                       .good = "a = 1\n",
                                       .option = "--strict"};

std::string rules_of(const Report& report) {
  text::JsonWriter json;
  SarifRules(report).write(json);
  return std::move(json).take();
}

}  // namespace

TEST_CASE("a run without findings is a log with one successful run") {
  CHECK(squeezed(render_sarif(SampleRun().report())) ==
        R"({"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{)"
        R"("tool":{"driver":{"name":"honua","semanticVersion":"1.2.3","rules":[]}},)"
        R"("automationDetails":{"id":"honua-validate/"},"invocations":[{"executionSuccessful":true}],)"
        R"("columnKind":"utf16CodeUnits","results":[]}]})");
}

TEST_CASE("regions count UTF-16 code units, a byte order mark not included") {
  SampleRun run;
  add_columns(run);
  const std::string out = squeezed(render_sarif(run.report()));
  const std::string place = R"("physicalLocation":{"artifactLocation":{"uri":"roads.hcl"},)";
  CHECK(count_of_text(out, place + sarif_region("region", 1, 9, 1, 10)) == 1);
  CHECK(count_of_text(out, place + sarif_region("region", 1, 9, 2, 7)) == 1);
  CHECK(count_of_text(out, place + sarif_region("region", 2, 1, 3, 1)) == 1);
  CHECK(count_of_text(out, place + sarif_region("region", 3, 5, 3, 5)) == 1);
}

TEST_CASE("a result has its rule, message, places, fingerprints and fix") {
  SampleRun run;
  run.sources.add("a b.hcl", "a = 1\na = 2\n");
  run.findings.report(sample_warning, {0, 0, 1}, "first");
  run.findings.report(sample_error, {0, 6, 7}, "twice")
      .label({0, 0, 1}, "here")
      .label({0, 1, 2}, "")
      .suggest("one")
      .suggest("two")
      .fixed_by(FixSafety::safe, "remove it", {{{0, 6, 12}, ""}});
  const Report report = run.report();
  const std::string out = squeezed(render_sarif(report));
  const std::string artifact = R"("artifactLocation":{"uri":"a%20b.hcl"},)";
  const std::string hash = line_hashes(run.sources.file(0), {2}).at(2);
  const std::string expected =
      R"({"ruleId":"H0102","ruleIndex":0,"level":"error","message":{"text":"twice\nhelp:one\nhelp:two"},)"
      R"("locations":[{"physicalLocation":{)" +
      artifact + sarif_region("region", 2, 1, 2, 2) +
      R"(},"logicalLocations":[{"fullyQualifiedName":"layer.roads"}]}],)"
      R"("relatedLocations":[{"id":1,"physicalLocation":{)" +
      artifact + sarif_region("region", 1, 1, 1, 2) + R"(},"message":{"text":"here"}},)" +
      R"({"id":2,"physicalLocation":{)" + artifact + sarif_region("region", 1, 2, 1, 3) +
      R"(},"message":{"text":"seealso"}}],)"
      R"("partialFingerprints":{"honuaPath/v1":")" +
      report.findings[1].fingerprint + R"(","primaryLocationLineHash":")" + hash +
      R"("},"fixes":[{"description":{"text":"removeit"},"artifactChanges":[{)" + artifact +
      R"("replacements":[{)" + sarif_region("deletedRegion", 2, 1, 3, 1) +
      R"(,"insertedContent":{"text":""}}]}]}]})";
  CHECK(out.substr(out.find(R"({"ruleId":"H0102")"), expected.size()) == expected);
}

TEST_CASE("a secret is in no hash and no fix") {
  SampleRun run;
  run.sources.add("a.hcl", "password = \"hunter2\"\n");
  run.findings.report(sample_security, {0, 11, 20}, "m")
      .fixed_by(FixSafety::safe, "t", {{{0, 11, 20}, "env(\"X\")"}});
  const std::string out = render_sarif(run.report());
  CHECK(out.find("primaryLocationLineHash") == std::string::npos);
  CHECK(out.find("honuaPath/v1") != std::string::npos);
  CHECK(out.find("fixes") == std::string::npos);
}

TEST_CASE("what could not be checked is a notification of a run that failed") {
  const SampleRun run;
  Report report = run.report();
  report.failures = {{"/etc/a.hcl", "permission denied"}, {"", "no configuration found"}};
  CHECK(
      squeezed(render_sarif(report))
          .find(
              R"("invocations":[{"executionSuccessful":false,"toolExecutionNotifications":[{"level":"error",)"
              R"("message":{"text":"cannotread`/etc/a.hcl`:permissiondenied"},"locations":[{"physicalLocation":)"
              R"({"artifactLocation":{"uri":"file:///etc/a.hcl"}}}]},{"level":"error",)"
              R"("message":{"text":"noconfigurationfound"}}]}])") != std::string::npos);
}

TEST_CASE("only rules that occur are listed, with what explains them") {
  SampleRun run;
  run.sources.add("a.hcl", "a");
  run.findings.report(sample_error, {0, 0, 1}, "m");
  Report report = run.report();
  constexpr RuleInfo other{.rule = &sample_warning, .why = "W.", .bad = "", .good = ""};
  report.rules = {&sample_info_of_rule, &other};
  CHECK(
      rules_of(report) ==
      R"([{"id":"H0102","name":"DuplicateAttribute",)"
      R"("shortDescription":{"text":"An attribute is set once."},)"
      R"("fullDescription":{"text":"An attribute is set once. One would win."},)"
      R"("help":{"text":"One would win.\n\nFound in, with `--strict`:\n\na = 1\na = \"```\"\n\nMended:\n\na = 1\n",)"
      R"("markdown":"One would win.\n\nFound in, with `--strict`:\n\n````hcl\na = 1\na = \"```\"\n````\n\nMended:\n\n```hcl\na = 1\n```\n"},)"
      R"("defaultConfiguration":{"level":"error"},)"
      R"("properties":{"tags":["syntax"],"precision":"high","problem.severity":"error"}}])");
}

TEST_CASE("rules about security have the number that GitHub sorts by") {
  SampleRun run;
  run.sources.add("a.hcl", "a");
  run.findings.report(sample_security, {0, 0, 1}, "m");
  run.findings.report(sample_info, {0, 0, 1}, "m");
  const std::string rules = rules_of(run.report());
  CHECK(
      count_of_text(
          rules,
          R"("tags":["security"],"precision":"high","problem.severity":"error","security-severity":"8.0")") ==
      1);
  CHECK(count_of_text(rules,
                      R"("tags":["dialect"],"precision":"high","problem.severity":"recommendation"})") == 1);
  CHECK(count_of_text(rules, R"("defaultConfiguration":{"level":"note"})") == 1);
}

TEST_CASE("descriptions of rules keep within what GitHub takes") {
  const std::string why(3000, 'y');
  const RuleInfo info{.rule = &sample_error, .why = why, .bad = "", .good = ""};
  SampleRun run;
  run.sources.add("a.hcl", "a");
  run.findings.report(sample_error, {0, 0, 1}, "m");
  Report report = run.report();
  report.rules = {&info};
  const std::string rules = rules_of(report);
  const std::size_t begin = rules.find(R"("fullDescription":{"text":")") + 27;
  CHECK(rules.find('"', begin) - begin == max_sarif_description);
  CHECK(count_of_text(rules, "y…\"}") == 1);
}

TEST_CASE("slugs become names in one word") {
  CHECK(pascal_case("duplicate-attribute") == "DuplicateAttribute");
  CHECK(pascal_case("h2-x") == "H2X");
}

}  // namespace honua::diagnostics
