// SPDX-License-Identifier: MIT
#include "commands/fmt_command.h"

#include <ostream>

#include "commands/messages.h"
#include "commands/print_findings.h"
#include "commands/read_input.h"
#include "commands/replace_text.h"
#include "commands/shown_diff.h"

namespace honua::commands {

void FmtCommand::add_options(CLI::App& app) {
  add_paths(app, "files, directories or - (default: the current directory)", request_.paths);
  add_flag(app, "--check", "write nothing, name the files that would change; exit with 1 if there are any",
           check_);
  add_flag(app, "--diff",
           "write nothing, show what would change; exit with 1 if anything would; secrets are masked", diff_);
  add_flag(app, "-r,--recursive", "also the directories in directories", request_.recursive);
  add_dialect_option(app, canonical_.dialect);
  add_target_option(app, "keep the forms that the server at hand may need", target_);
  add_project_options(app, project_);
  add_color_option(app, color_);
  add_text_option(app, "--stdin-filename", "NAME", "what to call standard input", request_.stdin_filename);
}

void FmtCommand::fail(const InputFile& input, const std::string& message, CommandEnv& env) {
  has_failures_ = true;
  print_error(env, input.name + ": " + message);
}

void FmtCommand::write(const InputFile& input, std::string_view before, const std::string& after,
                       CommandEnv& env) {
  const auto written = replace_text(input.path, before, after, env.files);
  if (!written) return fail(input, "cannot write: " + written.error().message, env);
  env.out << input.name << '\n';
}

// What becomes of a file's text.
void FmtCommand::use(const InputFile& input, std::string_view before, const std::string& after,
                     CommandEnv& env) {
  if (input.is_standard_input() && writes()) {
    env.out << after;
    return;
  }
  if (before == after) return;
  if (writes()) return write(input, before, after, env);
  has_findings_ = true;
  if (check_) env.out << input.name << '\n';
  if (diff_) env.out << shown_diff(before, after, input.name);
}

void FmtCommand::format_file(const InputFile& input, CommandEnv& env) {
  auto content = read_input(input, env);
  if (!content) return fail(input, content.error().message, env);
  // Of a file that was named, the list of files says so.
  if (input.form != SourceForm::native) return use(input, content->view(), content->to_string(), env);
  source::SourceSet sources;
  const source::SourceFile& file = sources.add(input.name, *std::move(content));
  diagnostics::Diagnostics findings;
  const auto text = canonical_text(file, canonical_, findings);
  if (text) return use(input, file.text(), *text, env);
  if (!findings.has_errors()) {
    return fail(input, "would be larger than " + describe_size(source::max_file_size) + " when aligned", env);
  }
  has_findings_ = true;
  print_findings(findings, diagnostics::Severity::error, sources, color_, env);
}

ExitCode FmtCommand::run(CommandEnv& env) {
  const auto project = read_project(project_, env);
  if (!project) return ExitCode::usage;
  canonical_.rewrites_forms = !target_ && !project->target;
  const FmtFiles found = find_fmt_files(request_, env.files);
  for (const InputFile& input : found.files) format_file(input, env);
  for (const InputFailure& failure : found.failures) {
    has_failures_ = true;
    print_error(env, failure.name + ": " + failure.message, failure.help);
  }
  for (const std::string& name : found.json_files) print_note(env, name + ": JSON is not formatted");
  for (const std::string& name : found.empty_directories) {
    print_note(env, name + ": the directory holds no *.hcl or *.honua file");
  }
  if (has_failures_) return ExitCode::failure;
  return has_findings_ ? ExitCode::findings : ExitCode::done;
}

}  // namespace honua::commands
