// SPDX-License-Identifier: MIT
#include "commands/progress.h"

#include <ostream>
#include <system_error>
#include <utility>

namespace honua::commands {

namespace {

// To the first column, and away with what stands there.
constexpr std::string_view erase_line = "\r\x1b[K";

}  // namespace

Progress::Progress(std::string doing, CommandEnv& env, std::chrono::milliseconds tick)
    : doing_(std::move(doing)), env_(env) {
  const auto terminal = env.environment.get("TERM");
  if (!env.err_is_terminal || !terminal || *terminal == "dumb") return;
  try {
    thread_ = std::thread([this, tick] { tell(tick); });
  } catch (const std::system_error&) {
    // Without a thread to spare there is no line.
  }
}

Progress::~Progress() {
  if (!thread_.joinable()) return;
  {
    const std::scoped_lock lock(mutex_);
    is_over_ = true;
  }
  ended_.notify_one();
  thread_.join();
}

void Progress::tell(std::chrono::milliseconds tick) {
  std::unique_lock lock(mutex_);
  const auto begin = std::chrono::steady_clock::now();
  std::chrono::milliseconds waited{0};
  while (!ended_.wait_until(lock, begin + waited + tick, [this] { return is_over_; })) {
    waited += tick;
    env_.err << erase_line << doing_ << ": "
             << std::chrono::duration_cast<std::chrono::seconds>(waited).count() << " s" << std::flush;
  }
  if (waited.count() > 0) env_.err << erase_line << std::flush;
}

}  // namespace honua::commands
