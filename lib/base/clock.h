// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

namespace honua {

// What time it is, in UTC.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual std::chrono::sys_seconds now() const = 0;
  // The same for events, of which there may be several a second.
  [[nodiscard]] virtual std::chrono::sys_time<std::chrono::milliseconds> now_precisely() const {
    return now();
  }
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] std::chrono::sys_seconds now() const override {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  }
  [[nodiscard]] std::chrono::sys_time<std::chrono::milliseconds> now_precisely() const override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
};

// Stands still: for tests.
class FixedClock final : public Clock {
 public:
  explicit FixedClock(std::chrono::sys_seconds now) : now_(now) {}
  [[nodiscard]] std::chrono::sys_seconds now() const override { return now_; }

 private:
  std::chrono::sys_seconds now_;
};

}  // namespace honua
