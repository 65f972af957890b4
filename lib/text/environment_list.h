// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "text/mask.h"

namespace honua::text {

// A variable of a list, and where it stands in it.
struct EnvironmentVariable {
  std::string_view name;
  TextRange name_range;
  std::string value;
  TextRange value_range;  // the name's if there is no value
};

struct EnvironmentListError {
  TextRange range;
  std::string message;  // says nothing of values
};

struct EnvironmentList {
  std::vector<EnvironmentVariable> variables;  // in their order; names may repeat
  std::vector<EnvironmentListError> errors;
};

// A list of environment variables, a line `NAME=value` each, as `env`, `export -p`, Docker's env files and
// systemd's EnvironmentFile have it: `export` or `declare -x` in front, values in quotes, which may have
// several lines, comments by `#`; a name alone has no value, and is left out. Where there are NUL bytes, they
// end the entries, as in `/proc/PID/environ`. `begin`: where the list begins in the text, which must outlive
// the result.
[[nodiscard]] EnvironmentList read_environment_list(std::string_view text, std::size_t begin = 0);

}  // namespace honua::text
