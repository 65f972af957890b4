// SPDX-License-Identifier: MIT
#include "commands/held_program.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <optional>
#include <ostream>
#include <thread>
#include <utility>

#include "base/boot_clock.h"
#include "base/descendants.h"
#include "base/file_descriptor.h"
#include "base/process.h"
#include "commands/messages.h"
#include "text/mask.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

using coordination::Lease;
using coordination::Store;
using std::chrono::milliseconds;

// Between renewals: two may fail.
constexpr int renewals_in_lease = 3;
// A system that does not tell of a program's end is asked.
constexpr milliseconds ask_interval{20};

// Renews a lease until it is lost or nobody needs it any more.
class Renewals {
 public:
  Renewals(Store& store, const Lease& lease)
      : store_(store), lease_(lease), renewed_(BootClock::now()), lost_(::eventfd(0, EFD_CLOEXEC)) {
    thread_ = std::thread([this] { run(); });
  }
  Renewals(const Renewals&) = delete;
  Renewals& operator=(const Renewals&) = delete;
  ~Renewals() {
    {
      const std::scoped_lock lock(mutex_);
      is_over_ = true;
    }
    ended_.notify_all();
    thread_.join();
  }

  // Readable once somebody else has the lease.
  [[nodiscard]] int lost() const { return lost_.number(); }
  // Until when it is trusted in, and until when nobody else has it.
  [[nodiscard]] BootClock::time_point trusted_until() const {
    return renewed() + lease_.duration * coordination::trusted_lease_percent / 100;
  }
  [[nodiscard]] BootClock::time_point ends() const { return renewed() + lease_.duration; }
  // What the store said last, if it is in trouble.
  [[nodiscard]] std::string trouble() const {
    const std::scoped_lock lock(mutex_);
    return trouble_;
  }

 private:
  [[nodiscard]] BootClock::time_point renewed() const {
    const std::scoped_lock lock(mutex_);
    return renewed_;
  }

  void run() {
    std::unique_lock lock(mutex_);
    while (!ended_.wait_for(lock, lease_.duration / renewals_in_lease, [this] { return is_over_; })) {
      lock.unlock();
      const auto asked = BootClock::now();
      const auto held = store_.renew(lease_);
      lock.lock();
      trouble_ = held ? "" : held.error().message;
      if (held && *held) renewed_ = asked;
      if (!held || *held) continue;
      const std::uint64_t one = 1;
      [[maybe_unused]] const ssize_t written = ::write(lost_.number(), &one, sizeof one);
      return;
    }
  }

  Store& store_;
  const Lease& lease_;
  mutable std::mutex mutex_;
  std::condition_variable ended_;
  bool is_over_ = false;
  BootClock::time_point renewed_;
  std::string trouble_;
  FileDescriptor lost_;
  std::thread thread_;
};

// Signals that would end us come to a descriptor instead, as long as it lives.
class EndingSignals {
 public:
  EndingSignals() {
    sigset_t set{};
    ::sigemptyset(&set);
    for (const int one : {SIGTERM, SIGINT, SIGHUP, SIGQUIT}) ::sigaddset(&set, one);
    ::pthread_sigmask(SIG_BLOCK, &set, &before_);
    descriptor_ = FileDescriptor(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
  }
  EndingSignals(const EndingSignals&) = delete;
  EndingSignals& operator=(const EndingSignals&) = delete;
  ~EndingSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

  [[nodiscard]] int descriptor() const { return descriptor_.number(); }
  // Those that were meant for us alone: a terminal sends its own to all that runs in it.
  void pass_on_to(const RunningProcess& process) const {
    signalfd_siginfo info{};
    while (::read(descriptor_.number(), &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
      if (info.ssi_code != SI_KERNEL) process.send(static_cast<int>(info.ssi_signo));
    }
  }

 private:
  sigset_t before_{};
  FileDescriptor descriptor_{-1};
};

// Waits for the program's end, a signal, the lease's loss or a time.
void wait_for_something(const RunningProcess& process, const EndingSignals& signals, int lost,
                        BootClock::time_point until) {
  std::array<pollfd, 3> waiting{pollfd{process.descriptor(), POLLIN, 0},
                                pollfd{signals.descriptor(), POLLIN, 0}, pollfd{lost, POLLIN, 0}};
  auto patience = std::chrono::ceil<milliseconds>(until - BootClock::now());
  if (process.descriptor() < 0) patience = std::min(patience, ask_interval);
  (void)::poll(waiting.data(), waiting.size(), static_cast<int>(std::max(patience, milliseconds(0)).count()));
}

bool is_readable(int descriptor, milliseconds patience) {
  pollfd waiting{descriptor, POLLIN, 0};
  return ::poll(&waiting, 1, static_cast<int>(patience.count())) > 0;
}

}  // namespace

ExitCode run_held(Store& store, const Lease& lease, const std::vector<std::string>& words, CommandEnv& env) {
  env.out.flush();
  // What the program leaves behind comes to us, and is found when the lease is lost.
  (void)::prctl(PR_SET_CHILD_SUBREAPER, 1);
  const Descendants descendants;
  const EndingSignals signals;
  auto process = RunningProcess::start(words, {"HONUA_LOCK_FENCE=" + std::to_string(lease.fence)});
  if (!process) {
    print_error(env, "cannot run " + text::quoted(text::mask_secrets(words.front())) + ": " +
                         process.error().message);
    return ExitCode::failure;
  }
  const Renewals renewals(store, lease);
  bool is_taken = false;
  while (!is_taken && BootClock::now() < renewals.trusted_until()) {
    wait_for_something(*process, signals, renewals.lost(), renewals.trusted_until());
    signals.pass_on_to(*process);
    if (const auto code = process->wait(milliseconds(0))) return static_cast<ExitCode>(*code);
    is_taken = is_readable(renewals.lost(), milliseconds(0));
  }
  descendants.send(SIGTERM);
  // Who was stopped for long does not know yet what has become of the lease.
  if (!is_taken) is_taken = is_readable(renewals.lost(), lost_patience / 2);
  const std::string trouble = renewals.trouble();
  print_error(env, is_taken ? "the lease was taken over, and the program is asked to end"
                            : "the lease cannot be renewed in time, and the program is asked to end" +
                                  (trouble.empty() ? "" : ": " + trouble));
  env.err.flush();
  const auto end = std::max(renewals.ends(), BootClock::now() + lost_patience);
  while (BootClock::now() < end && descendants.any())
    (void)process->wait(std::min(ask_interval, std::chrono::ceil<milliseconds>(end - BootClock::now())));
  descendants.end();
  (void)process->wait(milliseconds(0));
  return ExitCode::failure;
}

}  // namespace honua::commands
