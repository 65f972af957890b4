// SPDX-License-Identifier: MIT
#include "commands/schema_command.h"

#include <algorithm>
#include <array>
#include <ostream>

#include <CLI/CLI.hpp>

#include "commands/messages.h"
#include "config/block_reference.h"
#include "config/json_schema.h"
#include "text/sanitize.h"
#include "text/suggest.h"

namespace honua::commands {

namespace {

// The files in schemas/ that are written by hand, put in while building.
constexpr std::string_view report_schema =
#include "diagnostics.v1.schema.inc"
    ;
constexpr std::string_view baseline_schema =
#include "baseline.v1.schema.inc"
    ;
constexpr std::string_view report_line_schema =
#include "diagnostics-line.v1.schema.inc"
    ;
constexpr std::string_view show_schema =
#include "show.v1.schema.inc"
    ;

constexpr std::string_view snapshot_schema =
#include "snapshot.v1.schema.inc"
    ;
constexpr std::string_view plan_schema =
#include "plan.v1.schema.inc"
    ;

constexpr std::string_view catalog_schema =
#include "catalog.v1.schema.inc"
    ;
constexpr std::string_view migration_schema =
#include "migration.v1.schema.inc"
    ;

constexpr std::string_view store_schema =
#include "store.v1.schema.inc"
    ;
constexpr std::string_view watch_event_schema =
#include "watch-event.v1.schema.inc"
    ;

constexpr std::array<std::string_view, 12> schema_names = {
    "configuration", "report",  "report-line", "baseline", "show",        "snapshot",
    "plan",          "catalog", "migration",   "store",    "watch-event", "blocks"};

// Of one of these names but `blocks`.
std::string schema_of(std::string_view name) {
  if (name == "report") return std::string(report_schema);
  if (name == "report-line") return std::string(report_line_schema);
  if (name == "baseline") return std::string(baseline_schema);
  if (name == "show") return std::string(show_schema);
  if (name == "snapshot") return std::string(snapshot_schema);
  if (name == "plan") return std::string(plan_schema);
  if (name == "catalog") return std::string(catalog_schema);
  if (name == "migration") return std::string(migration_schema);
  if (name == "store") return std::string(store_schema);
  if (name == "watch-event") return std::string(watch_event_schema);
  return config::json_schema();
}

ExitCode refuse_name(const std::string& given, CommandEnv& env) {
  const auto close = text::suggest(given, schema_names);
  print_error(env, "there is no schema " + text::quoted(given),
              {close ? "did you mean `" + std::string(*close) + "`?"
                     : "there are: `configuration`, `report`, `report-line`, `baseline`, `show`, `snapshot`, "
                       "`plan`, `catalog`, `migration`, `store`, `watch-event`, `blocks`"});
  return ExitCode::usage;
}

}  // namespace

void SchemaCommand::add_options(CLI::App& app) {
  app.add_option("NAME", name_, "what to print the schema of (default: configuration)")
      ->option_text("[NAME]");
  static constexpr std::array forms = {Choice<Form>{"human", Form::human}, Choice<Form>{"json", Form::json}};
  add_choice_option(app, "--format", "of `blocks`; all others are JSON (default: human)", forms, form_);
}

ExitCode SchemaCommand::run(CommandEnv& env) {
  if (name_ == "blocks") {
    env.out << (form_ == Form::json ? config::block_reference_json() : config::block_reference());
    return ExitCode::done;
  }
  if (std::ranges::find(schema_names, name_) == schema_names.end()) return refuse_name(name_, env);
  if (form_ == Form::human) {
    print_error(env, "a JSON Schema has no form for people", {"`honua schema blocks` lists all blocks"});
    return ExitCode::usage;
  }
  env.out << schema_of(name_);
  return ExitCode::done;
}

}  // namespace honua::commands
