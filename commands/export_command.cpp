// SPDX-License-Identifier: MIT
#include "commands/export_command.h"

#include <array>
#include <ostream>
#include <utility>

#include "commands/environment_option.h"
#include "commands/messages.h"
#include "commands/output_guard.h"
#include "commands/print_findings.h"
#include "commands/validate_report.h"
#include "commands/write_output.h"
#include "exporting/appsettings.h"
#include "exporting/environment_file.h"
#include "exporting/export_settings.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::commands {

using diagnostics::Severity;
using exporting::ServerSetting;
using exporting::SettingForm;

namespace {

std::string quoted_names(const std::vector<std::string>& names) {
  std::vector<std::string> quoted;
  quoted.reserve(names.size());
  for (const std::string& one : names) quoted.push_back(text::quoted(one));
  return text::join(quoted, ", ");
}

}  // namespace

void ExportCommand::add_options(CLI::App& app) {
  static constexpr std::array forms = {Choice<Form>{"env", Form::env}, Choice<Form>{"json", Form::json}};
  add_paths(app, "files, directories or - (default: what is found here)", request_.paths);
  add_target_option(app, "whose settings to write: those of the server at hand", target_);
  add_choice_option(app, "--format", "environment variables or application settings (default: env)", forms,
                    form_);
  add_text_option(app, "--config-path", "PATH", "where the server finds its configuration", config_path_);
  add_text_option(app, "-o,--output", "FILE", "replace this file instead of writing to standard output",
                  output_);
  add_color_option(app, color_);
  add_text_option(app, "--environment", "NAME", environment_help, request_.environment);
  add_text_option(app, "--stdin-filename", "NAME", "what to call standard input", request_.stdin_filename);
}

bool ExportCommand::check_usage(CommandEnv& env) const {
  if (!target_) {
    print_error(env, "`honua export` needs to know whose settings to write", {"add `--target upstream`"});
    return false;
  }
  return check_environment_name(request_.environment, env);
}

// Whether the output is no part of a configuration.
bool ExportCommand::is_free(const InputFiles& inputs, CommandEnv& env) const {
  if (output_.empty()) return true;
  if (is_configuration(output_, request_, inputs, "name another file: the configuration would be lost", env))
    return false;
  if (!is_native_name(output_) && form_of(output_) != SourceForm::hcl_json) return true;
  print_error(env, "settings are no configuration: " + text::quoted(output_) + " would be read as one",
              {"name a file that ends in `.env` or `.json`"});
  return false;
}

std::optional<ExportCommand::Settings> ExportCommand::settings_of(const CheckResult& result,
                                                                  CommandEnv& env) const {
  diagnostics::Diagnostics told;
  Settings settings = exporting::export_settings(result.inputs, told);
  const std::size_t left_out =
      print_findings(told, Severity::warning, result.sources, color_, env) + told.dropped();
  (void)print_findings(told, Severity::error, result.sources, color_, env);
  if (told.has_errors()) {
    print_error(env, "nothing was written: the server would refuse these settings");
    return std::nullopt;
  }
  if (left_out > 0) print_note(env, count_of(left_out, "thing") + " left out");
  if (config_path_.empty()) {
    print_note(env,
               "the settings do not say where the server finds its configuration: name its file with "
               "`--config-path`");
  } else {
    settings.push_back({"Honua:ConfigurationV2", "Path", SettingForm::text, config_path_});
  }
  return settings;
}

void ExportCommand::note_references(const Settings& settings, CommandEnv& env) const {
  for (const ServerSetting& one : settings) {
    if (one.form != SettingForm::reference) continue;
    const std::string sources = quoted_names(exporting::sources_of(one));
    if (form_ == Form::env) {
      print_note(
          env, text::quoted(exporting::variable_of(one)) + " is a comment: its value comes from " + sources);
    } else {
      print_note(env, text::quoted(exporting::key_of(one)) + " is left out: its value comes from " + sources +
                          "; give it to the server as " + text::quoted(exporting::variable_of(one)));
    }
  }
}

std::string ExportCommand::text_of(const Settings& settings, CommandEnv& env) const {
  note_references(settings, env);
  if (form_ == Form::json) return exporting::write_appsettings(settings);
  const exporting::EnvironmentFile file = exporting::write_environment(settings);
  for (const std::string& one : file.left_out) print_note(env, one);
  if (!file.quoted.empty()) {
    print_note(env, "`docker run --env-file` takes the quotes of these for a part of their values: " +
                        quoted_names(file.quoted));
  }
  return file.text;
}

ExitCode ExportCommand::run(CommandEnv& env) {
  if (!check_usage(env)) return ExitCode::usage;
  const InputFiles inputs = find_input_files(request_, env.files, env.environment);
  if (!is_free(inputs, env)) return ExitCode::usage;
  const CheckResult result = check_files(inputs, check_, env);
  print_failures(result, env);
  note_unused_environment(request_, inputs, env);
  if (!result.failures.empty()) return ExitCode::failure;
  if (result.findings.has_errors()) {
    (void)print_findings(result.findings, Severity::error, result.sources, color_, env);
    print_error(env, "nothing was written: the configuration has errors");
    return ExitCode::findings;
  }
  const auto settings = settings_of(result, env);
  return settings ? write_output(output_, text_of(*settings, env), env) : ExitCode::findings;
}

}  // namespace honua::commands
