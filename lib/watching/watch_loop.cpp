// SPDX-License-Identifier: MIT
#include "watching/watch_loop.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <utility>

#include "base/file_system.h"

namespace honua::watching {

namespace {

// A reading may find other files than the one before, which have to be watched before they are read.
constexpr int most_looks = 5;

// A look ahead that takes longer gains little, and may be in vain.
constexpr Duration longest_look_ahead{20};

void clear(int descriptor) {
  std::uint64_t count = 0;
  while (read(descriptor, &count, sizeof count) < 0 && errno == EINTR) {
  }
}

timespec time_of(TimePoint when) {
  const auto since = when.time_since_epoch();
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(since);
  return {seconds.count(), std::chrono::duration_cast<std::chrono::nanoseconds>(since - seconds).count()};
}

}  // namespace

std::string_view to_string(Reason reason) {
  switch (reason) {
    case Reason::start: return "start";
    case Reason::event: return "event";
    case Reason::poll: return "poll";
    case Reason::settle: return "settle";
    case Reason::reload: break;
  }
  return "reload";
}

Result<std::unique_ptr<WatchLoop>> WatchLoop::create(const LoopOptions& options, Callbacks callbacks) {
  FileDescriptor epoll(epoll_create1(EPOLL_CLOEXEC));
  FileDescriptor timer(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK));
  FileDescriptor waker(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!epoll.valid() || !timer.valid() || !waker.valid()) return fail(describe_errno(errno));
  std::unique_ptr<WatchLoop> loop(
      new WatchLoop(options, std::move(callbacks), std::move(epoll), std::move(timer), std::move(waker)));
  loop->listen(loop->timer_.number());
  loop->listen(loop->waker_.number());
  if (!loop->polls_only_) loop->start_watching();
  return loop;
}

WatchLoop::WatchLoop(const LoopOptions& options, Callbacks callbacks, FileDescriptor epoll,
                     FileDescriptor timer, FileDescriptor waker)
    : callbacks_(std::move(callbacks)),
      epoll_(std::move(epoll)),
      timer_(std::move(timer)),
      waker_(std::move(waker)),
      poll_(options.poll),
      polls_only_(options.poll.has_value()),
      debounce_(options.debounce) {}

void WatchLoop::listen(int descriptor) const {
  epoll_event wanted{};
  wanted.events = EPOLLIN;
  wanted.data.fd = descriptor;
  (void)epoll_ctl(epoll_.number(), EPOLL_CTL_ADD, descriptor, &wanted);
}

void WatchLoop::add(int descriptor, std::function<void()> on_readable) {
  readers_[descriptor] = std::move(on_readable);
  listen(descriptor);
}

void WatchLoop::wake() const {
  const std::uint64_t one = 1;
  while (write(waker_.number(), &one, sizeof one) < 0 && errno == EINTR) {
  }
}

void WatchLoop::stop() {
  is_stopped_ = true;
  wake();
}

void WatchLoop::reload() {
  is_reload_wanted_ = true;
  wake();
}

void WatchLoop::plan_reload() {
  if (!is_reload_wanted_.exchange(false) || reload_) return;
  const TimePoint now = Clock::now();
  reload_ = last_reload_ ? std::max(now, *last_reload_ + reload_spacing) : now;
}

void WatchLoop::start_watching() {
  auto made = DirectoryWatcher::create();
  if (!made) {
    callbacks_.warn("files are asked for every " + std::to_string(usual_poll.count()) +
                    " ms, since changes cannot be watched: " + made.error().message +
                    " (fs.inotify.max_user_instances)");
    poll_ = usual_poll;
    retry_ = Clock::now() + watch_retry;
    return;
  }
  watcher_.emplace(*std::move(made));
  listen(watcher_->descriptor());
  is_stale_ = true;
}

void WatchLoop::set_list(const WatchList& list) {
  list_ = list;
  is_stale_ = false;
  if (watcher_) {
    const auto failures = watcher_->watch(list);
    const auto limit = std::ranges::find(failures, ENOSPC, &DirectoryWatcher::Failure::number);
    const bool has_mounts = std::ranges::any_of(
        list.directories(), [](const auto& one) { return has_mounted_file(one.first, one.second); });
    const bool is_remote = has_mounts || std::ranges::any_of(list.directories(), [](const auto& one) {
                             return needs_polling(one.first);
                           });
    if (has_mounts && !std::exchange(has_warned_of_mount_, true)) {
      callbacks_.warn("files are asked for every " + std::to_string(usual_poll.count()) +
                      " ms, since one is mounted by itself: a file that replaces it elsewhere does not show "
                      "here, so mount its directory instead");
    }
    if (limit != failures.end() || is_remote) poll_ = usual_poll;
    if (limit == failures.end() && !is_remote) poll_.reset();
    if (limit != failures.end() && !std::exchange(has_warned_of_limit_, true)) {
      callbacks_.warn("files are asked for every " + std::to_string(usual_poll.count()) +
                      " ms, since there are no watches left for `" + limit->directory +
                      "` (fs.inotify.max_user_watches)");
    }
    retry_ = limit != failures.end() ? std::optional(Clock::now() + watch_retry) : std::nullopt;
  }
  poller_.start(list);
  next_poll_ = Clock::now() + poll_.value_or(safety_poll);
}

