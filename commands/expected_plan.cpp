// SPDX-License-Identifier: MIT
#include "commands/expected_plan.h"

#include <string_view>

#include "commands/messages.h"
#include "snapshot/hash.h"
#include "snapshot/node.h"
#include "source/source_file.h"
#include "syntax/parser.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

std::string hash_of(const snapshot::Node& plan, std::string_view side) {
  const auto hash = plan.member(side).member("hash").text();
  return hash && snapshot::is_hash(*hash) ? *hash : "";
}

bool is_same(const std::string& expected, const planning::ReportSide& side, const std::string& given,
             CommandEnv& env) {
  if (expected.empty() || expected == side.hash) return true;
  print_error(env, side.name + " is not what " + text::quoted(given) + " was made of: it is " +
                       text::quoted(side.hash) + ", not " + text::quoted(expected));
  return false;
}

}  // namespace

std::optional<ExpectedPlan> read_expected_plan(const std::string& given, CommandEnv& env) {
  if (snapshot::is_hash(given)) return ExpectedPlan{given, "", given};
  auto content = env.files.read_file(given, source::max_file_size);
  if (!content) {
    print_error(
        env, "cannot read " + text::quoted(given) + ": " + content.error().message,
        {"what is expected is a plan that `honua plan --out` wrote, or a hash: `sha256:` and 64 digits"});
    return std::nullopt;
  }
  source::SourceSet sources;
  const source::SourceFile& file = sources.add(text::printable(given), *std::move(content));
  diagnostics::Diagnostics findings;
  const syntax::Tree tree = syntax::parse_json_value(file, syntax::JsonForm::strict, findings);
  const snapshot::Node plan = findings.has_errors() ? snapshot::Node() : snapshot::Node(tree.expression());
  ExpectedPlan made{given, hash_of(plan, "before"), hash_of(plan, "after")};
  if (!made.before.empty() && !made.after.empty()) return made;
  print_error(env, text::quoted(given) + " is no plan in JSON", {"`honua plan --out FILE` writes one"});
  return std::nullopt;
}

bool is_as_expected(const ExpectedPlan& expected, const planning::PlanReport& report, CommandEnv& env) {
  const bool old_is_same = is_same(expected.before, report.before, expected.given, env);
  return is_same(expected.after, report.after, expected.given, env) && old_is_same;
}

}  // namespace honua::commands
