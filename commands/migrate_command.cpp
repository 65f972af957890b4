// SPDX-License-Identifier: MIT
#include "commands/migrate_command.h"

#include <algorithm>
#include <array>
#include <ostream>
#include <set>

#include <CLI/CLI.hpp>

#include "commands/check_files.h"
#include "commands/environment_option.h"
#include "commands/input_files.h"
#include "commands/messages.h"
#include "commands/output_guard.h"
#include "commands/print_findings.h"
#include "commands/read_input.h"
#include "commands/write_output.h"
#include "migration/account_report.h"
#include "migration/update.h"
#include "migration/verify.h"
#include "text/mask.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::commands {

namespace {

using diagnostics::Severity;
using migration::Migration;
using migration::Outcome;

// The file that a section goes into; what has no place in particular goes with the server's own settings.
std::string file_of(std::string_view section) {
  return section == "legacy" ? "honua.hcl" : std::string(section) + ".hcl";
}

// As shells and systemd read it.
std::string variables_text(const Migration& made) {
  std::string text;
  for (const migration::Variable& one : made.variables) {
    if (!one.value) {
      text += "# " + one.name + "=\n";
      continue;
    }
    text += one.name + "=\"";
    for (const char c : *one.value) {
      if (std::string_view("\"\\$`").find(c) != std::string_view::npos) text += '\\';
      text += c;
    }
    text += "\"\n";
  }
  return text;
}

std::size_t unsupported(const Migration& made) {
  return made.counts[static_cast<std::size_t>(Outcome::unsupported)];
}

}  // namespace

void MigrateCommand::add_options(CLI::App& app) {
  static constexpr std::array reports = {Choice<Report>{"human", Report::human},
                                         Choice<Report>{"json", Report::json},
                                         Choice<Report>{"markdown", Report::markdown}};
  static constexpr std::array labels = {Choice<bool>{"keep", false}, Choice<bool>{"underscore", true}};
  static constexpr std::array views = {Choice<bool>{"comment", false}, Choice<bool>{"fail", true}};
  app.add_option("METADATA", documents_, "the legacy document, or - for standard input")->type_name("");
  add_list_option(app, "--appsettings", "FILE",
                  "the application's settings; may be repeated, and later ones count more", settings_);
  add_list_option(
      app, "--environ", "FILE",
      "a list of the server's variables (NAME=value), which count more than settings; may be repeated",
      environments_);
  add_text_option(app, "-o,--output", "FILE", "write this file instead of standard output", output_);
  add_flag(app, "-f,--force", "replace files that are there", force_);
  add_update_options(app, "bring what this configuration lacks into it", "the documents", update_);
  add_flag(app, "--overrule", "with --update: take the documents' values where the file has others",
           overrules_);
  add_flag(app, "--split", "a file for each kind of block, in the directory that `--output` names", split_);
  add_text_option(app, "--residue", "FILE", "keep what has no place in this file, instead of in comments",
                  residue_);
  add_choice_option(app, "--report", "what became of every member, on standard output; needs `--output`",
                    reports, report_);
  add_flag(app, "--strict", "exit with 1 if anything has no place", strict_);
  add_flag(app, "--verify", "read what was written, and look for every member of the document in it",
           verify_);
  add_list_option(
      app, "--accept-loss", "POINTER",
      "this member protects data and may be lost, such as /layers/0/query/autoFilter; may be repeated",
      options_.accepted_losses);
  add_text_option(app, "--write-env", "FILE", "write the secrets to this new file, which only you can read",
                  variables_);
  add_text_option(app, "--environment", "NAME", "the environment that is written (default: production)",
                  environment_);
  add_choice_option(app, "--ids", "ids as labels: as they are, or without `-` (default: keep)", labels,
                    options_.underscore_labels);
  add_choice_option(app, "--sql-views", "layers on queries: as comments, or as errors (default: comment)",
                    views, options_.refuses_sql_views);
  add_color_option(app, color_);
}

