// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace honua::watching {

// Text that waits for a slow reader. What is older gives way to what is new beyond that.
inline constexpr std::size_t max_waiting_output = std::size_t{4} << 20U;

// Writes texts to a descriptor in the background, so that a reader who does not read holds up nobody.
class OutputQueue {
 public:
  struct Callbacks {
    // What to write in the place of so many texts that gave way.
    std::function<std::string(std::uint64_t)> dropped;
    // That nobody will read any more, or that writing failed. Called once, on a thread of the queue.
    std::function<void()> closed;
  };

  // The descriptor is the caller's, and stays open as long as this lives. SIGPIPE must be ignored.
  OutputQueue(int descriptor, Callbacks callbacks);
  OutputQueue(const OutputQueue&) = delete;
  OutputQueue& operator=(const OutputQueue&) = delete;
  ~OutputQueue() { finish(std::chrono::milliseconds(0)); }

  // Writes it at once if nothing waits and the reader has room for it.
  void push(std::string text);
  // Ends it; what waits is written if that takes no longer.
  void finish(std::chrono::milliseconds patience);

  // The error number of the first failed write, or 0.
  [[nodiscard]] int write_error() const { return write_error_; }

 private:
  using Clock = std::chrono::steady_clock;
  void run();
  bool take(std::string& text);
  // False once there is no use in going on.
  bool write_text(std::string_view text);
  [[nodiscard]] bool wait_until_writable();
  [[nodiscard]] std::size_t write_at_once(const std::string& text) const;

  int descriptor_;
  Callbacks callbacks_;
  std::atomic<int> write_error_ = 0;
  std::mutex mutex_;  // of what follows
  std::condition_variable wanted_;
  std::deque<std::string> waiting_;
  std::size_t size_ = 0;  // of all that waits, in bytes
  std::uint64_t dropped_ = 0;
  bool is_writing_ = false;  // in the background
  bool is_closed_ = false;
  bool is_ending_ = false;
  Clock::time_point deadline_;
  std::thread thread_;
};

}  // namespace honua::watching
