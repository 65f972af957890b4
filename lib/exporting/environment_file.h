// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <vector>

#include "exporting/server_setting.h"

namespace honua::exporting {

struct EnvironmentFile {
  std::string text;
  // Variables whose values stand in quotes, which `docker run --env-file` takes for a part of the value.
  std::vector<std::string> quoted;
  // Why settings are not in it, a sentence each.
  std::vector<std::string> left_out;
};

// Settings as a list of environment variables, a line `NAME=value` each. Values without characters that mean
// something to shells stand as they are: systemd's EnvironmentFile, `sh` and Docker read them alike. Others
// are in quotes, for systemd and `sh`. References are comments: systemd and Docker put no variables in, and
// would hand the server the text `${NAME}`.
[[nodiscard]] EnvironmentFile write_environment(std::span<const ServerSetting> settings);

}  // namespace honua::exporting
