// SPDX-License-Identifier: MIT
#include "commands/baseline_file.h"

#include <algorithm>
#include <utility>

#include "commands/messages.h"
#include "diagnostics/diagnostics.h"
#include "evaluation/evaluator.h"
#include "evaluation/scope.h"
#include "source/source_file.h"
#include "syntax/parser.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

using evaluation::Value;
using evaluation::ValueKind;

// Readers of another first number know nothing of the layout.
constexpr std::string_view readable_versions = "1.";

std::optional<std::string> text_in(const Value& object, std::string_view name) {
  const Value* member = object.is_mapping() ? object.find(name) : nullptr;
  if (member == nullptr || member->kind() != ValueKind::string) return std::nullopt;
  return member->as_string();
}

Result<diagnostics::Baseline> fingerprints_in(const Value& document) {
  const auto version = text_in(document, "format_version");
  if (!version) return fail("is no baseline: it has no `format_version`");
  if (!version->starts_with(readable_versions)) return fail("has a version that this honua does not know");
  const Value* findings = document.find("findings");
  if (findings == nullptr || !findings->is_sequence()) return fail("is no baseline: it has no `findings`");
  diagnostics::Baseline baseline;
  for (const Value& one : findings->elements()) {
    auto fingerprint = text_in(one, "fingerprint");
    if (!fingerprint) return fail("is no baseline: one of its findings has no `fingerprint`");
    baseline.insert(*std::move(fingerprint));
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
  const syntax::Tree tree = syntax::parse_json(file, syntax::Dialect::hcl, sink);
  const evaluation::MapScope no_names;
  const MapEnvironment no_variables;
  evaluation::EvaluationContext context(no_names, no_variables, sink, syntax::Dialect::hcl);
  const Value document =
      sink.has_errors() ? Value::unknown() : evaluation::evaluate(tree.expression(), context);
  if (sink.has_errors()) {
    const diagnostics::Diagnostic& first = *sink.sorted().front();
    return fail("is no JSON: line " + std::to_string(file.position(first.range.begin).line) + ": " +
                first.message);
  }
  return fingerprints_in(document);
}

namespace {

// False, with a message, where the file can't be written, or would list only half of it.
bool write_baseline(const std::string& path, const diagnostics::Report& report,
                    const diagnostics::Levels& levels, CommandEnv& env) {
  if (!report.failures.empty()) {
    print_error(env, text::quoted(path) + " was not written: not everything could be read");
    return false;
  }
  const auto written = env.files.write_file_atomically(path, render_baseline(report, levels));
  if (!written) {
    print_error(env, "cannot write " + text::quoted(path) + ": " + written.error().message);
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

std::optional<diagnostics::Baseline> read_or_report(const std::string& path, CommandEnv& env) {
  auto baseline = read_baseline(path, env.files);
  if (baseline) return *std::move(baseline);
  print_error(env, "cannot use the baseline " + text::quoted(path) + ": " + baseline.error().message,
              {"`--write-baseline FILE` makes one"});
  return std::nullopt;
}

}  // namespace

std::optional<diagnostics::Baseline> baseline_of(const Control& control, CommandEnv& env) {
  return control.baseline.empty() ? diagnostics::Baseline() : read_or_report(control.baseline, env);
}

bool keep_baseline(const std::string& write_path, const Control& control, diagnostics::Report& report,
                   CommandEnv& env) {
  if (!write_path.empty() && !write_baseline(write_path, report, control.levels, env)) return false;
  const std::string& path = write_path.empty() ? control.baseline : write_path;
  if (path.empty()) return true;
  const auto baseline = read_or_report(path, env);
  if (!baseline) return false;
  const std::size_t gone = diagnostics::apply(*baseline, control.levels, report);
  const bool is_complete = report.failures.empty() && report.dropped() == 0;
  if (gone > 0 && is_complete)
    print_note(env, count_of(gone, "finding") + " of the baseline " + text::quoted(path) +
                        (gone == 1 ? " is" : " are") + " gone; `--write-baseline` makes it anew");
  return true;
}

}  // namespace honua::commands
