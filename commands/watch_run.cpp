// SPDX-License-Identifier: MIT
#include "commands/watch_run.h"

#include <malloc.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <new>
#include <ostream>
#include <utility>

#include "commands/environment_option.h"
#include "commands/messages.h"
#include "commands/watch_plan.h"
#include "restoring/restore.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

using watching::Event;
using watching::event_of;
using watching::EventKind;
using watching::LoggedEventPointer;
using watching::Reason;
using Finding = watching::Settling::Finding;

// What a large configuration leaves behind is given back to the system.
constexpr std::size_t large_snapshot = std::size_t{1} << 20U;

constexpr std::array handled_signals = {SIGINT, SIGTERM, SIGHUP, SIGUSR1};

sigset_t handled_set() {
  sigset_t set;
  sigemptyset(&set);
  for (const int one : handled_signals) sigaddset(&set, one);
  return set;
}

// Signals that are read instead of acted upon, and a reader's end that is no reason to die; until it ends.
class SignalsHeld {
 public:
  SignalsHeld() : pipe_(std::signal(SIGPIPE, SIG_IGN)) {
    const sigset_t set = handled_set();
    (void)pthread_sigmask(SIG_BLOCK, &set, &mask_);
  }
  SignalsHeld(const SignalsHeld&) = delete;
  SignalsHeld& operator=(const SignalsHeld&) = delete;
  ~SignalsHeld() {
    (void)pthread_sigmask(SIG_SETMASK, &mask_, nullptr);
    (void)std::signal(SIGPIPE, pipe_);
  }
  // Whoever asks once more to end gets it at once.
  static void release_ending() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    (void)pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
  }

 private:
  sigset_t mask_{};
  void (*pipe_)(int);
};

// Each look needs about as much memory as the one before: asking the system for it again, page by page, would
// be a tenth of a small one. What is more is given back.
void keep_memory() {
  constexpr int kept = 4 << 20;
  (void)::mallopt(M_TRIM_THRESHOLD, kept);
  (void)::mallopt(M_MMAP_THRESHOLD, kept);
}

timespec timespec_of(std::chrono::nanoseconds time) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time);
  return {seconds.count(), (time - seconds).count()};
}

double milliseconds_since(watching::TimePoint begin) {
  return std::chrono::duration<double, std::milli>(watching::Clock::now() - begin).count();
}

}  // namespace

WatchRun::WatchRun(const WatchSettings& settings, std::vector<std::unique_ptr<watching::Listener>> listeners,
                   CommandEnv& env)
    : settings_(settings),
      env_(env),
      service_manager_(env.environment),
      log_([&env] { return env.clock.now_precisely(); }),
      waiting_listeners_(std::move(listeners)) {}

WatchRun::~WatchRun() = default;

ExitCode WatchRun::run() {
  const SignalsHeld signals;
  keep_memory();
  if (!start()) return ExitCode::failure;
  std::optional<watching::TimePoint> until;
  if (settings_.timeout) until = watching::Clock::now() + *settings_.timeout;
  if (!loop_->run(until)) {
    // Who waits for an event has not got it.
    code_ = settings_.once || !source_ ? ExitCode::failure : ExitCode::done;
    end_reason_ = "timeout";
  }
  SignalsHeld::release_ending();
  finish();
  return code_;
}

bool WatchRun::start() {
  log_.add_reader([this](const LoggedEventPointer& one) { status_.note(one->event); });
  if (!start_state() || !start_loop()) return false;
  start_output();
  if (!start_store()) return false;
  for (const std::string& one : std::exchange(early_warnings_, {})) warn(one);
  if (!start_endpoint()) return false;
  for (auto& one : waiting_listeners_)
    listeners_.push_back(std::make_unique<watching::ListenerQueue>(std::move(one), log_));
  waiting_listeners_.clear();
  start_watchdog();
  if (!settings_.output.empty()) {
    start_timer(writing_, write_interval, [this] {
      if (!is_unwritten_) return;
      has_new_role_ = true;
      loop_->reload();
    });
  }
  return true;
}

bool WatchRun::start_state() {
  if (settings_.state.empty()) return true;
  auto opened = WatchState::open(settings_.state);
  if (!opened) {
    print_error(env_, "`--state`: " + opened.error().message);
    return false;
  }
  state_.emplace(*std::move(opened));
  return true;
}

