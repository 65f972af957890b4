// SPDX-License-Identifier: MIT
#include "watching/listener.h"

#include <doctest/doctest.h>
#include <poll.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "base/file_system.h"
#include "base/scratch_directory.h"
#include "watching/listeners.h"

namespace honua::watching {

namespace {

using std::chrono::milliseconds;
using Words = std::vector<std::string>;

// Keeps what it was told.
class RememberingListener final : public Listener {
 public:
  using Act = std::function<ListenerResult(const LoggedEvent&, int stop)>;
  RememberingListener(std::vector<std::uint64_t>& told, Act act) : told_(told), act_(std::move(act)) {}
  [[nodiscard]] std::string name() const override { return "test"; }
  [[nodiscard]] ListenerResult tell(const LoggedEvent& event, int stop) override {
    told_.push_back(event.event.sequence);
    return act_ ? act_(event, stop) : ListenerResult{};
  }

 private:
  std::vector<std::uint64_t>& told_;  // read after the queue's end
  Act act_;
};

// A log, and what listeners came to in it.
struct ListenerLog {
  EventLog log{[] { return EventTime(); }};
  std::mutex mutex;
  std::vector<Event> results;
  ListenerLog() {
    log.add_reader([this](const LoggedEventPointer& one) {
      const std::scoped_lock lock(mutex);
      if (one->event.kind == EventKind::listener || one->event.kind == EventKind::warning)
        results.push_back(one->event);
    });
  }
  LoggedEventPointer change(std::chrono::steady_clock::time_point seen = std::chrono::steady_clock::now()) {
    Event event;
    event.kind = EventKind::changed;
    event.seen = seen;
    return log.append(std::move(event));
  }
  std::size_t count() {
    const std::scoped_lock lock(mutex);
    return results.size();
  }
  void wait_for(std::size_t count_wanted) {
    for (int tries = 0; tries < 500 && count() < count_wanted; ++tries)
      std::this_thread::sleep_for(milliseconds(10));
  }
};

Words words_of(std::string_view command) {
  const auto words = split_command(command);
  return words ? *words : Words{"error: " + words.error().message};
}

}  // namespace

TEST_CASE("a listener is told every event that it has time for") {
  ListenerLog log;
  std::vector<std::uint64_t> told;
  std::uint64_t last = 0;
  {
    ListenerQueue queue(std::make_unique<RememberingListener>(told, nullptr), log.log);
    for (int i = 0; i < 5; ++i) {
      const LoggedEventPointer event = log.change();
      last = event->event.sequence;
      queue.push(event);
      log.wait_for(static_cast<std::size_t>(i) + 1);
    }
    queue.finish(milliseconds(1000));
  }
  CHECK(told.size() == 5);
  CHECK(told.back() == last);
  CHECK(log.results.size() == 5);
}

TEST_CASE("of 1,000 changes a slow listener is told the newest, and how many were skipped") {
  ListenerLog log;
  std::vector<std::uint64_t> told;
  std::uint64_t last = 0;
  {
    const auto be_slow = [](const LoggedEvent&, int) {
      std::this_thread::sleep_for(milliseconds(30));
      return ListenerResult{};
    };
    ListenerQueue queue(std::make_unique<RememberingListener>(told, be_slow), log.log);
    for (int i = 0; i < 1000; ++i) {
      const LoggedEventPointer event = log.change();
      last = event->event.sequence;
      queue.push(event);
    }
    queue.finish(milliseconds(5000));
  }
  REQUIRE_FALSE(told.empty());
  CHECK(told.back() == last);
  CHECK(told.size() < 1000);
  std::uint64_t skipped = 0;
  for (const Event& one : log.results) skipped += one.skipped;
  CHECK(told.size() + skipped == 1000);
}

TEST_CASE("a listener that changes what it is told of is left alone for a while") {
  ListenerLog log;
  std::vector<std::uint64_t> told;
  ListenerQueue* again = nullptr;
  const auto change_once_more = [&](const LoggedEvent&, int) {
    again->push(log.change());
    return ListenerResult{};
  };
  ListenerQueue queue(std::make_unique<RememberingListener>(told, change_once_more), log.log);
  again = &queue;
  queue.push(log.change());
  log.wait_for(most_echoes + 1);
  std::this_thread::sleep_for(milliseconds(200));
  {
    const std::scoped_lock lock(log.mutex);
    REQUIRE(log.results.size() == most_echoes + 1);
    CHECK(log.results.back().kind == EventKind::warning);
    CHECK(log.results.back().message.find("is told nothing for 60 s") != std::string::npos);
  }
  queue.finish(milliseconds(0));
  CHECK(told.size() <= most_echoes + 1);
}

TEST_CASE("a listener is not taken for somebody else who changes things all the time") {
  ListenerLog log;
  std::vector<std::uint64_t> told;
  ListenerQueue queue(std::make_unique<RememberingListener>(told, nullptr), log.log);
  for (std::size_t i = 0; i < 3 * static_cast<std::size_t>(most_echoes); ++i) {
    queue.push(log.change());
    log.wait_for(i + 1);
    std::this_thread::sleep_for(2 * echo_delay);
  }
  queue.finish(milliseconds(1000));
  CHECK(told.size() == 3 * static_cast<std::size_t>(most_echoes));
}

TEST_CASE("a listener that hangs is asked to end with the queue") {
  ListenerLog log;
  std::vector<std::uint64_t> told;
  std::atomic<bool> is_told = false;
  const auto hang = [&is_told](const LoggedEvent&, int stop) {
    is_told = true;
    pollfd waiting{stop, POLLIN, 0};
    CHECK(poll(&waiting, 1, 20'000) == 1);
    return ListenerResult{std::nullopt, "ended"};
  };
  const auto begin = std::chrono::steady_clock::now();
  ListenerQueue queue(std::make_unique<RememberingListener>(told, hang), log.log);
  queue.push(log.change());
  while (!is_told) std::this_thread::sleep_for(milliseconds(5));
  queue.finish(milliseconds(100));
  CHECK(std::chrono::steady_clock::now() - begin < milliseconds(10'000));
  CHECK(log.results.size() == 1);
  CHECK(log.results.front().message == "ended");
}

TEST_CASE("a command line is split as a shell splits words, and nothing in it has another meaning") {
  CHECK(words_of("a b  c") == Words{"a", "b", "c"});
  CHECK(words_of(R"(run 'a b' "c \"d\" \\" e\ f "")") == Words{"run", "a b", R"(c "d" \)", "e f", ""});
  CHECK(words_of("echo $HOME;ls *|cat") == Words{"echo", "$HOME;ls", "*|cat"});
  CHECK(words_of("a'b'c") == Words{"abc"});
  CHECK(words_of("a 'b") == Words{"error: a quote has no end"});
  CHECK(words_of("  ") == Words{"error: there is no program in it"});
}

TEST_CASE("a program gets the event, and its failure is told") {
  ListenerLog log;
  Event event;
  event.kind = EventKind::changed;
  event.token = 4;
  event.hash = "sha256:1";
  const LoggedEventPointer logged = log.log.append(std::move(event));
  const ScratchDirectory scratch;
  ProgramListener writes({"sh", "-c",
                          "cat > " + scratch.file("in") + "; echo $HONUA_EVENT $HONUA_EVENT_TOKEN " +
                              "$HONUA_EVENT_HASH $HONUA_EVENT_SEQUENCE >> " + scratch.file("in")},
                         milliseconds(5000));
  CHECK(writes.name() == "exec sh");
  const ListenerResult result = writes.tell(*logged, -1);
  CHECK(result.exit_code == 0);
  CHECK(result.failure.empty());
  CHECK(RealFileSystem().read_file(scratch.file("in"), 10'000).value().to_string() ==
        logged->json + "changed 4 sha256:1 1\n");
  const ListenerResult failed =
      ProgramListener({"sh", "-c", "echo one; echo two password=hunter2 >&2; exit 3"}, milliseconds(5000))
          .tell(*logged, -1);
  CHECK(failed.exit_code == 3);
  CHECK(failed.failure.starts_with("the program failed: two password="));
  CHECK(failed.failure.find("hunter2") == std::string::npos);
  CHECK(ProgramListener({"honua-no-such-program"}, milliseconds(5000)).tell(*logged, -1).failure ==
        "the program cannot be run: no such file or directory");
  CHECK(ProgramListener({"sleep", "60"}, milliseconds(50)).tell(*logged, -1).failure ==
        "the program was ended after 50 milliseconds");
}

TEST_CASE("a signal and its file are read, by name and by number") {
  const auto described = [](std::string_view text) {
    const auto target = read_signal_target(text);
    return target ? target->name + " " + target->file : target.error().message;
  };
  CHECK(described("HUP:/run/a.pid") == "HUP /run/a.pid");
  CHECK(described("sigusr1:a:b") == "USR1 a:b");
  CHECK(described("15:x") == "TERM x");
  CHECK(described("HOP:x") == "there is no signal `HOP`");
  CHECK(described("0:x") == "there is no signal `0`");
  CHECK(described("HUP") == "`HUP` names no signal and file, as `HUP:/run/server.pid` does");
  CHECK(described("HUP:") == "`HUP:` names no signal and file, as `HUP:/run/server.pid` does");
}

TEST_CASE("a signal goes to the process that a file names, and to no other") {
  const ScratchDirectory scratch;
  ListenerLog log;
  const LoggedEventPointer logged = log.change();
  SignalListener listener(*read_signal_target("WINCH:" + scratch.file("pid")));
  CHECK(listener.tell(*logged, -1).failure == "the file cannot be read: no such file or directory");
  for (const char* wrong : {"0\n", "1\n", "-5\n", "abc\n", "", "12x"}) {
    scratch.write("pid", wrong);
    CHECK(listener.tell(*logged, -1).failure == "the file holds no process's number");
  }
  scratch.write("pid", std::to_string(::getpid()) + "\n");
  CHECK(listener.tell(*logged, -1).failure.empty());
  scratch.write("pid", "2147483646");
  CHECK(listener.tell(*logged, -1).failure ==
        "the signal cannot be sent to process 2147483646: no such process");
}

}  // namespace honua::watching
