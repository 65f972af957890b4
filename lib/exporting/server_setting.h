// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "config/text_parts.h"

// The server's own settings: what it reads from its application settings or from environment variables, not
// from the configuration.
namespace honua::exporting {

enum class SettingForm : std::uint8_t {
  text,
  literal,    // a whole number, `true` or `false`
  reference,  // a text from environment variables, which is known where the server runs
};

struct ServerSetting {
  std::string section;  // "LeaderElection", "Honua:ConfigurationV2"
  std::string name;
  SettingForm form = SettingForm::text;
  std::string text;                          // of a text, and of a literal as JSON has it
  std::vector<config::TextPart> parts = {};  // of a reference, without defaults
};

// What the server calls it: `LeaderElection:KeyPrefix`.
[[nodiscard]] std::string key_of(const ServerSetting& setting);
// The environment variable that it is read from: `LeaderElection__KeyPrefix`.
[[nodiscard]] std::string variable_of(const ServerSetting& setting);
// The names of the variables that a reference is made of, each once.
[[nodiscard]] std::vector<std::string> sources_of(const ServerSetting& setting);

// Whether shells and systemd take it for the name of a variable.
[[nodiscard]] bool is_shell_name(std::string_view name);

}  // namespace honua::exporting