bool MigrateCommand::check_usage(CommandEnv& env) const {
  const auto refuse = [&](const std::string& message, const std::string& help) {
    print_error(env, message, {help});
    return false;
  };
  if (inputs().empty()) return refuse("a legacy document is missing", "`honua migrate metadata.json`");
  if (documents_.size() > 1)
    return refuse("one document is migrated at a time",
                  "settings go with it by `--appsettings`, and variables by `--environ`");
  const bool updates = !update_.file.empty();
  const bool writes_file = (updates && output_.empty()) || (!output_.empty() && output_ != "-");
  if (report_ != Report::none && !writes_file)
    return refuse("a report needs standard output for itself",
                  "name the configuration's file with `--output`");
  if (update_.only_shows() &&
      (verify_ || report_ != Report::none || !residue_.empty() || !variables_.empty()))
    return refuse("`--diff` and `--check` write nothing",
                  "leave out `--verify`, `--report`, `--residue` and `--write-env`");
  if (residue_ == "-" || variables_ == "-")
    return refuse("the residue and the secrets are files of their own", "name a file instead of `-`");
  const std::vector<std::string> all = inputs();
  if (std::ranges::find(all, std::string()) != all.end())
    return refuse("a document has no name", "`honua migrate metadata.json`");
  if (split_ && updates)
    return refuse("`--update` and `--split` exclude each other", "one file is updated at a time");
  if (split_ && !writes_file) return refuse("`--split` needs a directory", "name it with `--output`");
  if (split_ && !env.files.is_directory(output_))
    return refuse(text::quoted(output_) + " is no directory",
                  "make it first: `--split` writes files into it");
  if (overrules_ && !updates) return refuse("`--overrule` goes with `--update FILE`", "");
  return check_environment_name(environment_, env) && check_update(update_, env);
}

std::vector<MigrateCommand::Output> MigrateCommand::outputs(const Migration& made,
                                                            const std::string& text) const {
  if (!split_) return {{output_ == "-" ? "" : output_, text}};
  std::vector<Output> files;
  for (const Migration::Section& one : made.sections) {
    const std::string path = join_path(output_, file_of(one.name));
    const auto there = std::ranges::find(files, path, &Output::path);
    if (there == files.end())
      files.push_back({path, one.text});
    else
      there->text += "\n" + one.text;
  }
  return files;
}

bool MigrateCommand::is_complete(const Migration& made, const std::string& text, CommandEnv& env) const {
  if (!verify_) return true;
  const std::vector<std::string> problems =
      migration::verify(made, text, made.residue, !update_.file.empty());
  for (const std::string& one : problems) print_error(env, one);
  if (!problems.empty())
    print_error(env, "nothing was written: the configuration does not hold all of the document");
  return problems.empty();
}

void MigrateCommand::print_errors(const std::string& text, CommandEnv& env) const {
  const CheckOptions options;
  const std::string& path = output_.empty() ? update_.file : output_;
  const CheckResult result = check_text(path.empty() ? "<migrated>" : path, text, options, env);
  const std::size_t errors = print_findings(result.findings, Severity::error, result.sources, color_, env);
  const std::size_t warnings = result.findings.count(Severity::warning);
  if (warnings > 0)
    print_note(env, "the configuration has " + count_of(warnings, "warning") + ": see `honua validate`");
  if (errors > 0)
    print_note(env, "the configuration has " + count_of(errors, "error") +
                        (update_.file.empty() ? ", as the document had" : ""));
}

// Whether nothing would be written over the document, or twice.
bool MigrateCommand::are_apart(CommandEnv& env) const {
  std::vector<std::string> paths = inputs();
  if (std::ranges::count(paths, "-") > 1) {
    print_error(env, "standard input is one document only");
    return false;
  }
  paths.insert(paths.end(), {residue_, variables_, update_.file});
  if (!split_) paths.push_back(output_);
  if (split_) {
    for (const std::string_view name : migration::section_names) {
      // What has no place goes into a file that is another section's.
      if (name != "legacy") paths.push_back(join_path(output_, file_of(name)));
    }
  }
  std::set<std::string> seen;
  for (const std::string& one : paths) {
    if (one.empty() || one == "-" || seen.insert(destination_of(one, env.files)).second) continue;
    print_error(env, text::quoted(one) + " cannot be two things at once",
                {"name another file: documents, the configuration, the residue and the secrets are apart"});
    return false;
  }
  return true;
}

