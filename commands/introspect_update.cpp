// SPDX-License-Identifier: MIT
#include "commands/introspect_update.h"

#include <ostream>
#include <string_view>
#include <vector>

#include "commands/input_files.h"
#include "commands/messages.h"
#include "commands/print_findings.h"
#include "commands/replace_text.h"
#include "commands/shown_diff.h"
#include "commands/write_output.h"
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

void print_plan(const generation::Update& update, const UpdateRequest& request, const std::string& name,
                CommandEnv& env) {
  const bool writes = !request.diff && !request.check;
  const std::string counts = std::to_string(update.added.size()) + " added, " +
                             std::to_string(update.changed.size()) + " changed, " +
                             std::to_string(update.flagged.size()) + " flagged";
  const bool is_same = update.edits.empty();
  print_note(env, name + ": " +
                      (is_same  ? "nothing to change"
                       : writes ? counts
                                : "would be changed: " + counts));
  print_each("added", update.added, env);
  print_each("changed", update.changed, env);
  print_each("warning", update.flagged, env);
  print_each("note", update.warnings, env);
}

// What is not looked at. The names are told where a configuration is written anew.
void print_left_out(const catalog::Catalog& catalog, CommandEnv& env) {
  if (catalog.left_out.empty()) return;
  print_note(env, catalog.product + ", " + catalog.database + ": " +
                      count_of(catalog.left_out.size(), "relation") +
                      " left out: without `--update` their names and the reasons are told");
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
  if (request.is_json) return refuse_update(env, "`--update` and `--format json` exclude each other");
  if (!request.output.empty() && (request.diff || request.check))
    return refuse_update(env, "`--output` has nothing to write with `--diff` or `--check`");
  return true;
}

ExitCode update_file(const UpdateRequest& request, const catalog::Catalog& catalog,
                     const generation::UpdateOptions& options, CommandEnv& env) {
  const std::string name = text::printable(request.file);
  // A pipe would be waited for, and could not be replaced.
  const bool replaces = request.output.empty() && !request.diff && !request.check;
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
  const auto update = generation::update(tree, catalog, options);
  if (!update) {
    print_error(env, name + ": " + update.error().message);
    return ExitCode::failure;
  }
  const bool only_shows = request.diff || request.check;
  if (update->is_other_database && !only_shows && !request.force) {
    print_error(
        env, name + ": none of its layers has its table in " + catalog.database + ", and it is left as it is",
        {"is this the right database? `--force` updates by it all the same"});
    return ExitCode::failure;
  }
  print_plan(*update, request, name, env);
  print_left_out(catalog, env);
  const std::string after = source::apply_edits(file.text(), {&update->edits, 1}).text;
  if (request.diff) env.out << shown_diff(file.text(), after, name);
  const bool is_drift = !update->edits.empty() || !update->flagged.empty();
  if (request.check && is_drift) return ExitCode::findings;
  if (request.check || request.diff) return ExitCode::done;
  return write_update(request, file.text(), after, name, env);
}

}  // namespace honua::commands
