// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>

#include "diagnostics/diagnostics.h"
#include "migration/converted_text.h"

// Internal to the module: lists of variables of the environment.
namespace honua::migration {

// .NET's settings have no limit; the old servers' own reader stopped at 64 levels of JSON.
inline constexpr std::size_t max_variable_levels = 64;

// A list of variables as settings, the way that .NET reads them: `__` (or `:`) in a name separates levels,
// names are the same whatever the case of their letters, and numbers from 0 are the elements of a list. All
// values are texts.
//
// The list has a line `NAME=value` each, as `env`, `export -p`, Docker's env files and systemd's
// EnvironmentFile have it: `export` or `declare -x` in front, values in quotes, which may have several lines,
// comments by `#`; a name alone has no value, and is left out. Where there are NUL bytes, they end the
// entries, as in `/proc/PID/environ`. What is wrong is reported to the sink, and nothing is returned then; of
// variables that are none of the server's the first of one name counts.
[[nodiscard]] std::optional<ConvertedText> read_environment(const source::SourceFile& file,
                                                            diagnostics::Diagnostics& sink);

}  // namespace honua::migration
