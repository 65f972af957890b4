// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/file_descriptor.h"
#include "base/result.h"
#include "watching/debounce.h"
#include "watching/directory_watcher.h"
#include "watching/poller.h"
#include "watching/settling.h"
#include "watching/watch_list.h"

namespace honua::watching {

// How often files are asked for where there are no events for them.
inline constexpr Duration usual_poll{1000};
// Whatever tells of changes, files are asked for as often as this: what is found so was missed.
inline constexpr Duration safety_poll{30'000};
// How long after watches could not be had they are asked for again.
inline constexpr Duration watch_retry{60'000};

// What is asked for within this time after it was asked for before comes at its end, once.
inline constexpr Duration reload_spacing{1000};

struct LoopOptions {
  DebounceOptions debounce;
  std::optional<Duration> poll = std::nullopt;  // ask that often, instead of waiting for events
};

// Why somebody looks.
enum class Reason : std::uint8_t {
  start,
  event,   // a file was changed
  poll,    // a file was found changed
  settle,  // what looked like half of a save has stayed so
  reload,  // somebody asked for it
};
[[nodiscard]] std::string_view to_string(Reason reason);

// What was found.
struct Look {
  Settling::Finding finding = Settling::Finding::sound;
  std::string hash;  // of all that was read
  WatchList list;    // where changes of it are to be looked for
};

// Watches files, and tells when there is something new. One thread runs it; only reload() and stop() may be
// called by others, and by what runs in it.
class WatchLoop {
 public:
  struct Callbacks {
    std::function<Look(Reason)> look;
    // Something that is new, has settled and was not told before; or, for a reload, whatever there is.
    std::function<void(const Look&, Reason)> tell;
    // What users have to know: that files are asked for, say. A clause.
    std::function<void(const std::string&)> warn;
    // After each look, told or not. May be empty.
    std::function<void()> looked = {};
  };

  // An error if the system has no descriptors left.
  [[nodiscard]] static Result<std::unique_ptr<WatchLoop>> create(const LoopOptions& options,
                                                                 Callbacks callbacks);
  WatchLoop(const WatchLoop&) = delete;
  WatchLoop& operator=(const WatchLoop&) = delete;
  ~WatchLoop() = default;

  // Calls on_readable in the loop whenever a descriptor, which the caller owns, is readable.
  void add(int descriptor, std::function<void()> on_readable);
  // That somebody wants to know now, changed or not: as soon as run() goes on, unless reloads come too close
  // (reload_spacing). May be called by any thread.
  void reload();
  // That something may have changed which files do not tell of: somebody looks at once, and tells what is
  // new. While files are being saved, that waits for them. By what runs in the loop.
  void look_again() { is_look_wanted_ = true; }
  // Ends run(), as soon as what runs in it returns. May be called by any thread.
  void stop();

  // Until it is stopped, or a time has come: false then.
  bool run(std::optional<TimePoint> until = std::nullopt);

  // When the first event of the change came that is being told; nothing for what no event told of.
  [[nodiscard]] std::optional<TimePoint> change_began() const { return change_began_; }

  struct Counts {
    std::uint64_t events = 0;  // that concerned a name
    std::uint64_t looks = 0;
    std::uint64_t suppressed = 0;  // looks that found nothing new
    std::uint64_t overflows = 0;
    std::uint64_t missed = 0;  // changes that no event told of
  };
  [[nodiscard]] const Counts& counts() const { return counts_; }
  [[nodiscard]] bool is_polling() const { return poll_.has_value(); }
  // How many directories are watched.
  [[nodiscard]] std::size_t watches() const { return watcher_ ? watcher_->size() : 0; }

 private:
  WatchLoop(const LoopOptions& options, Callbacks callbacks, FileDescriptor epoll, FileDescriptor timer,
            FileDescriptor waker);
  void start_watching();
  void set_list(const WatchList& list);
  void look(Reason reason);
  [[nodiscard]] Look look_at_files(Reason reason);
  void look_ahead();
  [[nodiscard]] std::optional<TimePoint> due_ahead() const;
  void wake() const;
  void plan_reload();
  void take_events();
  void poll_files(TimePoint now);
  void act(TimePoint now);
  [[nodiscard]] TimePoint next_time() const;
  void listen(int descriptor) const;

  Callbacks callbacks_;
  FileDescriptor epoll_;
  FileDescriptor timer_;
  FileDescriptor waker_;
  std::atomic<bool> is_stopped_ = false;
  std::atomic<bool> is_reload_wanted_ = false;
  std::optional<DirectoryWatcher> watcher_;
  std::map<int, std::function<void()>> readers_;
  std::optional<Duration> poll_;  // how often files are asked for
  bool polls_only_;               // nobody waits for events
  bool has_warned_of_limit_ = false;
  bool has_warned_of_mount_ = false;
  Debounce debounce_;
  Settling settling_;
  Poller poller_;
  std::optional<WatchList> list_;
  bool is_missed_ = false;  // what is about to be looked at was found by asking alone
  bool is_stale_ = false;   // directories have to be watched anew
  bool is_look_wanted_ = false;
  TimePoint next_poll_;
  std::optional<TimePoint> retry_;
  Reason pending_ = Reason::event;
  // What was found while the quiet time went by, as long as no event came since.
  std::optional<Look> ahead_;
  Clock::duration look_time_{};  // of the last look
  std::optional<TimePoint> change_began_;
  std::optional<TimePoint> reload_;       // when somebody wants to know
  std::optional<TimePoint> last_reload_;  // that was asked for
  Counts counts_;
};

}  // namespace honua::watching
