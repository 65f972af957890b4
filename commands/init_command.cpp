// SPDX-License-Identifier: MIT
#include "commands/init_command.h"

#include <algorithm>
#include <istream>
#include <ostream>
#include <utility>

#include <CLI/CLI.hpp>

#include "commands/messages.h"
#include "commands/progress.h"
#include "commands/read_catalog.h"
#include "commands/shared_options.h"
#include "commands/write_output.h"
#include "connection/database_connection.h"
#include "generation/generate.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::commands {

namespace {

constexpr std::string_view minimal_text =
#include "minimal.hcl.inc"
    ;
constexpr std::string_view production_text =
#include "production.hcl.inc"
    ;
constexpr std::string_view test_text =
#include "test.hcl.inc"
    ;
constexpr std::string_view multi_service_text =
#include "multi-service.hcl.inc"
    ;

// What is first looked for where no path is named.
constexpr const char* usual_output = "honua.config.hcl";

// Where a template's examples begin, which a database's layers take the place of.
constexpr std::string_view data_mark = "# --- data\n";

// Names that Honua's own command line has for the same.
constexpr std::string_view basic = "basic";
constexpr std::string_view prod = "prod";

std::string settings_of(const InitTemplate& chosen) {
  return std::string(chosen.text.substr(0, chosen.text.find(data_mark) + data_mark.size()));
}

}  // namespace

const std::vector<InitTemplate>& init_templates() {
  static const std::vector<InitTemplate> templates = {
      {"minimal", minimal_text, {"ogc_api"}},
      {"production", production_text, {"ogc_api", "wfs"}},
      {"test", test_text, {"ogc_api"}},
      {"multi-service", multi_service_text, {"ogc_api", "wfs", "wms", "odata", "geoservices_rest"}},
  };
  return templates;
}

void InitCommand::add_options(CLI::App& app) {
  app.add_option("CONNECTION", connections_, "a file, a URL, a connection string or env(\"NAME\")")
      ->type_name("");
  // As positions in the list of templates.
  static const std::vector<std::pair<std::string_view, std::size_t>> names = {
      {"minimal", 0}, {"production", 1}, {"test", 2}, {"multi-service", 3}, {basic, 0}, {prod, 1}};
  std::vector<std::string_view> choices;
  choices.reserve(names.size());
  for (const auto& [name, position] : names) choices.push_back(name);
  add_choice_option(app, "-t,--template", "what to begin with (default: minimal)", choices,
                    [this](std::size_t position) { template_ = names[position].second; });
  add_text_option(app, "-o,--output", "FILE",
                  "write this file (default: honua.config.hcl; - for standard output)", output_);
  add_flag(app, "-f,--force", "replace the file if it is there", force_);
  add_text_option(app, "-p,--provider", "NAME",
                  "the kind of database, where the connection does not tell it: postgresql, mysql, sqlite",
                  provider_);
}

bool InitCommand::read_options(CommandEnv& env) {
  if (output_.empty()) output_ = usual_output;
  if (connections_.size() > 1) {
    print_error(env, "one database is read at a time", {"give a connection string in quotes"});
    return false;
  }
  return true;
}

// Whoever types may still say no.
void InitCommand::ask(CommandEnv& env) {
  if (!connections_.empty() || !env.in_is_terminal || !env.err_is_terminal) return;
  env.err << "The database to serve: a file, a URL, a connection string or env(\"NAME\"); empty for none\n> ";
  env.err.flush();
  std::string answer;
  std::getline(env.in, answer);
  const std::string_view connection = text::trimmed(answer);
  if (!connection.empty()) connections_.emplace_back(connection);
}

std::optional<std::string> InitCommand::with_database(CommandEnv& env) {
  const auto fail = [&](const std::string& message) {
    print_error(env, message, {"`honua init` without a connection writes examples in place of layers"});
    return std::nullopt;
  };
  const auto connection =
      connection::read_connection(connections_.front(), provider_, env.environment, env.files);
  if (!connection) return fail(connection.error().message);
  generation::GenerationOptions options;
  if (!connection->variable.empty()) options.connection_variable = connection->variable;
  options.provider = connection->provider;
  const InitTemplate& chosen = init_templates()[template_];
  options.services = chosen.services;
  options.with_services = false;
  std::vector<std::string> warnings;
  const auto catalog = [&] {
    const Progress progress("reading " + std::string(product_name(connection->kind)), env);
    return read_catalog(*connection, {}, warnings);
  }();
  for (const std::string& one : warnings) print_note(env, one);
  if (!catalog) return fail(catalog.error().message);
  const generation::Generated made = generation::generate(*catalog, options);
  print_note(env, catalog->product + ", " + catalog->database + ": " + text::count_of(made.layers, "layer"));
  for (const std::string& one : made.warnings) print_note(env, one);
  print_note(env, "the server takes the connection from the environment variable `" +
                      options.connection_variable + "`");
  return settings_of(chosen) + "\n" + made.text;
}

ExitCode InitCommand::run(CommandEnv& env) {
  if (!read_options(env)) return ExitCode::usage;
  const bool is_file = output_ != "-";
  if (is_file && !force_ && env.files.exists(output_)) {
    print_error(env, text::quoted(output_) + " is there already",
                {"name another file with `--output`, or replace it with `--force`"});
    return ExitCode::failure;
  }
  ask(env);
  std::optional<std::string> text(init_templates()[template_].text);
  if (!connections_.empty()) text = with_database(env);
  if (!text) return ExitCode::failure;
  const ExitCode code = write_output(is_file ? output_ : "", *text, env);
  if (code == ExitCode::done && is_file)
    print_note(env, "wrote " + text::quoted(output_) +
                        ": `honua validate` checks it, also against the database with "
                        "`--full`");
  return code;
}

}  // namespace honua::commands
