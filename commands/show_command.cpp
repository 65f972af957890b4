// SPDX-License-Identifier: MIT
#include "commands/show_command.h"

#include <array>
#include <ostream>

#include <CLI/CLI.hpp>

#include "commands/check_files.h"
#include "commands/environment_option.h"
#include "commands/messages.h"
#include "commands/print_findings.h"
#include "commands/validate_report.h"
#include "config/address.h"
#include "restoring/restore.h"
#include "text/sanitize.h"

namespace honua::commands {

void ShowCommand::add_options(CLI::App& app) {
  add_paths(app, "files, directories, - or a store's version (default: what is found here)", request_.paths);
  app.add_option("--only", addresses_,
                 "show what is at or below an address, such as layer.roads; may be repeated")
      ->type_name("ADDRESS")
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  add_flag(app, "--insecure-store", "of a store's version: use a store that everybody may write",
           is_insecure_store_);
  add_flag(app, "--no-defaults", "leave out what nobody wrote", no_defaults_);
  static constexpr std::array forms = {Choice<Form>{"human", Form::human}, Choice<Form>{"json", Form::json}};
  add_choice_option(app, "--format", "how to show it (default: human)", forms, form_);
  add_color_option(app, color_);
  add_text_option(app, "--environment", "NAME", environment_help, request_.environment);
  add_text_option(app, "--stdin-filename", "NAME", "what to call standard input", request_.stdin_filename);
}

bool ShowCommand::read_addresses(CommandEnv& env) {
  for (const std::string& given : addresses_) {
    const auto address = config::canonical_address(given);
    if (!address) {
      print_error(env, text::quoted(given) + " is no address",
                  {"addresses are, for instance, `layer.roads`, `layer.roads.geometry.srid` or "
                   "`logging.overrides[\"Microsoft.AspNetCore\"]`"});
      return false;
    }
    show_.only.push_back(*address);
  }
  return true;
}

// What to say besides the values, and what came of it all.
ExitCode ShowCommand::account(const CheckResult& result, CommandEnv& env) const {
  print_findings(result.findings, diagnostics::Severity::error, result.sources, color_, env);
  print_failures(result, env);
  note_unset_variables(result.variables, env);
  if (!result.failures.empty()) return ExitCode::failure;
  const bool has_errors = result.findings.has_errors();
  const std::vector<std::string> missing = find_missing(result, show_);
  for (const std::string& address : missing) {
    const std::string similar = find_similar(result, address);
    print_error(env, "nothing has the address " + text::quoted(address),
                {similar.empty() ? "`honua show` lists all addresses"
                                 : "did you mean " + text::quoted(similar) + "?"});
  }
  if (has_errors) return ExitCode::findings;
  return missing.empty() ? ExitCode::done : ExitCode::usage;
}

ExitCode ShowCommand::run(CommandEnv& env) {
  if (!check_environment_name(request_.environment, env) || !read_addresses(env)) return ExitCode::usage;
  show_.with_defaults = !no_defaults_;
  CheckOptions check;
  check.depth = CheckDepth::structure;
  const auto version = request_.paths.size() == 1 ? read_store_version(request_.paths.front()) : std::nullopt;
  if (version) return show_version(*version, check, env);
  const InputFiles inputs = find_input_files(request_, env.files, env.environment);
  const CheckResult result = check_files(inputs, check, env);
  show(result, env);
  note_unused_environment(request_, inputs, env);
  return account(result, env);
}

void ShowCommand::show(const CheckResult& result, CommandEnv& env) const {
  if (form_ == Form::json)
    show_json(result, show_, env);
  else
    show_human(result, show_, env);
}

// What a version of a store comes to.
ExitCode ShowCommand::show_version(const StoreVersionSpec& version, const CheckOptions& check,
                                   CommandEnv& env) {
  const auto store = open_named_store({version.url, is_insecure_store_}, env);
  if (!store) return ExitCode::failure;
  const auto stored = fetch_version(*store, version.version, env);
  if (!stored) return ExitCode::failure;
  const std::string name = "version " + std::to_string(stored->record.version);
  const CheckResult result = check_text(name, restoring::restore(stored->document).text, check, env);
  show(result, env);
  return account(result, env);
}

}  // namespace honua::commands
