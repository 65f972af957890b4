// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/command.h"
#include "commands/shared_options.h"
#include "commands/update_file.h"
#include "migration/migration.h"

namespace honua::commands {

inline constexpr std::string_view migrate_examples =
    "Examples:\n"
    "  honua migrate metadata.json                            the configuration, on standard output\n"
    "  honua migrate metadata.json -o honua.hcl --verify      a file, read again to prove that nothing is "
    "lost\n"
    "  honua migrate metadata.json -o honua.hcl --residue rest.json --report markdown\n"
    "  honua migrate metadata.json -o honua.hcl --write-env honua.env\n"
    "  honua migrate metadata.json --appsettings appsettings.json --environ honua.env -o honua.hcl\n"
    "  honua migrate metadata.json --update honua.hcl --diff  what is new since it was migrated\n"
    "\n"
    "What the configuration has no place for is kept in comments that begin with `# legacy`, or in the\n"
    "file that `--residue` names. Secrets are replaced by variables of the environment, also there.\n"
    "\n"
    "--update adds blocks and settings that the file lacks, and the comments. What it says otherwise stays\n"
    "and is told, unless --overrule is given; all else stays as it is.\n"
    "\n"
    "Exit codes: 0 written, 1 the document has errors, with --strict something has no place, or with\n"
    "--check the file and the documents differ,\n"
    "2 wrong usage, 3 something could not be read or written.";

// `honua migrate METADATA`: a configuration from the metadata of older servers, or their settings.
class MigrateCommand final : public Command {
 public:
  void add_options(CLI::App& app) override;
  [[nodiscard]] ExitCode run(CommandEnv& env) override;

 private:
  enum class Report : std::uint8_t { none, human, json, markdown };
  struct Output {
    std::string path;  // "" for standard output
    std::string text;
  };

  [[nodiscard]] bool check_usage(CommandEnv& env) const;
  [[nodiscard]] bool check_outputs(CommandEnv& env) const;
  [[nodiscard]] bool are_apart(CommandEnv& env) const;
  [[nodiscard]] bool can_be_written(CommandEnv& env) const;
  // `text`: all sections of what was made.
  [[nodiscard]] std::vector<Output> outputs(const migration::Migration& made, const std::string& text) const;
  [[nodiscard]] ExitCode write_all(const migration::Migration& made, const std::string& text,
                                   CommandEnv& env) const;
  // Brings what was made into the file that `--update` names.
  [[nodiscard]] ExitCode update(const migration::Migration& made, CommandEnv& env) const;
  // What is written apart from the configuration; whether all could be.
  [[nodiscard]] bool write_beside(const migration::Migration& made, CommandEnv& env) const;
  void note_other_files(const std::vector<Output>& files, CommandEnv& env) const;
  [[nodiscard]] ExitCode strict_result(const migration::Migration& made, CommandEnv& env) const;
  void print_account(const migration::Migration& made, CommandEnv& env) const;
  // All that are read, in the order of their weight.
  [[nodiscard]] std::vector<std::string> inputs() const;
  // Nothing if one cannot be read, which is told.
  [[nodiscard]] std::optional<migration::Documents> read_documents(source::SourceSet& sources,
                                                                   CommandEnv& env) const;
  [[nodiscard]] bool write_variables(const migration::Migration& made, CommandEnv& env) const;
  // Whether what is to be written holds all of the document, if that was asked for; says so if not.
  [[nodiscard]] bool is_complete(const migration::Migration& made, const std::string& text,
                                 CommandEnv& env) const;
  // What is wrong with the configuration.
  void print_errors(const std::string& text, CommandEnv& env) const;

  std::vector<std::string> documents_;
  std::vector<std::string> settings_;
  std::vector<std::string> environments_;
  std::string output_;
  UpdateRequest update_;
  bool force_ = false;
  bool overrules_ = false;
  bool split_ = false;
  bool strict_ = false;
  bool verify_ = false;
  std::string residue_;
  std::string variables_;
  std::string environment_;
  Report report_ = Report::none;
  migration::MigrationOptions options_;
  Color color_ = Color::automatic;
};

}  // namespace honua::commands