// Whether each file has a directory to be in: nothing is written where another one could not be.
bool MigrateCommand::can_be_written(CommandEnv& env) const {
  for (const std::string& one : {split_ ? std::string() : output_, residue_, variables_}) {
    if (one.empty() || one == "-") continue;
    const std::size_t slash = one.rfind('/');
    const std::string directory =
        slash == std::string::npos ? "." : one.substr(0, std::max<std::size_t>(slash, 1));
    if (env.files.is_directory(one)) {
      print_error(env, text::quoted(one) + " is a directory", {"name a file"});
      return false;
    }
    if (directory == "." || env.files.is_directory(directory)) continue;
    print_error(env, text::quoted(one) + ": there is no directory " + text::quoted(directory),
                {"make it first, or name another one"});
    return false;
  }
  return true;
}

bool MigrateCommand::check_outputs(CommandEnv& env) const {
  const auto is_free = [&](const std::string& path, bool is_forced, std::string_view help) {
    if (path.empty() || path == "-" || is_forced || !env.files.exists(path)) return true;
    print_error(env, text::quoted(path) + " is there already", {std::string(help)});
    return false;
  };
  if (!are_apart(env) || !can_be_written(env)) return false;
  constexpr std::string_view forced = "name another file, or replace it with `--force`";
  if (!split_ && !is_free(output_, force_, forced)) return false;
  if (!is_free(residue_, force_, forced)) return false;
  return is_free(variables_, false, "secrets are never written over what is there: name another file");
}

bool MigrateCommand::write_variables(const Migration& made, CommandEnv& env) const {
  if (variables_.empty() || made.variables.empty()) return true;
  const auto written = env.files.create_private_file(variables_, variables_text(made));
  if (!written) print_error(env, "cannot write " + text::quoted(variables_) + ": " + written.error().message);
  return written.has_value();
}

ExitCode MigrateCommand::write_all(const Migration& made, const std::string& text, CommandEnv& env) const {
  const std::vector<Output> files = outputs(made, text);
  for (const Output& one : files) {
    if (!split_ || (force_ && !env.files.is_directory(one.path)) || !env.files.exists(one.path)) continue;
    print_error(env, text::quoted(one.path) + " is there already", {"replace what is there with `--force`"});
    return ExitCode::usage;
  }
  for (const Output& one : files) {
    if (const ExitCode code = write_output(one.path, one.text, env); code != ExitCode::done) return code;
  }
  note_other_files(files, env);
  return write_beside(made, env) ? ExitCode::done : ExitCode::failure;
}

// Files of a run before count as parts of the configuration.
void MigrateCommand::note_other_files(const std::vector<Output>& files, CommandEnv& env) const {
  if (!split_) return;
  for (const std::string_view name : migration::section_names) {
    const std::string path = join_path(output_, file_of(name));
    const bool is_written = std::ranges::find(files, path, &Output::path) != files.end();
    if (!is_written && env.files.exists(path))
      print_note(env, text::quoted(path) + " was there before, and is a part of the configuration still");
  }
}

bool MigrateCommand::write_beside(const Migration& made, CommandEnv& env) const {
  // Secrets last: their file is never replaced, and what failed before is done again.
  return (residue_.empty() || write_file(residue_, made.residue, env)) && write_variables(made, env);
}

void MigrateCommand::print_account(const Migration& made, CommandEnv& env) const {
  switch (report_) {
    case Report::json: env.out << migration::account_to_json(made); break;
    case Report::markdown: env.out << migration::account_to_markdown(made); break;
    case Report::human: env.out << migration::account_to_text(made); break;
    case Report::none: env.err << migration::account_to_text(made); break;
  }
  if (verify_)
    print_note(env, inputs().size() == 1 ? "every member of the document was found again"
                                         : "every member of the documents was found again");
}

