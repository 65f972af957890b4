// SPDX-License-Identifier: MIT
#include "commands/progress.h"

#include <doctest/doctest.h>

#include <chrono>
#include <map>
#include <sstream>
#include <string>
#include <thread>

#include "base/memory_file_system.h"
#include "cli/testing.h"

namespace honua::commands {

namespace {

// What is written while something takes so long. A tick is much shorter.
std::string written_meanwhile(bool is_terminal, const std::map<std::string, std::string>& variables) {
  std::ostringstream out;
  std::ostringstream err;
  std::istringstream in;
  MemoryFileSystem files;
  const MapEnvironment environment(variables);
  const SystemClock clock;
  CommandEnv env{out, err, in, files, environment, clock, is_terminal, is_terminal};
  {
    const Progress progress("reading SQLite", env, std::chrono::milliseconds(1));
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  CHECK(out.str().empty());
  return err.str();
}

}  // namespace

TEST_CASE("a terminal shows what is waited for, and no trace of it afterwards") {
  const std::string written = written_meanwhile(true, {{"TERM", "xterm"}});
  CHECK(written.starts_with("\r\x1b[Kreading SQLite: 0 s"));
  CHECK(written.ends_with("\r\x1b[K"));
}

TEST_CASE("what is no terminal gets no progress") {
  CHECK(written_meanwhile(false, {{"TERM", "xterm"}}).empty());
  CHECK(written_meanwhile(true, {{"TERM", "dumb"}}).empty());
  CHECK(written_meanwhile(true, {}).empty());
}

TEST_CASE("what is quick leaves nothing on a terminal") {
  std::ostringstream out;
  std::ostringstream err;
  std::istringstream in;
  MemoryFileSystem files;
  const MapEnvironment environment(std::map<std::string, std::string>{{"TERM", "xterm"}});
  const SystemClock clock;
  CommandEnv env{out, err, in, files, environment, clock, true, true};
  { const Progress progress("reading SQLite", env); }
  CHECK(err.str().empty());
}

}  // namespace honua::commands
