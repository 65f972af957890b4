// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/check_files.h"
#include "commands/command.h"
#include "commands/input_files.h"
#include "commands/shared_options.h"
#include "exporting/server_setting.h"

namespace honua::commands {

inline constexpr std::string_view export_examples =
    "Examples:\n"
    "  honua export --target upstream --config-path /etc/honua/server.hcl -o honua.env conf/\n"
    "  honua export --target upstream --environment production conf/\n"
    "  honua export --target upstream --format json -o appsettings.Production.json conf/\n"
    "\n"
    "The server takes connections, replicas, high availability and the election of a leader from settings\n"
    "of its own: environment variables, or application settings in JSON. What the configuration says of\n"
    "them is written so; what has no place there is listed on standard error.\n"
    "\n"
    "env is read alike by systemd's EnvironmentFile=, by `sh` and by `docker run --env-file`, apart from\n"
    "values in quotes, which Docker takes with their quotes: they are told. Values from the environment are\n"
    "comments such as `# NAME=\"${DATABASE_URL}\"`: shells put variables in, systemd and Docker do not. "
    "JSON\n"
    "leaves them out, which is told. Secrets that stand in the configuration are never written.\n"
    "\n"
    "Exit codes: 0 written, 1 the configuration has errors, or values that the server refuses, 2 wrong\n"
    "usage, 3 something could not be read or written.";

// `honua export [PATH...] --target upstream`: the server's own settings.
class ExportCommand final : public Command {
 public:
  void add_options(CLI::App& app) override;
  [[nodiscard]] ExitCode run(CommandEnv& env) override;

 private:
  enum class Form : std::uint8_t { env, json };
  using Settings = std::vector<exporting::ServerSetting>;

  [[nodiscard]] bool check_usage(CommandEnv& env) const;
  [[nodiscard]] bool is_free(const InputFiles& inputs, CommandEnv& env) const;
  // Nothing if the server would refuse some, which is told.
  [[nodiscard]] std::optional<Settings> settings_of(const CheckResult& result, CommandEnv& env) const;
  // In the form that was asked for; tells what could not be written in it.
  [[nodiscard]] std::string text_of(const Settings& settings, CommandEnv& env) const;
  void note_references(const Settings& settings, CommandEnv& env) const;

  InputRequest request_;
  CheckOptions check_;
  std::optional<config::Target> target_;
  Form form_ = Form::env;
  std::string config_path_;
  std::string output_;
  Color color_ = Color::automatic;
};

}  // namespace honua::commands
