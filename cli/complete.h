// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <vector>

#include "commands/command.h"

namespace honua::cli {

// `honua __complete ...`, which the files in completions/ call: what may stand where the cursor is, a line
// each, with its description behind a tab; and at the end what the shell adds of its own: `:none`, `:files`
// or `:programs`.
//
//   __complete words INDEX WORD...            words without quotes; INDEX counts from the program's name, 0
//   __complete bash NAME BREAKS POINT LINE    $1, COMP_WORDBREAKS, COMP_POINT and COMP_LINE; of words, only
//   what
//                                             bash replaces is told; ` quoted` at the end where a quote is
//                                             open
//
// Says nothing where it is called otherwise: nobody reads messages while a line is being written.
[[nodiscard]] commands::ExitCode complete(const std::vector<std::string>& arguments,
                                          commands::CommandEnv& env,
                                          std::span<const commands::CommandEntry> table);

}  // namespace honua::cli
