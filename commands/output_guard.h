// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include "commands/command.h"
#include "commands/input_files.h"

namespace honua::commands {

// What two paths share exactly when they lead to the same file, which need not be there yet.
[[nodiscard]] std::string destination_of(const std::string& given, const FileSystem& files);

// What a file to be written has to do with the configuration that is read.
enum class Overlap : std::uint8_t {
  none,
  is_part,        // it is read
  would_be_part,  // it would be the next time, because of its name and its directory
};
[[nodiscard]] Overlap overlap_of(const std::string& output, const InputRequest& request,
                                 const InputFiles& inputs, const CommandEnv& env);

// Whether there is any. Says so on standard error, with `advice` where the file is read.
[[nodiscard]] bool is_configuration(const std::string& output, const InputRequest& request,
                                    const InputFiles& inputs, const std::string& advice, CommandEnv& env);

}  // namespace honua::commands
