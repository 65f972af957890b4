// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/boot_clock.h"
#include "base/file_descriptor.h"
#include "commands/command.h"
#include "commands/watch_candidate.h"
#include "commands/watch_state.h"
#include "commands/watch_status.h"
#include "commands/watch_store.h"
#include "endpoint/endpoint.h"
#include "snapshot/secret_digest.h"
#include "watching/change_token.h"
#include "watching/event_log.h"
#include "watching/listener.h"
#include "watching/output_queue.h"
#include "watching/service_manager.h"
#include "watching/watch_loop.h"

namespace honua::commands {

enum class EventFormat : std::uint8_t { text, json_lines };

struct WatchSettings {
  WatchedInputs inputs;
  watching::LoopOptions loop;
  EventFormat format = EventFormat::text;
  bool once = false;                            // end after the first event behind `started`
  std::optional<std::chrono::seconds> timeout;  // end after that
  bool waits = false;                  // where there is no sound configuration at first, wait for one
  std::string output;                  // the file to keep the newest snapshot in; "" for none
  bool tells_first = false;            // listeners hear of the first configuration, too
  std::string address;                 // to listen at for requests; "" for none
  std::string token;                   // that allows reloads over HTTP; "" for none
  std::string state;                   // a directory for what is kept between runs; "" for none
  bool starts_from_last_good = false;  // where what is there cannot be used
  StoreAccess store;                   // to follow, or to publish to; no URL for none
  bool publishes = false;              // compete for the lease, and publish what the files say
  std::chrono::milliseconds lease = usual_lease;
  std::string author;                  // of what is published
  std::chrono::milliseconds splay{0};  // within which a version of others is taken over
  std::string announced;               // the path that servers are told of; "" for none
};

// How long listeners may take to end when the watch ends.
inline constexpr std::chrono::milliseconds listener_patience{5'000};
// How often a file is tried again that could not be written.
inline constexpr std::chrono::milliseconds write_interval{5'000};
// Within so long a store is heeded so often at once; whoever floods it with messages is heard at the end.
inline constexpr std::chrono::milliseconds hearing_period{500};
inline constexpr int most_heard = 5;
// How long a reader may take for the last events.
inline constexpr std::chrono::milliseconds reader_patience{1'000};

// A configuration that runs, and the event that told of it.
struct RunningConfiguration {
  SoundConfiguration sound;
  watching::LoggedEventPointer event;
};

// One run of `honua watch`: looks, compares, tells.
class WatchRun {
 public:
  WatchRun(const WatchSettings& settings, std::vector<std::unique_ptr<watching::Listener>> listeners,
           CommandEnv& env);
  WatchRun(const WatchRun&) = delete;
  WatchRun& operator=(const WatchRun&) = delete;
  ~WatchRun();

  [[nodiscard]] ExitCode run();

 private:
  using Source = watching::ChangeSource<std::shared_ptr<const RunningConfiguration>>;

  [[nodiscard]] bool start();
  [[nodiscard]] bool start_state();
  void start_output();
  [[nodiscard]] bool start_loop();
  [[nodiscard]] bool start_endpoint();
  [[nodiscard]] bool start_store();
  void start_watchdog();
  void start_timer(std::optional<FileDescriptor>& timer, std::chrono::milliseconds period,
                   std::function<void()> on_tick);
  // Of one that ticks once.
  void set_timer(std::optional<FileDescriptor>& timer, std::chrono::nanoseconds left,
                 std::function<void()> on_tick);
  void add_timer(std::optional<FileDescriptor>& timer, std::function<void()> on_tick);
  void finish();
  [[nodiscard]] watching::Look look(watching::Reason reason);
  [[nodiscard]] std::unique_ptr<Candidate> load();
  void tell(const watching::Look& found, watching::Reason reason);
  [[nodiscard]] bool follows() const;
  void look_at_old_files();
  void look_at_files_of_standby();
  void hold_back(const std::string& what);
  [[nodiscard]] std::unique_ptr<Candidate> load_held_back();
  [[nodiscard]] std::unique_ptr<Candidate> load_followed();
  watching::LoggedEventPointer tell_followed(Candidate& candidate, watching::Event event);
  watching::LoggedEventPointer tell_store_trouble(const Followed& followed, watching::Event event);
  watching::LoggedEventPointer tell_same_version(const Followed& followed, watching::Event event);
  void tell_store_back();
  void tell_applied(const coordination::VersionRecord& record);
  // Why something did not become a version, and does not run.
  struct Refusal {
    watching::EventKind kind;
    std::string message;
  };
  // Nothing if it became a version.
  [[nodiscard]] std::optional<Refusal> publish(const SoundConfiguration& sound, const std::string& summary);
  watching::LoggedEventPointer tell_refused(const Refusal& refusal, watching::Event event);
  void subscribe();
  void beat();
  void hear_store();
  void heed_store();
  [[nodiscard]] bool is_heard_too_often();
  void wait_until_due();
  void vote();
  void announce();
  void change_role(StoreSession::Change change);
  watching::LoggedEventPointer tell_unusable(const Candidate& candidate, watching::Event event);
  watching::LoggedEventPointer take_over(Candidate& candidate, watching::Event event);
  watching::LoggedEventPointer begin_with(const Candidate& candidate, SoundConfiguration sound,
                                          watching::Event event);
  watching::LoggedEventPointer run_first(SoundConfiguration sound, watching::Event event);
  void end_without_configuration(const watching::LoggedEvent& told);
  watching::LoggedEventPointer replace_by(const Candidate& candidate, SoundConfiguration sound,
                                          watching::Event event);
  void tell_listeners(const watching::LoggedEventPointer& event);
  // What has gone wrong, if something has: nobody is told of what could not be written.
  [[nodiscard]] std::optional<Refusal> keep_snapshot(const SoundConfiguration& sound);
  [[nodiscard]] Result<void> write_output(const SoundConfiguration& sound) const;
  // Whether the last good configuration of an earlier run runs now.
  [[nodiscard]] bool begin_with_last_good();
  [[nodiscard]] static ExitCode code_of(const watching::LoggedEvent& told);
  [[nodiscard]] const RunningConfiguration& running() const;  // once there is one
  void warn(const std::string& message);
  void request_reload(std::string reason);
  // Whether somebody asked for what is told, and not a change of our own role.
  [[nodiscard]] bool is_asked_for(const watching::Event& event) const;
  using Answered = std::function<void(endpoint::Answer)>;
  void add_asker(Answered asker);
  void take_askers();
  void answer_askers(const watching::LoggedEvent& told);
  void read_signals();
  void print_status() const;
  void end(ExitCode code, std::string reason);
  [[nodiscard]] std::string status_text() const;

  const WatchSettings& settings_;
  CommandEnv& env_;
  const snapshot::SecretDigest digest_;
  watching::ServiceManager service_manager_;
  watching::EventLog log_;
  std::unique_ptr<watching::OutputQueue> output_;
  std::vector<std::unique_ptr<watching::Listener>> waiting_listeners_;  // that have no queue yet
  std::vector<std::unique_ptr<watching::ListenerQueue>> listeners_;
  std::unique_ptr<watching::WatchLoop> loop_;
  std::optional<FileDescriptor> signals_;
  std::unique_ptr<Candidate> candidate_;  // of the last look
  watching::WatchList list_;              // the same one's
  bool has_output_ = false;
  std::vector<std::string> early_warnings_;  // from before that
  std::optional<Source> source_;             // once there is a sound configuration
  std::optional<watching::ChangeSubscription<std::shared_ptr<const RunningConfiguration>>> subscription_;
  std::optional<FileDescriptor> watchdog_;
  std::optional<WatchState> state_;
  std::unique_ptr<StoreSession> session_;
  std::unique_ptr<coordination::Subscription> store_subscription_;
  std::optional<FileDescriptor> heartbeat_;
  std::optional<FileDescriptor> hearing_;  // when messages are heeded that came too fast
  BootClock::time_point hearing_began_;
  int heard_ = 0;                      // since then
  std::optional<FileDescriptor> due_;  // when a version that waits for its moment is taken over
  std::string base_hash_;              // of the files when they last were what the store said
  bool is_store_lost_ = false;
  bool is_held_back_ = false;              // it leads, and follows: its files are what was left behind
  bool is_unannounced_ = false;            // servers are not told of the version yet
  bool is_unwritten_ = false;              // what should run is not in the file to be written
  std::optional<FileDescriptor> writing_;  // when that is tried again
  bool has_new_role_ = false;              // nobody asked for the next look
  watching::TimePoint looked_;             // when the last look began
  bool has_noted_ = false;
  std::atomic<bool> is_reload_requested_ = false;
  WatchStatus status_;
  std::mutex askers_mutex_;
  std::vector<Answered> askers_;    // who wait for the next reload to be looked at
  std::vector<Answered> answered_;  // who wait for the one that is being looked at
  std::unique_ptr<endpoint::Endpoint> endpoint_;
  bool is_degraded_ = false;  // what is there is not what runs
  ExitCode code_ = ExitCode::done;
  std::string end_reason_;
};

}  // namespace honua::commands
