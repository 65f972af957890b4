// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "watching/event.h"

namespace honua::watching {

// As many events are kept for who asks later, such as a browser that connects again.
inline constexpr std::size_t kept_events = 256;
// ... and no more than so many bytes of them: events of large changes are large.
inline constexpr std::size_t kept_event_bytes = std::size_t{1} << 20U;

// An event that has its place in the log.
struct LoggedEvent {
  Event event;
  std::string json;  // json_line() of it
};
using LoggedEventPointer = std::shared_ptr<const LoggedEvent>;

// Numbers events from 1 on, without a gap, and hands them to all readers in that order. Any thread may
// append.
class EventLog {
 public:
  using Reader = std::function<void(const LoggedEventPointer&)>;
  using Now = std::function<EventTime()>;

  explicit EventLog(Now now) : now_(std::move(now)) {}

  // Calls a reader for every later event, one at a time, on the thread that appends it. Readers must be
  // quick, and must not append. They can be added until the first event.
  void add_reader(Reader reader);
  LoggedEventPointer append(Event event);
  // Those kept that come behind a sequence number; 0 for all.
  [[nodiscard]] std::vector<LoggedEventPointer> since(std::uint64_t sequence) const;
  // Of the last event; 0 before the first.
  [[nodiscard]] std::uint64_t last() const;

 private:
  Now now_;
  mutable std::mutex mutex_;
  std::vector<Reader> readers_;
  std::deque<LoggedEventPointer> kept_;
  std::size_t kept_bytes_ = 0;
  std::uint64_t last_ = 0;
};

}  // namespace honua::watching
