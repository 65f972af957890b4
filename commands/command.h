// SPDX-License-Identifier: MIT
#pragma once

#include <iosfwd>
#include <memory>
#include <string_view>

#include "base/clock.h"
#include "base/environment.h"
#include "base/file_system.h"

namespace CLI {
class App;
}

namespace honua::commands {

// What the process tells its caller; the same for every command.
enum class ExitCode : int {
  done = 0,      // nothing at or above the threshold
  findings = 1,  // done, and there is something to look at
  usage = 2,     // the command line is wrong
  failure = 3,   // the work could not be done: a file, a database, a defect of ours
};

// The world as a command sees it; tests bring their own. All that it refers to
// outlives the command.
struct CommandEnv {
  std::ostream& out;  // the report that was asked for
  std::ostream& err;  // progress, failures, what was not done
  std::istream& in;
  FileSystem& files;
  const Environment& environment;
  const Clock& clock;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  int out_descriptor = -1;  // of `out`, for who may not wait for its reader; -1 where it has none
  bool in_is_terminal = false;
};

// One subcommand. An object serves one invocation: add_options() ties the
// options to its members, the command line is parsed, then run() is called.
class Command {
 public:
  virtual ~Command() = default;
  virtual void add_options(CLI::App& app) = 0;
  [[nodiscard]] virtual ExitCode run(CommandEnv& env) = 0;
};

// A subcommand's line in the table of commands.
struct CommandEntry {
  std::string_view name;
  std::string_view summary;       // one line for `honua --help`
  std::string_view config_alias;  // NAME of `honua config NAME`, which means the same; or ""
  std::string_view examples;      // printed at the end of the command's help
  std::unique_ptr<Command> (*make)();
};

}  // namespace honua::commands