void WatchRun::start_output() {
  has_output_ = true;
  const auto text_of = [format = settings_.format](const watching::LoggedEvent& one) {
    return format == EventFormat::text ? watching::event_text(one.event) : one.json;
  };
  if (env_.out_descriptor < 0) {
    log_.add_reader(
        [this, text_of](const LoggedEventPointer& one) { env_.out << text_of(*one) << std::flush; });
  } else {
    watching::OutputQueue::Callbacks callbacks;
    callbacks.dropped = [this, text_of](std::uint64_t count) {
      Event event = event_of(EventKind::dropped);
      event.dropped = count;
      event.time = env_.clock.now_precisely();
      return text_of({event, watching::json_line(event)});
    };
    callbacks.closed = [this] { loop_->stop(); };
    output_ = std::make_unique<watching::OutputQueue>(env_.out_descriptor, std::move(callbacks));
    log_.add_reader([this, text_of](const LoggedEventPointer& one) { output_->push(text_of(*one)); });
  }
}

bool WatchRun::start_loop() {
  watching::WatchLoop::Callbacks callbacks;
  callbacks.look = [this](Reason reason) { return look(reason); };
  callbacks.tell = [this](const watching::Look& found, Reason reason) { tell(found, reason); };
  callbacks.warn = [this](const std::string& message) { warn(message); };
  callbacks.looked = [this] { status_.end_look(*loop_); };
  auto loop = watching::WatchLoop::create(settings_.loop, std::move(callbacks));
  if (!loop) {
    print_error(env_, "files cannot be watched: " + loop.error().message);
    return false;
  }
  loop_ = *std::move(loop);
  const sigset_t set = handled_set();
  signals_.emplace(signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
  if (signals_->valid()) loop_->add(signals_->number(), [this] { read_signals(); });
  return true;
}

bool WatchRun::start_endpoint() {
  if (settings_.address.empty()) return true;
  endpoint::Handlers handlers;
  handlers.health = [this] { return status_.health(); };
  handlers.ready = [this] { return status_.ready(); };
  handlers.version = [this] { return status_.version(); };
  handlers.metrics = [this] { return status_.metrics(); };
  handlers.reload = [this](Answered asker) { add_asker(std::move(asker)); };
  auto started = endpoint::Endpoint::start({settings_.address, settings_.token}, std::move(handlers), log_);
  if (!started) {
    print_error(env_, "`--listen`: " + started.error().message);
    return false;
  }
  endpoint_ = *std::move(started);
  print_note(env_, "listens at http://" + endpoint_->address());
  env_.err.flush();
  return true;
}

void WatchRun::add_timer(std::optional<FileDescriptor>& timer, std::function<void()> on_tick) {
  timer.emplace(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK));
  loop_->add(timer->number(), [number = timer->number(), tick = std::move(on_tick)] {
    std::uint64_t count = 0;
    if (read(number, &count, sizeof count) > 0) tick();
  });
}

void WatchRun::start_timer(std::optional<FileDescriptor>& timer, std::chrono::milliseconds period,
                           std::function<void()> on_tick) {
  add_timer(timer, std::move(on_tick));
  const timespec time = timespec_of(period);
  const itimerspec often{time, time};
  (void)timerfd_settime(timer->number(), 0, &often, nullptr);
}

void WatchRun::set_timer(std::optional<FileDescriptor>& timer, std::chrono::nanoseconds left,
                         std::function<void()> on_tick) {
  if (!timer) add_timer(timer, std::move(on_tick));
  // Of 0 it would never tick.
  const itimerspec once{{}, timespec_of(std::max(left, std::chrono::nanoseconds(1)))};
  (void)timerfd_settime(timer->number(), 0, &once, nullptr);
}

// A service manager that hears nothing takes the loop for stuck.
void WatchRun::start_watchdog() {
  if (const auto period = service_manager_.watchdog())
    start_timer(watchdog_, *period, [this] { service_manager_.tell("WATCHDOG=1"); });
}

