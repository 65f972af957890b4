// SPDX-License-Identifier: MIT
#include "watching/output_queue.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <utility>

namespace honua::watching {

namespace {

// How long the end of the queue may go unnoticed while the reader does not read.
constexpr int poll_interval = 50;

}  // namespace

OutputQueue::OutputQueue(int descriptor, Callbacks callbacks)
    : descriptor_(descriptor), callbacks_(std::move(callbacks)), thread_([this] { run(); }) {}

void OutputQueue::push(std::string text) {
  const std::scoped_lock lock(mutex_);
  if (is_closed_ || is_ending_) return;
  if (waiting_.empty() && dropped_ == 0 && !is_writing_) text.erase(0, write_at_once(text));
  if (text.empty()) return;
  size_ += text.size();
  waiting_.push_back(std::move(text));
  // The newest one stays, however large.
  while (size_ > max_waiting_output && waiting_.size() > 1) {
    size_ -= waiting_.front().size();
    waiting_.pop_front();
    ++dropped_;
  }
  wanted_.notify_one();
}

// What fits into a pipe that is writable is written without waiting. How much that was.
std::size_t OutputQueue::write_at_once(const std::string& text) const {
  if (text.size() > PIPE_BUF) return 0;
  pollfd waiting{descriptor_, POLLOUT, 0};
  if (::poll(&waiting, 1, 0) != 1 || (waiting.revents & (POLLERR | POLLNVAL)) != 0) return 0;
  const ssize_t written = ::write(descriptor_, text.data(), text.size());
  return written < 0 ? 0 : static_cast<std::size_t>(written);
}

void OutputQueue::finish(std::chrono::milliseconds patience) {
  {
    const std::scoped_lock lock(mutex_);
    if (!is_ending_) deadline_ = Clock::now() + patience;
    is_ending_ = true;
    wanted_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
}

// Waits for the next text; false if there will be none.
bool OutputQueue::take(std::string& text) {
  std::unique_lock lock(mutex_);
  is_writing_ = false;
  wanted_.wait(lock, [this] { return is_ending_ || !waiting_.empty(); });
  is_writing_ = true;
  if (dropped_ > 0) {
    text = callbacks_.dropped(std::exchange(dropped_, 0));
    return true;
  }
  if (waiting_.empty()) return false;
  text = std::move(waiting_.front());
  waiting_.pop_front();
  size_ -= text.size();
  return true;
}

bool OutputQueue::wait_until_writable() {
  while (true) {
    pollfd waiting{descriptor_, POLLOUT, 0};
    const int count = ::poll(&waiting, 1, poll_interval);
    if (count > 0) return true;
    if (count < 0 && errno != EINTR) return true;  // writing tells what is wrong
    const std::scoped_lock lock(mutex_);
    if (is_ending_ && Clock::now() >= deadline_) return false;
  }
}

bool OutputQueue::write_text(std::string_view text) {
  while (!text.empty()) {
    if (!wait_until_writable()) return false;
    // A pipe that is writable takes so much without making us wait.
    const ssize_t written = ::write(descriptor_, text.data(), std::min<std::size_t>(text.size(), PIPE_BUF));
    if (written < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (written < 0) {
      write_error_ = errno;
      return false;
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

void OutputQueue::run() {
  std::string text;
  while (take(text)) {
    if (write_text(text)) continue;
    {
      const std::scoped_lock lock(mutex_);
      is_closed_ = true;
      waiting_.clear();
    }
    if (write_error_ != 0) callbacks_.closed();
    return;
  }
}

}  // namespace honua::watching
