// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace honua::watching {

// The version of the form of events: a minor one adds, a major one changes.
inline constexpr std::string_view event_format_version = "1.0";

enum class EventKind : std::uint8_t {
  started,           // the configuration that runs at first
  changed,           // another one, which is sound: a token has fired
  unchanged,         // files were written, or a reload was asked for, and the configuration is the same
  rejected,          // one with errors: the last good one stays
  missing,           // a file is not there: the last good one stays
  proposed,          // another one was checked before it became a version
  published,         // the configuration became a version of the store
  received,          // the store has another version
  applied,           // it runs
  conflict,          // the store says something that cannot be followed
  store_lost,        // the store cannot be asked: the last good one stays
  store_back,        // it can be asked again
  reload_requested,  // by a signal or over HTTP
  listener,          // one was told, or could not be
  warning,           // something that users have to know
  dropped,           // events that a slow reader did not get
  stopped,
};
// "reload_requested"
[[nodiscard]] std::string_view to_string(EventKind kind);

using EventTime = std::chrono::sys_time<std::chrono::milliseconds>;

// A part of an event, in both its forms.
struct EventDetail {
  std::string json;  // an object on one line
  std::string text;  // lines for people, each with its line feed; fit for printing
};

// How many changes there are of each level, and for security.
struct ChangeCounts {
  std::size_t breaking = 0;
  std::size_t risky = 0;
  std::size_t additive = 0;
  std::size_t neutral = 0;
  std::size_t weaker = 0;
  std::size_t stronger = 0;
};

struct FindingCounts {
  std::size_t errors = 0;
  std::size_t warnings = 0;
  std::size_t infos = 0;
};

// More details than this are counted only: an event is read as a whole.
inline constexpr std::size_t max_event_details = 100;

// Something that watching has to tell. What is empty is left out of the JSON form.
struct Event {
  EventKind kind = EventKind::started;
  std::uint64_t sequence = 0;                         // given by the log
  EventTime time;                                     // given by the log
  std::string reason;                                 // why somebody looked: `event`, `poll`, `reload`
  std::optional<std::uint64_t> token = std::nullopt;  // of the next change
  std::optional<std::uint64_t> replaced_token = std::nullopt;  // that fired
  std::string hash;           // of the snapshot that runs, or of the one that was refused
  std::string previous_hash;  // of the snapshot that ran before; of a refused one, the one that stays
  std::optional<std::uint64_t> version = std::nullopt;           // of the store
  std::optional<std::uint64_t> previous_version = std::nullopt;  // of the store
  std::optional<ChangeCounts> change_counts = std::nullopt;
  std::vector<EventDetail> changes = {};  // the worst first
  std::optional<FindingCounts> finding_counts = std::nullopt;
  std::vector<EventDetail> findings = {};
  std::vector<std::string> failures = {};  // what could not be read: "`a.hcl`: permission denied"
  std::string listener;                    // which one
  std::optional<int> exit_code = std::nullopt;
  std::uint64_t skipped = 0;  // changes that a listener was not told, since there were newer ones
  std::uint64_t dropped = 0;  // events
  std::optional<double> milliseconds = std::nullopt;  // how long it took
  std::string message;
  // When the first sign of the change was seen; nothing where nobody knows. Not part of either form.
  std::optional<std::chrono::steady_clock::time_point> seen = std::nullopt;
};

[[nodiscard]] Event event_of(EventKind kind, std::string reason = "");

// "3 breaking, 1 additive"; "" for none.
[[nodiscard]] std::string counts_text(const ChangeCounts& counts);

// One line of JSON (schemas/watch-event.v1.schema.json), its line feed included.
[[nodiscard]] std::string json_line(const Event& event);
// Lines for people: what happened, then what there is to say about it.
[[nodiscard]] std::string event_text(const Event& event);

// "2026-07-01T12:00:00.250Z"
[[nodiscard]] std::string time_text(EventTime time);

}  // namespace honua::watching
