// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace honua::watching {

using Clock = std::chrono::steady_clock;
using TimePoint = Clock::time_point;
using Duration = std::chrono::milliseconds;

struct DebounceOptions {
  Duration quiet{5};        // after a save that is complete: others of the same command follow at once
  Duration open_quiet{60};  // while a file is being written: programs write a file's parts close together
  Duration cap{1000};       // after the first event: a writer that never pauses must not keep changes back
};

// Under a storm of changes the quiet time doubles up to this: about four reloads a second.
inline constexpr Duration longest_quiet{320};
// Reloads that follow each other within this time are a storm, which is over after that time without one.
inline constexpr Duration storm_window{1000};
inline constexpr Duration storm_end{2000};

// Says when changes are to be looked at: after so much quiet, and at the latest after a while. Knows no
// clock: it is told the time.
class Debounce {
 public:
  enum class Event : std::uint8_t {
    written,    // a file is being written, and may be half of what it will be
    completed,  // a writer has closed its file, or another file has taken its place
  };

  explicit Debounce(const DebounceOptions& options) : options_(options), quiet_(options.quiet) {}

  void see(Event event, TimePoint now);
  // When to look; nothing if there is nothing to look at.
  [[nodiscard]] std::optional<TimePoint> due() const;
  // That somebody looks now. `has_changed`: and found something new, which counts as a reload.
  void look(bool has_changed, TimePoint now);

  // When a look would most likely be the last one, though it is not yet due: half of the quiet time behind a
  // complete save, where there is no storm of them.
  [[nodiscard]] std::optional<TimePoint> due_ahead() const {
    if (!first_ || !is_complete_ || quiet_ != options_.quiet) return std::nullopt;
    return last_ + Clock::duration(quiet_) / 2;
  }

  // Of the events that nobody has looked at, when the first came.
  [[nodiscard]] std::optional<TimePoint> first() const { return first_; }

  // The quiet time that counts now.
  [[nodiscard]] Duration quiet() const { return quiet_; }

 private:
  DebounceOptions options_;
  Duration quiet_;
  bool is_complete_ = false;
  std::optional<TimePoint> first_;  // of the events that nobody has looked at
  TimePoint last_;
  std::optional<TimePoint> last_reload_;
};

}  // namespace honua::watching