// Reads until what was read is watched.
Look WatchLoop::look_at_files(Reason reason) {
  // Directories first: what changes after that is told by an event, or by the next poll.
  if (list_ && is_stale_)
    set_list(*list_);
  else if (list_)
    (void)poller_.poll();
  const TimePoint begin = Clock::now();
  Look found;
  for (int looks = 0; looks < most_looks; ++looks) {
    found = callbacks_.look(reason);
    ++counts_.looks;
    if (list_ && found.list == *list_) break;
    set_list(found.list);
  }
  look_time_ = Clock::now() - begin;
  return found;
}

// The quiet time is there to see whether more comes, and can be used meanwhile: what was found counts if
// nothing has come.
void WatchLoop::look_ahead() { ahead_ = look_at_files(Reason::event); }

// When that is worth it.
std::optional<TimePoint> WatchLoop::due_ahead() const {
  const bool is_wanted = pending_ == Reason::event && !ahead_ && look_time_ <= longest_look_ahead;
  return is_wanted ? debounce_.due_ahead() : std::nullopt;
}

void WatchLoop::look(Reason reason) {
  is_look_wanted_ = false;
  const bool is_missed = std::exchange(is_missed_, false);
  const Look found = reason == Reason::event && ahead_ ? *std::move(ahead_) : look_at_files(reason);
  ahead_.reset();
  const TimePoint now = Clock::now();
  // Who starts or asks does not wait for what may become of it.
  const bool at_once = reason == Reason::start || reason == Reason::reload;
  const bool is_new = settling_.tell(found.finding, found.hash, now, at_once);
  change_began_ = reason == Reason::event ? debounce_.first() : std::nullopt;
  // What files do not tell of is no storm of saves.
  if (debounce_.first() || reason == Reason::settle) debounce_.look(is_new, now);
  // Files that are not asked for all the time, and a change that only asking found.
  if (is_new && reason == Reason::poll && !poll_ && is_missed) {
    ++counts_.missed;
    callbacks_.warn("a change was found that no event had told of");
  }
  if (is_new || reason == Reason::reload)
    callbacks_.tell(found, reason);
  else
    ++counts_.suppressed;
  if (callbacks_.looked) callbacks_.looked();
}

void WatchLoop::take_events() {
  const auto events = watcher_->read_events();
  counts_.events += events.count;
  if (events.has_overflowed) ++counts_.overflows;
  if (events.is_structural) is_stale_ = true;
  if (!events.change) return;
  ahead_.reset();
  pending_ = Reason::event;
  is_missed_ = false;
  debounce_.see(*events.change, Clock::now());
}

void WatchLoop::poll_files(TimePoint now) {
  next_poll_ = now + poll_.value_or(safety_poll);
  if (!poller_.poll() || debounce_.due()) return;
  is_stale_ = true;
  is_missed_ = true;
  pending_ = Reason::poll;
  debounce_.see(Debounce::Event::completed, now);
}

TimePoint WatchLoop::next_time() const {
  if (is_look_wanted_ && !debounce_.due()) return Clock::now();
  TimePoint next = next_poll_;
  for (const auto& one : {debounce_.due(), due_ahead(), settling_.due(), retry_, reload_}) {
    if (one) next = std::min(next, *one);
  }
  return next;
}

void WatchLoop::act(TimePoint now) {
  if (retry_ && *retry_ <= now) {
    retry_.reset();
    if (!watcher_) start_watching();
    // Files may have changed since they were last asked for: watched anew, they are looked at.
    is_stale_ = true;
    look_again();
  }
  if (next_poll_ <= now) poll_files(now);
  if (reload_ && *reload_ <= now) {
    reload_.reset();
    last_reload_ = now;
    return look(Reason::reload);
  }
  if (const auto due = debounce_.due()) {
    if (*due <= now) return look(pending_);
    if (const auto ahead = due_ahead(); ahead && *ahead <= now) look_ahead();
  }
  if (is_look_wanted_ && !debounce_.due()) return look(Reason::poll);
  if (const auto due = settling_.due(); due && *due <= now) look(Reason::settle);
}

bool WatchLoop::run(std::optional<TimePoint> until) {
  if (!list_) look(Reason::start);
  while (true) {
    const TimePoint now = Clock::now();
    if (until && *until <= now) return false;
    act(now);
    itimerspec wake{};
    wake.it_value = time_of(until ? std::min(*until, next_time()) : next_time());
    (void)timerfd_settime(timer_.number(), TFD_TIMER_ABSTIME, &wake, nullptr);
    std::array<epoll_event, 16> ready{};
    const int count = epoll_wait(epoll_.number(), ready.data(), static_cast<int>(ready.size()), -1);
    for (int number = 0; number < count; ++number) {
      const int descriptor = ready.at(static_cast<std::size_t>(number)).data.fd;
      if (descriptor == waker_.number()) {
        clear(descriptor);
        if (is_stopped_.exchange(false)) return true;
        plan_reload();
        continue;
      }
      if (descriptor == timer_.number())
        clear(descriptor);
      else if (watcher_ && descriptor == watcher_->descriptor())
        take_events();
      else if (const auto reader = readers_.find(descriptor); reader != readers_.end())
        reader->second();
    }
  }
}

}  // namespace honua::watching
