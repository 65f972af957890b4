// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/reader.h"
#include "catalog/selection.h"
#include "commands/command.h"
#include "commands/update_file.h"
#include "connection/database_connection.h"
#include "generation/generate.h"
#include "generation/update.h"

namespace honua::commands {

inline constexpr std::string_view introspect_examples =
    "Examples:\n"
    "  honua introspect city.gpkg                       to standard output\n"
    "  honua introspect city.gpkg -o city.hcl --services ogc_api,wfs\n"
    "  honua introspect 'Data Source=city.db' --include 'road*' --explicit-fields\n"
    "  honua introspect 'env(\"CITY_DB\")' --schema-name public\n"
    "  honua introspect city.gpkg --format json         what the database says, for programs\n"
    "  honua introspect city.gpkg --update city.hcl --diff      what is new, gone or different\n"
    "  honua introspect city.gpkg --update city.hcl --check     the same for scripts: 1 if anything is\n"
    "\n"
    "One layer for each column of geometries, and one for each table without. Nothing is invented: a layer\n"
    "that no column identifies the rows of is written as a comment, with the reason. The connection is not\n"
    "written: the configuration takes it from the environment. The database is only read.\n"
    "\n"
    "--update adds layers for what is new, corrects what the database contradicts, and marks by a comment\n"
    "what is gone. Everything else in the file stays as it is; layers that are commented out stay so.\n"
    "\n"
    "Exit codes: 0 written, 1 with --check: the file and the database differ, 2 wrong usage, 3 the\n"
    "database or a file could not be read or written.";

// `honua introspect CONNECTION`
class IntrospectCommand final : public Command {
 public:
  void add_options(CLI::App& app) override;
  [[nodiscard]] ExitCode run(CommandEnv& env) override;

 private:
  enum class OutputFormat : std::uint8_t { hcl, json };

  [[nodiscard]] bool read_options(CommandEnv& env);
  [[nodiscard]] bool check_output(CommandEnv& env) const;
  [[nodiscard]] bool is_database(const connection::DatabaseConnection& connection, CommandEnv& env) const;
  [[nodiscard]] ExitCode refuse(const std::string& message, ExitCode code, CommandEnv& env) const;
  [[nodiscard]] generation::UpdateOptions update_options() const;
  [[nodiscard]] ExitCode update(const catalog::Catalog& catalog, CommandEnv& env) const;

  std::vector<std::string> connections_;
  std::string provider_;
  std::string output_;
  bool force_ = false;
  bool no_row_counts_ = false;
  bool no_pool_ = false;
  std::string services_;
  std::string max_tables_;
  std::string timeout_;
  OutputFormat format_ = OutputFormat::hcl;
  catalog::ReadOptions read_;
  catalog::Selection selection_;
  generation::GenerationOptions generation_;
  std::string data_source_;
  UpdateRequest update_;
};

}  // namespace honua::commands
