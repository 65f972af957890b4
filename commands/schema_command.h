// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "commands/command.h"
#include "commands/shared_options.h"

namespace honua::commands {

inline constexpr std::string_view schema_examples =
    "NAME is one of:\n"
    "  configuration    JSON Schema of a configuration in HCL's JSON form (*.hcl.json); the default\n"
    "  report           JSON Schema of what `honua validate --format json` prints\n"
    "  report-line      JSON Schema of each line that `honua validate --format jsonl` prints\n"
    "  baseline         JSON Schema of what `honua validate --write-baseline` writes\n"
    "  show             JSON Schema of what `honua show --format json` prints\n"
    "  snapshot         JSON Schema of what `honua snapshot` writes\n"
    "  plan             JSON Schema of what `honua plan --format json` prints\n"
    "  catalog          JSON Schema of what `honua introspect --format json` prints\n"
    "  migration        JSON Schema of what `honua migrate --report json` prints\n"
    "  store            JSON Schema of what publish, rollback, history and status print as JSON\n"
    "  watch-event      JSON Schema of an event of `honua watch --format jsonl`\n"
    "  blocks           every block and attribute with type, default and meaning\n"
    "\n"
    "Examples:\n"
    "  honua schema > honua.schema.json      for an editor to complete and check *.hcl.json\n"
    "  honua schema blocks | less            to look things up\n"
    "  honua schema blocks --format json     the same for programs";

// `honua schema [NAME]`: what a configuration, or a report about one, may contain.
class SchemaCommand final : public Command {
 public:
  void add_options(CLI::App& app) override;
  [[nodiscard]] ExitCode run(CommandEnv& env) override;

 private:
  enum class Form : std::uint8_t { usual, human, json };

  std::string name_ = "configuration";
  Form form_ = Form::usual;
};

}  // namespace honua::commands
