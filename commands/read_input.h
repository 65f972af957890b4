// SPDX-License-Identifier: MIT
#pragma once

#include "base/file_content.h"
#include "base/result.h"
#include "commands/command.h"
#include "commands/input_files.h"

namespace honua::commands {

// All of a file or of standard input, up to source::max_file_size bytes.
[[nodiscard]] Result<FileContent> read_input(const InputFile& input, CommandEnv& env);

}  // namespace honua::commands