ExitCode MigrateCommand::update(const Migration& made, CommandEnv& env) const {
  UpdateSteps steps;
  steps.make = [&](const syntax::Tree& tree) { return migration::update(tree, made, overrules_); };
  steps.refuse = [&](const editing::Update& update) -> std::optional<UpdateSteps::Refusal> {
    if (!verify_ || update.flagged.empty()) return std::nullopt;
    return UpdateSteps::Refusal{
        "nothing was written, since it is not what the documents say: " +
            text::mask_secrets(text::join(update.flagged, "; ")),
        "`--overrule` takes the documents' values; without `--verify` what differs stays",
        ExitCode::findings};
  };
  steps.before_writing = [&](const std::string& text) -> std::optional<ExitCode> {
    if (!is_complete(made, text, env)) return ExitCode::findings;
    print_errors(text, env);
    return write_beside(made, env) ? std::nullopt : std::optional(ExitCode::failure);
  };
  UpdateRequest request = update_;
  request.output = output_;
  return update_file(request, steps, env);
}

std::vector<std::string> MigrateCommand::inputs() const {
  std::vector<std::string> paths = documents_;
  paths.insert(paths.end(), settings_.begin(), settings_.end());
  paths.insert(paths.end(), environments_.begin(), environments_.end());
  return paths;
}

std::optional<migration::Documents> MigrateCommand::read_documents(source::SourceSet& sources,
                                                                   CommandEnv& env) const {
  std::vector<const source::SourceFile*> files;
  for (const std::string& path : inputs()) {
    const std::string name = path == "-" ? "<stdin>" : text::printable(path);
    auto content = read_input({path == "-" ? "" : path, name}, env);
    if (!content) {
      print_error(env, name + ": " + content.error().message);
      return std::nullopt;
    }
    source::SourceFile& file = sources.add(name, *std::move(content));
    if (files.size() >= documents_.size() + settings_.size())
      file.hide(migration::values_in_environment(file));
    files.push_back(&file);
  }
  const auto first = files.begin() + static_cast<std::ptrdiff_t>(documents_.size());
  const auto second = first + static_cast<std::ptrdiff_t>(settings_.size());
  return migration::Documents{
      documents_.empty() ? nullptr : files.front(), {first, second}, {second, files.end()}};
}

ExitCode MigrateCommand::run(CommandEnv& env) {
  if (!check_usage(env) || !check_outputs(env)) return ExitCode::usage;
  source::SourceSet sources;
  const auto documents = read_documents(sources, env);
  if (!documents) return ExitCode::failure;
  if (!environment_.empty()) options_.environment = environment_;
  options_.with_residue = !residue_.empty();
  diagnostics::Diagnostics findings;
  const auto made = migration::migrate(*documents, options_, findings);
  (void)print_findings(findings, Severity::error, sources, color_, env);
  (void)print_findings(findings, Severity::warning, sources, color_, env);
  if (made == nullptr) {
    print_error(env, sources.file(0).name() + ": nothing was written");
    return ExitCode::findings;
  }
  for (const std::string& one : made->needless_losses)
    print_note(env, "`--accept-loss " + text::printable(one) + "`: no member there protects data");
  if (!update_.file.empty()) {
    const ExitCode code = update(*made, env);
    if (code != ExitCode::done) return code;
    if (update_.only_shows()) return strict_result(*made, env);
  } else {
    const std::string text = made->text();
    if (!is_complete(*made, text, env)) return ExitCode::findings;
    print_errors(text, env);
    if (const ExitCode code = write_all(*made, text, env); code != ExitCode::done) return code;
  }
  print_account(*made, env);
  return strict_result(*made, env);
}

// With `--strict`, that something has no place is a finding.
ExitCode MigrateCommand::strict_result(const Migration& made, CommandEnv& env) const {
  const std::size_t count = unsupported(made);
  if (!strict_ || count == 0) return ExitCode::done;
  print_error(env, count_of(count, "value") + " without a place, which `--strict` does not allow");
  return ExitCode::findings;
}

}  // namespace honua::commands
