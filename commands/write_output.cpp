// SPDX-License-Identifier: MIT
#include "commands/write_output.h"

#include <ostream>

#include "commands/messages.h"
#include "text/sanitize.h"

namespace honua::commands {

bool write_file(const std::string& path, std::string_view text, CommandEnv& env) {
  const auto written = env.files.write_file_atomically(path, text);
  if (!written) print_error(env, "cannot write " + text::quoted(path) + ": " + written.error().message);
  return written.has_value();
}

ExitCode write_output(const std::string& path, std::string_view text, CommandEnv& env) {
  if (path.empty()) {
    env.out << text;
    return ExitCode::done;
  }
  return write_file(path, text, env) ? ExitCode::done : ExitCode::failure;
}

}  // namespace honua::commands