void WatchRun::finish() {
  service_manager_.tell("STOPPING=1");
  // Who waits for one event waits for those who are told of it, too.
  const auto patience = settings_.once ? std::chrono::hours(1) : listener_patience;
  // Others need not wait for that.
  if (session_) session_->leave();
  const auto end = watching::Clock::now() + patience;
  for (const auto& one : listeners_) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - watching::Clock::now());
    one->finish(std::max(left, std::chrono::milliseconds(0)));
  }
  Event event = event_of(EventKind::stopped, end_reason_);
  if (source_) event.hash = running().sound.hash;
  const LoggedEventPointer told = log_.append(std::move(event));
  take_askers();
  answer_askers(*told);
  endpoint_.reset();
  if (!output_) return;
  output_->finish(reader_patience);
  const int error = output_->write_error();
  // A reader that goes away has seen enough.
  if (error == 0 || error == EPIPE) return;
  print_error(env_, "cannot write to standard output: " + describe_errno(error));
  code_ = ExitCode::failure;
}

watching::Look WatchRun::look(Reason reason) {
  const auto begin = watching::Clock::now();
  status_.begin_look();
  if (reason == Reason::reload) {
    // Somebody may have asked for the same as we.
    if (is_reload_requested_.exchange(false)) has_new_role_ = false;
    if (!has_new_role_) service_manager_.tell_reloading();
    take_askers();
  }
  candidate_ = load();
  looked_ = begin;
  list_ = candidate_->look.list;
  if (session_) {
    wait_until_due();
    vote();
  }
  if (reason == Reason::start && !follows() && !std::exchange(has_noted_, true)) {
    note_unused_environment(settings_.inputs.request, candidate_->found, env_);
    note_unread_files(candidate_->found, env_, "watched");
    env_.err.flush();
  }
  return candidate_->look;
}

std::unique_ptr<Candidate> WatchRun::load() {
  try {
    if (follows()) return load_followed();
    if (is_held_back_) return load_held_back();
    return load_candidate(settings_.inputs, digest_, env_);
  } catch (const std::bad_alloc&) {
    auto candidate = std::make_unique<Candidate>();
    candidate->failures.emplace_back("there is not enough memory for it");
    candidate->look = {Finding::invalid, "memory", list_};
    return candidate;
  }
}

void WatchRun::tell(const watching::Look& /*found*/, Reason reason) {
  status_.end_look(*loop_);
  const std::unique_ptr<Candidate> candidate = std::move(candidate_);
  Event event;
  event.reason = watching::to_string(reason);
  event.finding_counts = candidate->finding_counts;
  event.findings = std::move(candidate->findings);
  event.milliseconds = milliseconds_since(looked_);
  event.seen = loop_->change_began();
  const bool is_first = !source_;
  const LoggedEventPointer told = candidate->followed ? tell_followed(*candidate, std::move(event))
                                  : candidate->sound  ? take_over(*candidate, std::move(event))
                                                      : tell_unusable(*candidate, std::move(event));
  if (is_asked_for(told->event)) service_manager_.tell_ready(status_text());
  has_new_role_ = false;
  answer_askers(*told);
  const bool is_large = source_ && running().sound.document.text().size() > large_snapshot;
  if (is_large) (void)malloc_trim(0);
  if (settings_.once && !is_first) end(code_of(*told), "once");
}

ExitCode WatchRun::code_of(const watching::LoggedEvent& told) {
  switch (told.event.kind) {
    case EventKind::rejected:
    case EventKind::conflict: return ExitCode::findings;
    case EventKind::missing:
    case EventKind::store_lost: return ExitCode::failure;
    default: return ExitCode::done;
  }
}

LoggedEventPointer WatchRun::tell_unusable(const Candidate& candidate, Event event) {
  const bool is_missing = candidate.look.finding == Finding::missing;
  event.kind = is_missing ? EventKind::missing : EventKind::rejected;
  event.failures = candidate.failures;
  // What is not there has no findings.
  if (is_missing) event.finding_counts.reset();
  if (source_) event.previous_hash = running().sound.hash;
  is_degraded_ = true;
  LoggedEventPointer told = log_.append(std::move(event));
  end_without_configuration(*told);
  return told;
}

