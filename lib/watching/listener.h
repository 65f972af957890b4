// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "base/file_descriptor.h"
#include "watching/event_log.h"

namespace honua::watching {

// What came of telling a listener.
struct ListenerResult {
  std::optional<int> exit_code = std::nullopt;  // of a program
  std::string failure;                          // a clause; "" if it was told
};

// Somebody outside of the process who is told of changes.
class Listener {
 public:
  Listener() = default;
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  virtual ~Listener() = default;

  // What events call it; fit for printing, and without secrets.
  [[nodiscard]] virtual std::string name() const = 0;
  // Tells of an event; may take its time. `stop` is a descriptor that becomes readable when it should end.
  [[nodiscard]] virtual ListenerResult tell(const LoggedEvent& event, int stop) = 0;
};

// A listener that itself changes what is watched would be told for ever. So many times in a row, each with
// exactly one change while it was told, within this time, and it is left alone for a while.
inline constexpr int most_echoes = 5;
inline constexpr std::chrono::milliseconds echo_window{10'000};
inline constexpr std::chrono::milliseconds echo_pause{60'000};
// A change that shows so soon after a listener was told may be its own.
inline constexpr std::chrono::milliseconds echo_delay{50};

// Tells a listener in a thread of its own, one event at a time. While it is busy only the newest event waits;
// those between are counted. What came of it is an event, too.
class ListenerQueue {
 public:
  // The log must outlive it.
  ListenerQueue(std::unique_ptr<Listener> listener, EventLog& log);
  ListenerQueue(const ListenerQueue&) = delete;
  ListenerQueue& operator=(const ListenerQueue&) = delete;
  ~ListenerQueue() { finish(std::chrono::milliseconds(0)); }

  void push(LoggedEventPointer event);
  // Ends it. What waits is told, if what runs and that take no longer.
  void finish(std::chrono::milliseconds patience);

 private:
  using Clock = std::chrono::steady_clock;
  void run();
  void tell(const LoggedEvent& event, std::uint64_t skipped);
  [[nodiscard]] bool is_own(const Event& event) const;
  [[nodiscard]] bool is_echoing(Clock::time_point now);
  void pause(std::unique_lock<std::mutex>& lock);

  std::unique_ptr<Listener> listener_;
  EventLog& log_;
  FileDescriptor stop_;
  std::mutex mutex_;  // of what follows
  std::condition_variable wanted_;
  std::condition_variable idle_;
  LoggedEventPointer waiting_;
  std::uint64_t skipped_ = 0;
  bool is_running_ = false;
  bool is_ending_ = false;
  std::size_t arrived_ = 0;  // since the last telling began
  Clock::time_point began_;  // when the last telling did
  int echoes_ = 0;
  Clock::time_point first_echo_;
  std::optional<Clock::time_point> told_;  // when the last telling ended
  std::thread thread_;
};

}  // namespace honua::watching
