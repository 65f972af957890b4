// SPDX-License-Identifier: MIT
#include "commands/update_file.h"

#include <ostream>
#include <string_view>
#include <vector>

#include "commands/input_files.h"
#include "commands/messages.h"
#include "commands/print_findings.h"
#include "commands/replace_text.h"
#include "commands/shared_options.h"
#include "commands/shown_diff.h"
#include "commands/write_output.h"
#include "syntax/formatter.h"
#include "syntax/parser.h"
#include "text/mask.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

bool refuse_update(CommandEnv& env, std::string_view message, const std::string& help = "") {
  print_error(env, message, {help});
  return false;
}

void print_each(std::string_view what, const std::vector<std::string>& lines, CommandEnv& env) {
  for (const std::string& one : lines) env.err << what << ": " << text::mask_secrets(one) << '\n';
}

void print_plan(const editing::Update& update, const UpdateRequest& request, const std::string& name,
                CommandEnv& env) {
  const std::string counts = std::to_string(update.added.size()) + " added, " +
                             std::to_string(update.changed.size()) + " changed, " +
                             std::to_string(update.flagged.size()) + " flagged";
  const bool is_same = update.edits.empty();
  print_note(env, name + ": " +
                      (is_same                ? "nothing to change"
                       : request.only_shows() ? "would be changed: " + counts
                                              : counts));
  print_each("added", update.added, env);
  print_each("changed", update.changed, env);
  print_each("warning", update.flagged, env);
  print_each("note", update.warnings, env);
}

ExitCode write_update(const UpdateRequest& request, std::string_view before, const std::string& after,
                      const std::string& name, CommandEnv& env) {
  if (!request.output.empty()) return write_output(request.output == "-" ? "" : request.output, after, env);
  if (before == after) return ExitCode::done;
  const auto written = replace_text(request.file, before, after, env.files);
  if (written) return ExitCode::done;
  print_error(env, name + ": cannot write: " + written.error().message);
  return ExitCode::failure;
}

}  // namespace

void add_update_options(CLI::App& app, const std::string& description, const std::string& other,
                        UpdateRequest& request) {
  add_text_option(app, "--update", "FILE", description, request.file);
  add_flag(app, "--diff", "with --update: show what would change, and write nothing; secrets are masked",
           request.diff);
  add_flag(app, "--check", "with --update: write nothing; exit with 1 if the file and " + other + " differ",
           request.check);
}

bool check_update(const UpdateRequest& request, CommandEnv& env) {
  if (request.file.empty()) {
    if (!request.diff && !request.check) return true;
    return refuse_update(env,
                         std::string(request.diff ? "`--diff`" : "`--check`") + " goes with `--update FILE`");
  }
  if (request.file == "-")
    return refuse_update(env, "standard input cannot be updated", "name a file: `--update FILE`");
  if (form_of(request.file) != SourceForm::native)
    return refuse_update(env, text::quoted(request.file) + " is JSON: only HCL's native form is updated");
  if (!request.output.empty() && request.only_shows())
    return refuse_update(env, "`--output` has nothing to write with `--diff` or `--check`");
  return true;
}

ExitCode update_file(const UpdateRequest& request, const UpdateSteps& steps, CommandEnv& env) {
  const std::string name = text::printable(request.file);
  // A pipe would be waited for, and could not be replaced.
  const bool replaces = request.output.empty() && !request.only_shows();
  if (replaces && env.files.kind(request.file) == FileKind::other) {
    print_error(env, name + ": is not a regular file");
    return ExitCode::failure;
  }
  auto content = env.files.read_file(request.file, source::max_file_size);
  if (!content) {
    const bool is_there = env.files.exists(request.file);
    print_error(env, name + ": " + content.error().message, {is_there ? "" : "`-o FILE` writes a new one"});
    return ExitCode::failure;
  }
  source::SourceSet sources;
  const source::SourceFile& file = sources.add(name, *std::move(content));
  diagnostics::Diagnostics findings;
  const syntax::Tree tree = syntax::parse(file, syntax::Dialect::honua, findings);
  if (print_findings(findings, diagnostics::Severity::error, sources, Color::automatic, env) > 0) {
    print_error(env, name + ": is left as it is, since it has syntax errors");
    return ExitCode::failure;
  }
  const auto update = steps.make(tree);
  if (!update) {
    print_error(env, name + ": " + update.error().message);
    return ExitCode::failure;
  }
  const auto refusal = steps.refuse ? steps.refuse(*update) : std::nullopt;
  if (refusal) {
    print_error(env, name + ": " + refusal->message, {refusal->help});
    return refusal->code;
  }
  print_plan(*update, request, name, env);
  std::string after = source::apply_edits(file.text(), {&update->edits, 1}).text;
  // What is new may align otherwise: a file in canonical style stays in it.
  if (!update->edits.empty() && syntax::format(file.text()) == file.text())
    after = syntax::format(after).value_or(after);
  if (request.diff) env.out << shown_diff(file.text(), after, name);
  const bool is_drift = !update->edits.empty() || !update->flagged.empty();
  if (request.check && is_drift) return ExitCode::findings;
  if (request.only_shows()) return ExitCode::done;
  const auto code = steps.before_writing ? steps.before_writing(after) : std::nullopt;
  return code ? *code : write_update(request, file.text(), after, name, env);
}

}  // namespace honua::commands