// Where nothing runs and nothing is waited for.
void WatchRun::end_without_configuration(const watching::LoggedEvent& told) {
  if (source_ || begin_with_last_good() || settings_.waits) return;
  // What cannot be written is no fault of the configuration.
  end(is_unwritten_ ? ExitCode::failure : code_of(told), std::string(to_string(told.event.kind)));
}

LoggedEventPointer WatchRun::take_over(Candidate& candidate, Event event) {
  SoundConfiguration sound = *std::move(candidate.sound);
  const bool was_degraded = std::exchange(is_degraded_, false);
  if (!source_) return begin_with(candidate, std::move(sound), std::move(event));
  const auto current = source_->current();
  const bool is_same = (*current.value)->sound.identity == sound.identity;
  // Files that nobody has touched since are older than what others published.
  const bool is_older = session_ && !candidate.followed && sound.hash == base_hash_;
  if (!is_same && !is_older) return replace_by(candidate, std::move(sound), std::move(event));
  event.kind = EventKind::unchanged;
  event.hash = running().sound.hash;
  event.token = current.token->id();
  if (was_degraded) event.message = "what runs is there again";
  if (!is_same) event.message = "the files are what they were, and the store has gone on";
  LoggedEventPointer told = log_.append(std::move(event));
  // Who asks for a reload wants the listeners to do again what they do.
  if (is_asked_for(told->event)) tell_listeners(told);
  return told;
}

LoggedEventPointer WatchRun::begin_with(const Candidate& candidate, SoundConfiguration sound, Event event) {
  if (session_ && !candidate.followed) {
    if (const auto refusal = publish(sound, "")) return tell_refused(*refusal, std::move(event));
    event.version = session_->applied()->version;
  }
  event.kind = EventKind::started;
  return run_first(std::move(sound), std::move(event));
}

LoggedEventPointer WatchRun::run_first(SoundConfiguration sound, Event event) {
  if (const auto refusal = keep_snapshot(sound)) return tell_refused(*refusal, std::move(event));
  announce();
  event.hash = sound.hash;
  event.token = 1;
  LoggedEventPointer told = log_.append(std::move(event));
  source_.emplace(std::make_shared<const RunningConfiguration>(RunningConfiguration{std::move(sound), told}));
  subscription_.emplace(*source_,
                        [this](const Source::State& state) { tell_listeners((*state.value)->event); });
  service_manager_.tell_ready(status_text());
  if (settings_.tells_first) tell_listeners(told);
  return told;
}

LoggedEventPointer WatchRun::replace_by(const Candidate& candidate, SoundConfiguration sound, Event event) {
  const auto old = source_->current();
  const SoundConfiguration& before = (*old.value)->sound;
  Event changes;
  describe_changes(before.document, sound.document, candidate.check, changes);
  if (session_ && !candidate.followed) {
    event.previous_version = session_->applied() ? std::optional(session_->applied()->version) : std::nullopt;
    if (const auto refusal = publish(sound, watching::counts_text(*changes.change_counts)))
      return tell_refused(*refusal, std::move(event));
    event.version = session_->applied()->version;
  }
  if (const auto refusal = keep_snapshot(sound)) return tell_refused(*refusal, std::move(event));
  announce();
  event.kind = EventKind::changed;
  event.hash = sound.hash;
  event.previous_hash = before.hash;
  event.replaced_token = old.token->id();
  event.token = old.token->id() + 1;
  event.change_counts = changes.change_counts;
  event.changes = std::move(changes.changes);
  if (before.environment_hash != sound.environment_hash)
    event.message = "environment variables have other values";
  event.milliseconds = milliseconds_since(looked_);
  // Of what was asked for, the service manager is told when the look begins and ends.
  if (!is_asked_for(event)) service_manager_.tell_reloading();
  LoggedEventPointer told = log_.append(std::move(event));
  source_->publish(
      std::make_shared<const RunningConfiguration>(RunningConfiguration{std::move(sound), told}));
  if (!is_asked_for(told->event)) service_manager_.tell_ready(status_text());
  return told;
}

void WatchRun::tell_listeners(const LoggedEventPointer& event) {
  for (const auto& one : listeners_) one->push(event);
}

