// SPDX-License-Identifier: MIT
#include "commands/baseline_file.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "commands/messages.h"
#include "commands/registry.h"
#include "commands/rule_coverage.h"
#include "diagnostics/diagnostics.h"
#include "source/source_file.h"
#include "syntax/literals.h"
#include "syntax/parser.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

using syntax::Expression;
using syntax::NodeKind;

// Readers of another first number know nothing of the layout.
constexpr std::string_view readable_versions = "1.";

std::optional<Expression> member_of(Expression object, std::string_view name) {
  if (object.kind() != NodeKind::object) return std::nullopt;
  for (const Expression item : object) {
    if (item.kind() != NodeKind::object_item) continue;
    const Expression key = item.child(0);
    if (key.is_plain_string() && syntax::plain_string_value(key) == name) return item.child(1);
  }
  return std::nullopt;
}

std::optional<std::string> text_in(Expression object, std::string_view name) {
  const auto member = member_of(object, name);
  if (!member || !member->is_plain_string()) return std::nullopt;
  return syntax::plain_string_value(*member);
}

// Reads the tree instead of evaluating it: a baseline may have more findings than a value may have parts.
Result<diagnostics::Baseline> fingerprints_in(Expression document) {
  const auto version = text_in(document, "format_version");
  if (!version) return fail("is no baseline: it has no `format_version`");
  if (!version->starts_with(readable_versions)) return fail("has a version that this honua does not know");
  const auto findings = member_of(document, "findings");
  if (!findings || findings->kind() != NodeKind::tuple) return fail("is no baseline: it has no `findings`");
  diagnostics::Baseline baseline;
  for (const Expression one : *findings) {
    auto fingerprint = text_in(one, "fingerprint");
    if (!fingerprint) return fail("is no baseline: one of its findings has no `fingerprint`");
    baseline.emplace(*std::move(fingerprint), text_in(one, "code").value_or(""));
  }
  return baseline;
}

}  // namespace

Result<diagnostics::Baseline> read_baseline(const std::string& path, const FileSystem& files) {
  auto content = files.read_file(path, source::max_file_size);
  if (!content) return tl::unexpected(std::move(content).error());
  source::SourceSet sources;
  const source::SourceFile& file = sources.add(path, *std::move(content));
  diagnostics::Diagnostics sink;
  // Plain JSON: addresses may hold what would be a template in HCL's JSON form.
  const syntax::Tree tree = syntax::parse_json_value(file, syntax::JsonForm::strict, sink);
  if (sink.has_errors()) {
    const diagnostics::Diagnostic& first = *sink.sorted().front();
    return fail("is no JSON: line " + std::to_string(file.position(first.range.begin).line) + ": " +
                first.message);
  }
  return fingerprints_in(tree.expression());
}

namespace {

// On standard error, and in the report: programs read just that.
void fail_with(const std::string& message, const std::string& help, diagnostics::Report& report,
               CommandEnv& env) {
  print_error(env, message, {help});
  report.failures.push_back({"", message});
}

// False, with a message, where the file can't be written, or would list only half of it.
bool write_baseline(const std::string& path, diagnostics::Report& report, const diagnostics::Levels& levels,
                    CommandEnv& env) {
  if (!report.failures.empty()) {
    print_error(env, text::quoted(path) + " was not written: not everything could be read");
    return false;
  }
  const auto written = env.files.write_file_atomically(path, render_baseline(report, levels));
  if (!written) {
    fail_with("cannot write " + text::quoted(path) + ": " + written.error().message, "", report, env);
    return false;
  }
  const auto listed = std::count_if(
      report.findings.begin(), report.findings.end(),
      [&](const diagnostics::Finding& one) { return !levels.is_protected(*one.diagnostic->rule); });
  print_note(env,
             "listed " + count_of(static_cast<std::size_t>(listed), "finding") + " in " + text::quoted(path));
  if (report.dropped() > 0)
    print_note(env, text::quoted(path) + " lists the findings that are shown; " +
                        std::to_string(report.dropped()) + " more were only counted");
  return true;
}

}  // namespace

std::optional<diagnostics::Baseline> baseline_of(const Control& control, const FileSystem& files) {
  if (control.baseline.empty()) return diagnostics::Baseline();
  auto baseline = read_baseline(control.baseline, files);
  return baseline ? std::optional(*std::move(baseline)) : std::nullopt;
}

bool keep_baseline(const std::string& write_path, const Control& control, const CheckOptions& options,
                   diagnostics::Report& report, CommandEnv& env) {
  if (!write_path.empty() && !write_baseline(write_path, report, control.levels, env)) return false;
  const std::string& path = write_path.empty() ? control.baseline : write_path;
  if (path.empty()) return true;
  const auto baseline = read_baseline(path, env.files);
  if (!baseline) {
    fail_with("cannot use the baseline " + text::quoted(path) + ": " + baseline.error().message,
              "`--write-baseline FILE` makes one", report, env);
    return false;
  }
  // Of a rule that there is no more, nothing will ever be found.
  const auto is_gone_for = [&options](std::string_view code) {
    const diagnostics::RuleInfo* info = find_rule(code);
    return info == nullptr ? options.depth == CheckDepth::everything : is_looked_for(*info, options);
  };
  const std::size_t gone = diagnostics::apply(*baseline, control.levels, is_gone_for, report);
  const bool is_complete = report.failures.empty() && report.dropped() == 0;
  if (gone > 0 && is_complete)
    print_note(env, count_of(gone, "finding") + " of the baseline " + text::quoted(path) +
                        (gone == 1 ? " is" : " are") + " gone; `--write-baseline` makes it anew");
  return true;
}

}  // namespace honua::commands
