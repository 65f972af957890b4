// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "watching/listener.h"

namespace honua::watching {

// How long a program may take that is told of a change.
inline constexpr std::chrono::milliseconds usual_listener_timeout{30'000};

// The words of a command line: quotes and backslashes keep blanks in a word, as in a shell's line; nothing
// else has a meaning. An error tells of a quote that does not end.
[[nodiscard]] Result<std::vector<std::string>> split_command(std::string_view command);

// Runs a program: the event's JSON on its standard input, what is asked for most in variables
// `HONUA_EVENT`, `HONUA_EVENT_SEQUENCE`, `HONUA_EVENT_TOKEN`, `HONUA_EVENT_HASH`,
// `HONUA_EVENT_PREVIOUS_HASH` and `HONUA_EVENT_VERSION`. It runs in a process group of its own, which is
// ended after the timeout.
class ProgramListener final : public Listener {
 public:
  ProgramListener(std::vector<std::string> arguments, std::chrono::milliseconds timeout)
      : arguments_(std::move(arguments)), timeout_(timeout) {}
  [[nodiscard]] std::string name() const override;
  [[nodiscard]] ListenerResult tell(const LoggedEvent& event, int stop) override;

 private:
  std::vector<std::string> arguments_;
  std::chrono::milliseconds timeout_;
};

// `HUP:/run/server.pid`: a signal, by name or number, to the process whose number is in a file.
struct SignalTarget {
  int signal = 0;
  std::string name;  // "HUP"
  std::string file;
};
[[nodiscard]] Result<SignalTarget> read_signal_target(std::string_view text);

// Sends a signal to the process that a file names at that time.
class SignalListener final : public Listener {
 public:
  explicit SignalListener(SignalTarget target) : target_(std::move(target)) {}
  [[nodiscard]] std::string name() const override;
  [[nodiscard]] ListenerResult tell(const LoggedEvent& event, int stop) override;

 private:
  SignalTarget target_;
};

}  // namespace honua::watching