// Before anybody is told: who is told may read it.
std::optional<WatchRun::Refusal> WatchRun::keep_snapshot(const SoundConfiguration& sound) {
  if (!settings_.output.empty()) {
    const auto written = write_output(sound);
    is_unwritten_ = !written;
    if (!written)
      return Refusal{EventKind::rejected, "it does not run, since " + text::quoted(settings_.output) +
                                              " cannot be written: " + written.error().message};
  }
  if (state_) {
    const auto kept = state_->write(sound.text, env_.files);
    if (!kept) warn("the last good configuration is not kept: " + kept.error().message);
  }
  return std::nullopt;
}

Result<void> WatchRun::write_output(const SoundConfiguration& sound) const {
  if (!is_native_name(settings_.output))
    return env_.files.write_file_atomically(settings_.output, sound.text);
  // A server that reads stars would take them for the value.
  if (sound.masked > 0)
    return fail("the configuration has " + count_of(sound.masked, "value") +
                " with a secret, which is not written");
  return env_.files.write_file_atomically(settings_.output, restoring::restore(sound.document).text);
}

bool WatchRun::begin_with_last_good() {
  if (!settings_.starts_from_last_good || !state_) return false;
  const auto kept = state_->read(env_.files);
  if (!kept) warn(kept.error().message);
  if (!kept || !*kept) return false;
  const auto candidate =
      load_stored_candidate(settings_.inputs, "the last good configuration", **kept, digest_, env_);
  if (!candidate->sound) {
    warn("the last good configuration cannot be used, either");
    return false;
  }
  Event event = event_of(EventKind::started, "last-good");
  event.message = "the last good configuration, since what is there cannot be used";
  event.finding_counts = candidate->finding_counts;
  (void)run_first(*std::move(candidate->sound), std::move(event));
  is_degraded_ = true;
  return true;
}

void WatchRun::warn(const std::string& message) {
  // Nobody reads events yet.
  if (!has_output_) return early_warnings_.push_back(message);
  Event event = event_of(EventKind::warning);
  event.message = message;
  log_.append(std::move(event));
}

void WatchRun::read_signals() {
  signalfd_siginfo info{};
  while (read(signals_->number(), &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
    switch (static_cast<int>(info.ssi_signo)) {
      case SIGHUP: request_reload("SIGHUP"); break;
      case SIGUSR1: print_status(); break;
      case SIGINT: end(ExitCode::done, "SIGINT"); break;
      default: end(ExitCode::done, "SIGTERM"); break;
    }
  }
}

void WatchRun::request_reload(std::string reason) {
  // Many at once are one.
  if (!is_reload_requested_.exchange(true))
    log_.append(event_of(EventKind::reload_requested, std::move(reason)));
  loop_->reload();
}

// On the endpoint's thread.
void WatchRun::add_asker(Answered asker) {
  {
    const std::scoped_lock lock(askers_mutex_);
    askers_.push_back(std::move(asker));
  }
  request_reload("http");
}

void WatchRun::take_askers() {
  const std::scoped_lock lock(askers_mutex_);
  for (Answered& one : askers_) answered_.push_back(std::move(one));
  askers_.clear();
}

void WatchRun::answer_askers(const watching::LoggedEvent& told) {
  const auto status_of = [&told] {
    switch (told.event.kind) {
      case EventKind::rejected: return 422U;
      case EventKind::conflict: return 409U;
      case EventKind::missing:
      case EventKind::store_lost:
      case EventKind::stopped: return 503U;
      default: return 200U;
    }
  };
  for (const Answered& one : std::exchange(answered_, {})) one({status_of(), told.json});
}

bool WatchRun::is_asked_for(const Event& event) const {
  return event.reason == watching::to_string(Reason::reload) && !has_new_role_;
}

std::string WatchRun::status_text() const {
  if (!source_) return "no configuration yet";
  const std::string hash = running().sound.hash;
  return hash + (is_degraded_ ? ", the last good one: what is there cannot be used" : "");
}

void WatchRun::print_status() const {
  print_note(env_, "runs " + status_text());
  env_.err.flush();
}

const RunningConfiguration& WatchRun::running() const { return **source_->current().value; }

void WatchRun::end(ExitCode code, std::string reason) {
  code_ = code;
  end_reason_ = std::move(reason);
  loop_->stop();
}

}  // namespace honua::commands
