// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "endpoint/endpoint.h"
#include "watching/event.h"
#include "watching/watch_loop.h"

namespace honua::commands {

// A look that takes longer than this is taken for stuck.
inline constexpr std::chrono::seconds longest_look{60};

// How a watch does, for whoever asks over HTTP. Any thread may call.
class WatchStatus {
 public:
  // Of the loop's thread.
  void begin_look();
  void end_look(const watching::WatchLoop& loop);
  void note(const watching::Event& event);

  [[nodiscard]] endpoint::Answer health() const;
  [[nodiscard]] endpoint::Answer ready() const;
  [[nodiscard]] endpoint::Answer version() const;
  [[nodiscard]] endpoint::Answer metrics() const;

 private:
  struct Kept {
    std::optional<watching::TimePoint> looks_since;
    std::string hash;  // of what runs; "" before there is something
    std::uint64_t token = 0;
    std::optional<std::uint64_t> store_version;
    watching::EventTime applied;  // when what runs began to
    bool is_degraded = false;     // what is there cannot be used
    std::uint64_t changed = 0;
    std::uint64_t unchanged = 0;
    std::uint64_t rejected = 0;
    std::uint64_t missing = 0;
    std::uint64_t listeners = 0;
    std::uint64_t failed_listeners = 0;
    double seconds = 0;  // that the last reload took
    watching::WatchLoop::Counts counts;
    std::size_t watches = 0;
    bool is_polling = false;
  };
  [[nodiscard]] Kept copy() const;

  mutable std::mutex mutex_;
  Kept kept_;
};

}  // namespace honua::commands
