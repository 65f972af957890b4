// SPDX-License-Identifier: MIT
#include "watching/event.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "watching/event_log.h"

namespace honua::watching {

namespace {

constexpr EventTime noon{std::chrono::sys_days{std::chrono::year{2026} / 7 / 1} + std::chrono::hours(12) +
                         std::chrono::milliseconds(5)};

Event change() {
  Event event;
  event.kind = EventKind::changed;
  event.sequence = 7;
  event.time = noon;
  event.reason = "event";
  event.token = 3;
  event.replaced_token = 2;
  event.hash = "sha256:" + std::string(64, 'b');
  event.previous_hash = "sha256:" + std::string(64, 'a');
  event.change_counts = ChangeCounts{1, 0, 2, 0, 1, 0};
  event.changes = {{R"({"rule":"P1001"})", "  breaking[P1001 x]: y\n"}};
  event.milliseconds = 1.23456;
  return event;
}

}  // namespace

TEST_CASE("an event is one line of JSON, without what it does not have") {
  CHECK(json_line(change()) ==
        R"({"format_version":"1.0","event":"changed","sequence":7,"time":"2026-07-01T12:00:00.005Z",)"
        R"("reason":"event","token":3,"replaced_token":2,"hash":"sha256:)" +
            std::string(64, 'b') + R"(","previous_hash":"sha256:)" + std::string(64, 'a') +
            R"(","plan":{"breaking":1,"risky":0,"additive":2,"neutral":0,"weaker":1,"stronger":0},)"
            R"("changes":[{"rule":"P1001"}],"milliseconds":1.235})"
            "\n");
  Event least;
  least.time = noon;
  CHECK(json_line(least) ==
        R"({"format_version":"1.0","event":"started","sequence":0,"time":"2026-07-01T12:00:00.005Z"})"
        "\n");
}

TEST_CASE("an event is lines for people") {
  CHECK(
      event_text(change()) ==
      "2026-07-01T12:00:00.005Z changed sha256:aaaaaaaaaaaa -> sha256:bbbbbbbbbbbb, 1 breaking, 2 additive, "
      "1 security weaker, token 2 fired\n"
      "  breaking[P1001 x]: y\n"
      "  2 more changes\n");
  Event rejected;
  rejected.kind = EventKind::rejected;
  rejected.time = noon;
  rejected.previous_hash = "sha256:" + std::string(64, 'a');
  rejected.finding_counts = FindingCounts{1, 2, 3};
  rejected.failures = {"`a\nb`: gone"};
  CHECK(event_text(rejected) ==
        "2026-07-01T12:00:00.005Z rejected still sha256:aaaaaaaaaaaa, 1 error, 2 warnings\n"
        "  `a\\u{a}b`: gone\n");
}

TEST_CASE("of very many details an event has the first") {
  Event event = change();
  event.changes.assign(max_event_details + 5, {R"({"n":1})", "  one\n"});
  const std::string json = json_line(event);
  std::size_t count = 0;
  for (std::size_t at = json.find(R"({"n":1})"); at != std::string::npos;
       at = json.find(R"({"n":1})", at + 1))
    ++count;
  CHECK(count == max_event_details);
}

TEST_CASE("control characters and line feeds in names stay in their line") {
  Event event;
  event.kind = EventKind::warning;
  event.time = noon;
  event.message = "a\nb\x1b[31m";
  CHECK(json_line(event).find('\n') == json_line(event).size() - 1);
  CHECK(json_line(event).find('\x1b') == std::string::npos);
  CHECK(event_text(event) == "2026-07-01T12:00:00.005Z warning a\\u{a}b\\u{1b}[31m\n");
}

TEST_CASE("every kind of event has a name of its own") {
  std::set<std::string_view> names;
  for (int kind = 0; kind <= static_cast<int>(EventKind::stopped); ++kind)
    names.insert(to_string(static_cast<EventKind>(kind)));
  CHECK(names.size() == static_cast<std::size_t>(EventKind::stopped) + 1);
}

TEST_CASE("the log numbers events, hands them on in order and keeps the newest") {
  EventLog log([] { return noon; });
  std::vector<std::uint64_t> seen;
  log.add_reader([&seen](const LoggedEventPointer& one) { seen.push_back(one->event.sequence); });
  CHECK(log.last() == 0);
  for (std::size_t i = 0; i < kept_events + 10; ++i) log.append({});
  CHECK(seen.size() == kept_events + 10);
  CHECK(seen.front() == 1);
  CHECK(log.last() == kept_events + 10);
  CHECK(log.since(0).size() == kept_events);
  CHECK(log.since(0).front()->event.sequence == 11);
  CHECK(log.since(log.last() - 2).size() == 2);
  CHECK(log.since(log.last()).empty());
}

TEST_CASE("of large events the log keeps few") {
  EventLog log([] { return noon; });
  Event large;
  large.message = std::string(kept_event_bytes / 4, 'x');
  for (int i = 0; i < 10; ++i) log.append(large);
  CHECK(log.since(0).size() == 3);
  CHECK(log.since(0).back()->event.sequence == 10);
}

TEST_CASE("threads that append at once get numbers without a gap") {
  EventLog log([] { return noon; });
  std::vector<std::uint64_t> seen;
  log.add_reader([&seen](const LoggedEventPointer& one) { seen.push_back(one->event.sequence); });
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&log] {
      for (int n = 0; n < 500; ++n) log.append({});
    });
  }
  for (std::thread& one : threads) one.join();
  REQUIRE(seen.size() == 2000);
  bool is_in_order = true;
  for (std::size_t i = 0; i < seen.size(); ++i) is_in_order = is_in_order && seen[i] == i + 1;
  CHECK(is_in_order);
}

}  // namespace honua::watching
