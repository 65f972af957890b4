// SPDX-License-Identifier: MIT
#include "diagnostics/render_gitlab.h"

#include <doctest/doctest.h>

#include <ostream>
#include <set>
#include <string>
#include <string_view>

#include "diagnostics/formats_for_test.h"

namespace honua::diagnostics {

TEST_CASE("a run without findings is an empty array") {
  CHECK(render_gitlab(SampleRun().report()) == "[]\n");
}

TEST_CASE("findings have the line they start at and the severities of GitLab") {
  SampleRun run;
  add_columns(run, "./roads.hcl");
  run.findings.report(sample_security, {0, 3, 4}, "a secret").suggest("take it out");
  Report report = run.report();
  report.failures = {{"b.hcl", "permission denied"}};
  const std::string out = squeezed(render_gitlab(report));
  CHECK(out.find(R"("description":"H5101:asecret;help:takeitout","check_name":"H5101","fingerprint":")" +
                 report.findings.front().fingerprint +
                 R"(","severity":"critical","location":{"path":"roads.hcl","lines":{"begin":1}}})") !=
        std::string::npos);
  CHECK(count_of_text(out, R"("severity":"major","location":{"path":"roads.hcl","lines":{"begin":1}}})") ==
        1);
  CHECK(count_of_text(out, R"("severity":"major","location":{"path":"roads.hcl","lines":{"begin":3}}})") ==
        1);
  CHECK(count_of_text(out, R"("severity":"minor","location":{"path":"roads.hcl","lines":{"begin":1}}})") ==
        1);
  CHECK(count_of_text(out, R"("severity":"info","location":{"path":"roads.hcl","lines":{"begin":2}}})") == 1);
  CHECK(out.starts_with(R"([{"description":"cannotread`b.hcl`:permissiondenied","check_name":"failure",)"));
  CHECK(count_of_text(out, R"("severity":"blocker","location":{"path":"b.hcl","lines":{"begin":1}}})") == 1);
}

TEST_CASE("no two entries have one fingerprint, whatever they say") {
  SampleRun run;
  run.sources.add("a.hcl", "a");
  for (int i = 0; i < 2; ++i) run.findings.report(sample_error, {0, 0, 1}, "same");
  Report report = run.report();
  report.failures = {{"b.hcl", "denied"}, {"b.hcl", "denied"}};
  const std::string out = squeezed(render_gitlab(report));
  std::set<std::string> fingerprints;
  constexpr std::string_view key = R"("fingerprint":")";
  for (std::size_t at = out.find(key); at != std::string::npos; at = out.find(key, at + 1))
    fingerprints.insert(out.substr(at + key.size(), out.find('"', at + key.size()) - at - key.size()));
  CHECK(fingerprints.size() == 4);
}

}  // namespace honua::diagnostics
