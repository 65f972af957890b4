// SPDX-License-Identifier: MIT
#include "commands/introspect_command.h"

#include <algorithm>
#include <array>
#include <ostream>

#include <CLI/CLI.hpp>

#include "catalog/catalog_json.h"
#include "commands/layer_table.h"
#include "commands/messages.h"
#include "commands/progress.h"
#include "commands/read_catalog.h"
#include "commands/read_count.h"
#include "commands/shared_options.h"
#include "commands/write_output.h"
#include "config/schema.h"
#include "connection/database_connection.h"
#include "rendering/names.h"
#include "text/mask.h"
#include "text/sanitize.h"
#include "text/suggest.h"
#include "text/unicode.h"

namespace honua::commands {

namespace {

void note_unknown_services(const std::vector<std::string>& labels, CommandEnv& env) {
  std::vector<std::string_view> known;
  for (const config::ServiceType& one : config::service_types()) known.push_back(one.id);
  for (const std::string& one : labels) {
    if (std::ranges::find(known, text::ascii_lower(one)) != known.end()) continue;
    const auto near = text::suggest(one, known);
    print_note(env, "the server knows no service " + text::quoted(one) +
                        (near ? ": did you mean " + text::quoted(*near) + "?" : ""));
  }
}

// What was found, and what users have to know of it.
void print_summary(const catalog::Catalog& catalog, const generation::Generated& made, CommandEnv& env) {
  std::string counts = count_of(made.layers, "layer");
  if (made.commented_out > 0) counts += ", " + std::to_string(made.commented_out) + " more commented out";
  if (!catalog.left_out.empty()) counts += ", " + count_of(catalog.left_out.size(), "relation") + " left out";
  print_note(env, catalog.product + ", " + catalog.database + ": " + counts);
  env.err << layer_table(made.plans, catalog.engine);
  for (const std::string& one : catalog.notes) print_note(env, one);
  for (const std::string& one : made.warnings) print_note(env, one);
  for (const catalog::LeftOut& one : catalog.left_out)
    print_note(env, text::quoted(catalog::shown_name(one, catalog.engine)) + " is left out: " + one.reason);
}

}  // namespace

void IntrospectCommand::add_options(CLI::App& app) {
  app.add_option("CONNECTION", connections_, "a file, a URL, a connection string or env(\"NAME\")")
      ->type_name("");
  static constexpr std::array formats = {Choice<OutputFormat>{"hcl", OutputFormat::hcl},
                                         Choice<OutputFormat>{"json", OutputFormat::json}};
  add_text_option(app, "-p,--provider", "NAME",
                  "the kind of database, where the connection does not tell it: postgresql, mysql, sqlite",
                  provider_);
  add_text_option(app, "-o,--output", "FILE", "write this file instead of standard output", output_);
  add_flag(app, "-f,--force", "replace the file if it is there; with --update: also by another database",
           force_);
  add_choice_option(app, "--format", "what to write (default: hcl)", formats, format_);
  add_list_option(app, "--include", "PATTERN",
                  "only relations like this: `road*`, `public.*`; may be repeated", selection_.include);
  add_list_option(app, "--exclude", "PATTERN", "no relations like this; may be repeated", selection_.exclude);
  add_text_option(app, "--table-pattern", "PATTERN", "only relations whose name is LIKE this: `road%`",
                  selection_.like);
  add_text_option(app, "--schema-name", "NAME", "only relations of this schema", selection_.schema);
  add_flag(app, "--include-views", "also views without geometry", selection_.with_views);
  add_flag(app, "--include-system-tables", "also what belongs to the database or is not registered in it",
           read_.with_system);
  add_text_option(app, "--max-tables", "N", "at most so many relations", max_tables_);
  add_text_option(app, "--services", "NAMES", "the services that publish the layers (default: odata)",
                  services_);
  add_text_option(app, "--data-source-id", "NAME", "the data source's label (default: db)", data_source_);
  add_text_option(
      app, "--env-var-name", "NAME",
      "the environment variable that the server takes the connection from (default: DATABASE_URL)",
      generation_.connection_variable);
  add_flag(app, "--layers-only", "write neither data source nor services", generation_.layers_only);
  add_flag(app, "--explicit-fields", "name each column, instead of publishing all that are there",
           generation_.explicit_fields);
  add_flag(app, "--extent", "also the boxes around geometries, where the database has them noted down",
           read_.with_extents);
  add_flag(app, "--no-row-counts", "leave the estimates of rows out of the comments", no_row_counts_);
  add_flag(app, "--no-connection-pool", "write no `pool`", no_pool_);
  add_update_options(app, "make this configuration agree with the database", "the database", update_);
  add_text_option(app, "--timeout", "SECONDS", "how long the database may take (default: 30)", timeout_);
}

bool IntrospectCommand::read_options(CommandEnv& env) {
  if (connections_.size() != 1) {
    print_error(env, connections_.empty() ? "a connection is missing" : "one connection is read at a time",
                {"name a file, or give a connection string in quotes"});
    return false;
  }
  std::optional<std::uint32_t> most;
  std::optional<std::uint32_t> seconds;
  if (!read_count_option(max_tables_, "--max-tables", most, env) ||
      !read_count_option(timeout_, "--timeout", seconds, env))
    return false;
  selection_.at_most = most.value_or(0);
  if (seconds) read_.timeout = std::chrono::seconds(*seconds);
  if (!data_source_.empty()) generation_.data_source = data_source_;
  if (!services_.empty()) generation_.services.clear();
  for (std::size_t at = 0; !services_.empty() && at <= services_.size();) {
    const std::size_t end = std::min(services_.find(',', at), services_.size());
    generation_.services.push_back(services_.substr(at, end - at));
    at = end + 1;
  }
  std::vector<std::string> labels = generation_.services;
  labels.push_back(generation_.data_source);
  for (const std::string& one : labels) {
    if (rendering::is_label(one)) continue;
    print_error(env, text::quoted(one) + " is no label",
                {"labels are made of letters, digits, `_` and `-`, and start with a letter"});
    return false;
  }
  generation_.with_row_counts = !no_row_counts_;
  generation_.with_pool = !no_pool_;
  update_.output = output_;
  if (!update_.file.empty() && format_ == OutputFormat::json) {
    print_error(env, "`--update` and `--format json` exclude each other");
    return false;
  }
  return check_update(update_, env) && check_output(env);
}

generation::UpdateOptions IntrospectCommand::update_options() const {
  generation::UpdateOptions options;
  options.generation = generation_;
  options.data_source = data_source_;
  if (!services_.empty()) options.services = generation_.services;
  options.selection = selection_;
  return options;
}

ExitCode IntrospectCommand::update(const catalog::Catalog& catalog, CommandEnv& env) const {
  bool is_other_database = false;
  UpdateSteps steps;
  steps.make = [&](const syntax::Tree& tree) -> Result<editing::Update> {
    auto made = generation::update(tree, catalog, update_options());
    if (!made) return tl::unexpected(made.error());
    is_other_database = made->is_other_database;
    // The names are told where a configuration is written anew.
    if (!catalog.left_out.empty())
      made->warnings.push_back(catalog.product + ", " + catalog.database + ": " +
                               count_of(catalog.left_out.size(), "relation") +
                               " left out: without `--update` their names and the reasons are told");
    return *std::move(made);
  };
  steps.refuse = [&](const editing::Update& /*update*/) -> std::optional<UpdateSteps::Refusal> {
    if (!is_other_database || update_.only_shows() || force_) return std::nullopt;
    return UpdateSteps::Refusal{
        "none of its layers has its table in " + catalog.database + ", and it is left as it is",
        "is this the right database? `--force` updates by it all the same"};
  };
  return update_file(update_, steps, env);
}

bool IntrospectCommand::check_output(CommandEnv& env) const {
  if (output_.empty() || output_ == "-" || force_ || !env.files.exists(output_)) return true;
  print_error(env, text::quoted(output_) + " is there already",
              {"name another file, or replace it with `--force`"});
  return false;
}

// Whether the output would go over what it is made of.
bool IntrospectCommand::is_database(const connection::DatabaseConnection& connection, CommandEnv& env) const {
  if (connection.kind != connection::DatabaseConnection::Kind::sqlite || output_.empty()) return false;
  const std::string database = env.files.identity(connection.target);
  const auto is_same = [&](const std::string& path) {
    const std::string identity = env.files.identity(path);
    return !identity.empty() && identity == database;
  };
  // What SQLite keeps beside a database are parts of it.
  const auto is_beside = [&](std::string_view ending) {
    return output_.ends_with(ending) && is_same(output_.substr(0, output_.size() - ending.size()));
  };
  return is_same(output_) || is_beside("-wal") || is_beside("-shm") || is_beside("-journal");
}

// Programs get a document that says why there is no catalog. A file is not written.
ExitCode IntrospectCommand::refuse(const std::string& message, ExitCode code, CommandEnv& env) const {
  print_error(env, message);
  const bool writes_file = !output_.empty() && output_ != "-";
  if (format_ == OutputFormat::json && !writes_file)
    env.out << catalog::failure_to_json(text::mask_secrets(message));
  return code;
}

ExitCode IntrospectCommand::run(CommandEnv& env) {
  if (!read_options(env)) return ExitCode::usage;
  const auto connection =
      connection::read_connection(connections_.front(), provider_, env.environment, env.files);
  if (!connection) return refuse(connection.error().message, ExitCode::usage, env);
  if (!connection->variable.empty()) generation_.connection_variable = connection->variable;
  generation_.provider = connection->provider;
  if (is_database(*connection, env)) {
    print_error(env, text::quoted(output_) + " is the database itself, or what SQLite keeps beside it",
                {"name another file"});
    return ExitCode::usage;
  }
  std::vector<std::string> warnings;
  auto catalog = [&] {
    const Progress progress("reading " + std::string(product_name(connection->kind)), env);
    return read_catalog(*connection, read_, warnings);
  }();
  for (const std::string& one : warnings) print_note(env, one);
  if (!catalog) return refuse(catalog.error().message, ExitCode::failure, env);
  if (!update_.file.empty()) return update(*catalog, env);
  for (const std::string& one : catalog::unmatched_patterns(*catalog, selection_))
    print_note(env, "no relation is like " + text::quoted(one) +
                        ": names count with their case, a `,` is one of theirs");
  const std::size_t there = catalog->relations.size();
  catalog::select(*catalog, selection_);
  if (catalog->relations.empty() && there > 0)
    return refuse(
        "none of the " + count_of(there, "relation") + " is asked for, and there is nothing to write",
        ExitCode::failure, env);
  note_unknown_services(generation_.services, env);
  const generation::Generated made = generation::generate(*catalog, generation_);
  print_summary(*catalog, made, env);
  return write_output(output_ == "-" ? "" : output_,
                      format_ == OutputFormat::json ? catalog::to_json(*catalog) : made.text, env);
}

}  // namespace honua::commands
