// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "commands/command.h"

namespace honua::commands {

// Says on a terminal what is being waited for, and for how long: "reading PostgreSQL: 3 s". Nothing of what
// is quick, and nothing elsewhere. The line is gone once the object is; until then nobody else may write to
// standard error.
class Progress {
 public:
  // What takes less than a tick needs no telling.
  static constexpr std::chrono::milliseconds second{1000};

  // `doing` must be fit for printing. The line changes with each tick.
  Progress(std::string doing, CommandEnv& env, std::chrono::milliseconds tick = second);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  Progress(Progress&&) = delete;
  Progress& operator=(Progress&&) = delete;

 private:
  void tell(std::chrono::milliseconds tick);

  std::string doing_;
  CommandEnv& env_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool is_over_ = false;
  std::thread thread_;  // last: it uses the others
};

}  // namespace honua::commands
