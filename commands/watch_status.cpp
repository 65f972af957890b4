// SPDX-License-Identifier: MIT
#include "commands/watch_status.h"

#include <concepts>
#include <string_view>
#include <utility>

#include "commands/run_report.h"
#include "text/json_writer.h"

namespace honua::commands {

namespace {

using watching::EventKind;

constexpr unsigned ok = 200;
constexpr unsigned service_unavailable = 503;

// Metrics in Prometheus's text format, version 0.0.4.
class MetricsWriter {
 public:
  // `labels`: `{result="changed"}`; "" for none.
  template <std::integral Number>
  void add(std::string_view name, Number value, std::string_view labels = "") {
    text_ += std::string(name) + std::string(labels) + " " + std::to_string(value) + "\n";
  }
  void add_number(std::string_view name, double value) {
    text_ += std::string(name) + " " + std::to_string(value) + "\n";
  }
  void begin(std::string_view name, std::string_view type, std::string_view help) {
    text_ += "# HELP " + std::string(name) + " " + std::string(help) + "\n# TYPE " + std::string(name) + " " +
             std::string(type) + "\n";
  }
  template <std::integral Number>
  void counter(std::string_view name, std::string_view help, Number value) {
    begin(name, "counter", help);
    add(name, value);
  }
  template <std::integral Number>
  void gauge(std::string_view name, std::string_view help, Number value) {
    begin(name, "gauge", help);
    add(name, value);
  }
  [[nodiscard]] std::string take() && { return std::move(text_); }

 private:
  std::string text_;
};

std::string status_json(std::string_view status) { return "{\"status\":\"" + std::string(status) + "\"}\n"; }

}  // namespace

void WatchStatus::begin_look() {
  const std::scoped_lock lock(mutex_);
  kept_.looks_since = watching::Clock::now();
}

void WatchStatus::end_look(const watching::WatchLoop& loop) {
  const std::scoped_lock lock(mutex_);
  kept_.looks_since.reset();
  kept_.counts = loop.counts();
  kept_.watches = loop.watches();
  kept_.is_polling = loop.is_polling();
}

void WatchStatus::note(const watching::Event& event) {
  const std::scoped_lock lock(mutex_);
  switch (event.kind) {
    case EventKind::started:
    case EventKind::changed:
      kept_.changed += event.kind == EventKind::changed ? 1U : 0U;
      kept_.hash = event.hash;
      kept_.token = event.token.value_or(0);
      kept_.applied = event.time;
      kept_.is_degraded = false;
      kept_.seconds = event.milliseconds.value_or(0) / 1000;
      break;
    case EventKind::unchanged:
      ++kept_.unchanged;
      kept_.is_degraded = false;
      break;
    case EventKind::rejected:
      ++kept_.rejected;
      kept_.is_degraded = true;
      break;
    case EventKind::missing:
      ++kept_.missing;
      kept_.is_degraded = true;
      break;
    case EventKind::store_lost:
    case EventKind::conflict: kept_.is_degraded = true; break;
    case EventKind::listener:
      ++kept_.listeners;
      kept_.failed_listeners += event.message.empty() ? 0U : 1U;
      break;
    default: break;
  }
  // What was received or refused does not run.
  const bool runs = event.kind == EventKind::started || event.kind == EventKind::changed ||
                    event.kind == EventKind::unchanged || event.kind == EventKind::applied;
  if (runs && event.version) kept_.store_version = event.version;
}

WatchStatus::Kept WatchStatus::copy() const {
  const std::scoped_lock lock(mutex_);
  return kept_;
}

endpoint::Answer WatchStatus::health() const {
  const Kept kept = copy();
  const bool is_stuck = kept.looks_since && watching::Clock::now() - *kept.looks_since > longest_look;
  return {is_stuck ? service_unavailable : ok, status_json(is_stuck ? "stuck" : "alive")};
}

endpoint::Answer WatchStatus::ready() const {
  const Kept kept = copy();
  if (kept.hash.empty()) return {service_unavailable, status_json("no configuration yet")};
  return {ok, status_json(kept.is_degraded ? "ready, with the last good configuration" : "ready")};
}

endpoint::Answer WatchStatus::version() const {
  const Kept kept = copy();
  text::JsonWriter json;
  json.begin_object();
  json.key("honua").string(program_version());
  json.key("hash");
  if (kept.hash.empty())
    json.null();
  else
    json.string(kept.hash);
  json.key("token").integer(kept.token);
  if (kept.store_version) json.key("version").integer(*kept.store_version);
  json.key("degraded").boolean(kept.is_degraded);
  json.end_object();
  return {ok, std::move(json).take() + "\n"};
}

endpoint::Answer WatchStatus::metrics() const {
  const Kept kept = copy();
  MetricsWriter metrics;
  metrics.gauge("honua_config_loaded", "Whether a sound configuration runs.", kept.hash.empty() ? 0 : 1);
  metrics.gauge("honua_config_last_reload_success", "Whether what is there is what runs.",
                kept.is_degraded || kept.hash.empty() ? 0 : 1);
  metrics.gauge("honua_config_applied_timestamp_seconds", "When what runs began to.",
                kept.applied.time_since_epoch().count() / 1000);
  metrics.gauge("honua_config_token", "The token of the next change.", kept.token);
  if (kept.store_version)
    metrics.gauge("honua_config_version", "The store's version that runs.", *kept.store_version);
  const std::string_view reloads = "honua_config_reloads_total";
  metrics.begin(reloads, "counter", "What came of looking, where there was something to tell.");
  metrics.add(reloads, kept.changed, "{result=\"changed\"}");
  metrics.add(reloads, kept.unchanged, "{result=\"unchanged\"}");
  metrics.add(reloads, kept.rejected, "{result=\"rejected\"}");
  metrics.add(reloads, kept.missing, "{result=\"missing\"}");
  metrics.begin("honua_config_reload_duration_seconds", "gauge",
                "How long the last change took to be taken over.");
  metrics.add_number("honua_config_reload_duration_seconds", kept.seconds);
  metrics.counter("honua_watch_events_total", "What the system told of names that matter.",
                  kept.counts.events);
  metrics.counter("honua_watch_looks_total", "How often the files were read.", kept.counts.looks);
  metrics.counter("honua_watch_suppressed_total", "Looks that found nothing new.", kept.counts.suppressed);
  metrics.counter("honua_watch_overflows_total", "How often the system lost events.", kept.counts.overflows);
  metrics.counter("honua_watch_missed_events_total", "Changes that no event told of.", kept.counts.missed);
  metrics.gauge("honua_watch_watches", "Directories that are watched.", kept.watches);
  metrics.gauge("honua_watch_polling", "Whether files are asked for instead.", kept.is_polling ? 1 : 0);
  metrics.counter("honua_listener_told_total", "How often listeners were told.", kept.listeners);
  metrics.counter("honua_listener_failures_total", "How often one could not be told.", kept.failed_listeners);
  return {ok, std::move(metrics).take(), "text/plain; version=0.0.4; charset=utf-8"};
}

}  // namespace honua::commands
