// SPDX-License-Identifier: MIT
#include "watching/listener.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace honua::watching {

ListenerQueue::ListenerQueue(std::unique_ptr<Listener> listener, EventLog& log)
    : listener_(std::move(listener)),
      log_(log),
      stop_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      thread_([this] { run(); }) {}

void ListenerQueue::push(LoggedEventPointer event) {
  const std::scoped_lock lock(mutex_);
  if (is_ending_) return;
  ++arrived_;
  if (std::exchange(waiting_, std::move(event))) ++skipped_;
  wanted_.notify_all();
}

void ListenerQueue::finish(std::chrono::milliseconds patience) {
  {
    std::unique_lock lock(mutex_);
    is_ending_ = true;
    wanted_.notify_all();
    idle_.wait_for(lock, patience, [this] { return !is_running_ && !waiting_; });
    waiting_.reset();
  }
  const std::uint64_t one = 1;
  while (write(stop_.number(), &one, sizeof one) < 0 && errno == EINTR) {
  }
  if (thread_.joinable()) thread_.join();
}

// Whether a change was seen while the listener was told last, or just after.
bool ListenerQueue::is_own(const Event& event) const {
  return event.seen && told_ && *event.seen >= began_ && *event.seen <= *told_ + echo_delay;
}

// Whether what waits is the listener's own doing, once too often.
bool ListenerQueue::is_echoing(Clock::time_point now) {
  const bool is_echo = arrived_ == 1 && is_own(waiting_->event);
  arrived_ = 0;
  if (!is_echo || (echoes_ > 0 && now - first_echo_ > echo_window)) echoes_ = 0;
  if (!is_echo) return false;
  if (echoes_++ == 0) first_echo_ = now;
  if (echoes_ < most_echoes) return false;
  echoes_ = 0;
  return true;
}

void ListenerQueue::pause(std::unique_lock<std::mutex>& lock) {
  Event event = event_of(EventKind::warning);
  event.listener = listener_->name();
  event.message = "each time the listener was told, the configuration changed: it is told nothing for " +
                  std::to_string(echo_pause.count() / 1000) + " s";
  lock.unlock();
  log_.append(std::move(event));
  lock.lock();
  wanted_.wait_for(lock, echo_pause, [this] { return is_ending_; });
}

void ListenerQueue::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wanted_.wait(lock, [this] { return waiting_ || is_ending_; });
    if (waiting_ && is_echoing(Clock::now())) pause(lock);
    if (!waiting_) return;
    const LoggedEventPointer event = std::exchange(waiting_, nullptr);
    const std::uint64_t skipped = std::exchange(skipped_, 0);
    is_running_ = true;
    began_ = Clock::now();
    lock.unlock();
    tell(*event, skipped);
    lock.lock();
    is_running_ = false;
    told_ = Clock::now();
    idle_.notify_all();
  }
}

void ListenerQueue::tell(const LoggedEvent& event, std::uint64_t skipped) {
  const auto begin = Clock::now();
  const ListenerResult result = listener_->tell(event, stop_.number());
  Event told = event_of(EventKind::listener);
  told.listener = listener_->name();
  told.token = event.event.token;
  told.hash = event.event.hash;
  told.exit_code = result.exit_code;
  told.skipped = skipped;
  told.milliseconds = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
  told.message = result.failure;
  log_.append(std::move(told));
}

}  // namespace honua::watching
