// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <istream>
#include <ostream>
#include <string>
#include <vector>

#include "cli/app.h"
#include "cli/fd_stream.h"
#include "commands/command_table.h"

namespace {

// A closed standard stream would give its number to the next file opened, and
// the report would be written there. A stand-in that fails keeps the number.
void occupy_standard_streams() {
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(number, F_GETFD) < 0) (void)::open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
}

// A file that grows beyond what the user may write is an error like a full disk, which leaves nothing behind.
void outlive_size_limits() { (void)std::signal(SIGXFSZ, SIG_IGN); }

}  // namespace

int main(int argc, char** argv) {
  outlive_size_limits();
  occupy_standard_streams();
  honua::cli::FdBuffer in_buffer(STDIN_FILENO);
  honua::cli::FdBuffer out_buffer(STDOUT_FILENO);
  honua::cli::FdBuffer err_buffer(STDERR_FILENO);
  std::istream in(&in_buffer);
  std::ostream out(&out_buffer);
  std::ostream err(&err_buffer);
  honua::RealFileSystem files;
  const honua::ProcessEnvironment environment;
  const honua::SystemClock clock;
  honua::commands::CommandEnv env{out,
                                  err,
                                  in,
                                  files,
                                  environment,
                                  clock,
                                  ::isatty(STDOUT_FILENO) != 0,
                                  ::isatty(STDERR_FILENO) != 0,
                                  STDOUT_FILENO,
                                  ::isatty(STDIN_FILENO) != 0};
  return static_cast<int>(
      honua::cli::run({argv + (argc > 0 ? 1 : 0), argv + argc}, env, honua::commands::all_commands()));
}
