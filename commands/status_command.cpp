// SPDX-License-Identifier: MIT
#include "commands/status_command.h"

#include <algorithm>
#include <array>
#include <ostream>
#include <thread>
#include <utility>

#include <CLI/CLI.hpp>

#include "base/boot_clock.h"
#include "commands/messages.h"
#include "commands/read_count.h"
#include "coordination/liveness.h"
#include "text/json_writer.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

using coordination::Instance;
using coordination::Sign;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds look_interval{50};
// A store has fewer.
constexpr std::uint32_t most_instances = 1'000'000;
// Between two looks at whether all is consistent.
constexpr milliseconds wait_interval{200};

// "3 s", "5 min", "2 h".
std::string age_text(milliseconds age) {
  using namespace std::chrono;
  if (age < minutes(2)) return std::to_string(duration_cast<seconds>(age).count()) + " s";
  if (age < hours(2)) return std::to_string(duration_cast<minutes>(age).count()) + " min";
  return std::to_string(duration_cast<hours>(age).count()) + " h";
}

std::string absence_text(const Instance& instance) {
  if (instance.state == "leaving") return "it has ended";
  return "it has not been heard of" + (instance.age ? " for " + age_text(*instance.age) : "");
}

std::string version_text(const Instance& instance) {
  return instance.version == 0 ? "no version" : "version " + std::to_string(instance.version);
}

}  // namespace

void StatusCommand::add_options(CLI::App& app) {
  add_store_options(app, access_);
  add_text_option(app, "--wait", "SECONDS", "wait that long until all is consistent", wait_);
  add_text_option(app, "--instances", "N", "how many live instances there have to be (default: 1)",
                  instances_);
  add_result_format_option(app, format_);
}

// Looks until every heartbeat has gone on, or had time for it.
coordination::StoreResult<StatusCommand::Fleet> StatusCommand::look(coordination::Store& store) const {
  Fleet fleet;
  coordination::Liveness liveness;
  while (true) {
    const auto now = store.instances();
    if (!now) return tl::unexpected(now.error());
    liveness.take(*now, BootClock::now());
    fleet.instances.clear();
    bool is_decided = true;
    for (const Instance& one : *now) {
      const Sign sign = liveness.sign_of(one);
      is_decided = is_decided && sign != Sign::unknown;
      fleet.instances.push_back({one, sign == Sign::live, "", false});
    }
    if (is_decided) break;
    std::this_thread::sleep_for(look_interval);
  }
  // Last: an instance that is ahead of it was not ahead of what was read before.
  auto state = store.state();
  if (!state) return tl::unexpected(state.error());
  fleet.head = state->head;
  const bool has_canaries =
      state->head && !state->head->canaries.empty() && state->promoted < state->head->version;
  for (Seen& one : fleet.instances)
    one.waits = has_canaries &&
                std::ranges::find(state->head->canaries, one.instance.id) == state->head->canaries.end();
  judge(fleet);
  return fleet;
}

// Why an instance that lives is not as it should be; "" if it is, as far as its version goes.
std::string StatusCommand::complaint_of(const Seen& one,
                                        const std::optional<coordination::VersionRecord>& head) {
  if (!head) return "the store is empty";
  const Instance& instance = one.instance;
  if (instance.state == "rejected")
    return "it rejects version " + std::to_string(instance.rejected_version) + ": " + instance.reason;
  if (instance.hash != head->hash && instance.state == "waiting")
    return "it waits for its moment (`--splay`)";
  if (instance.hash != head->hash)
    return one.waits ? "it waits until canaries have run the head" : "it does not run the head";
  if (instance.chain == head->chain) return "";
  return instance.version < head->version ? "it has not seen the head yet"
                                          : "its history is not that of the store";
}

void StatusCommand::judge(Fleet& fleet) const {
  std::size_t live = 0;
  fleet.is_consistent = fleet.head.has_value();
  std::string fingerprint;
  for (Seen& one : fleet.instances) {
    if (!one.is_live) {
      one.complaint = absence_text(one.instance);
      continue;
    }
    ++live;
    one.complaint = complaint_of(one, fleet.head);
    if (one.complaint.empty() && !fingerprint.empty() && one.instance.fingerprint != fingerprint)
      one.complaint = "its environment has other values";
    // Who runs another version asks for other variables.
    if (one.complaint.empty() && fingerprint.empty()) fingerprint = one.instance.fingerprint;
    fleet.is_consistent = fleet.is_consistent && one.complaint.empty();
  }
  fleet.is_consistent = fleet.is_consistent && live >= wanted_;
}

void StatusCommand::write_human(const Fleet& fleet, CommandEnv& env) const {
  env.out << (fleet.is_consistent ? "consistent" : "not consistent");
  if (fleet.head) env.out << ": head is version " << fleet.head->version << ", " << fleet.head->hash;
  env.out << "\n";
  std::size_t live = 0;
  for (const Seen& one : fleet.instances) {
    live += one.is_live ? 1U : 0U;
    env.out << "  " << text::printable(one.instance.host) << ":" << one.instance.pid << "  "
            << (one.is_live ? "live" : "gone") << "  " << version_text(one.instance);
    if (!one.instance.fingerprint.empty())
      env.out << "  environment " << text::printable(one.instance.fingerprint);
    if (one.is_live && one.instance.leads) env.out << "  publishes";
    if (!one.complaint.empty()) env.out << "  " << text::printable(one.complaint);
    env.out << "\n";
  }
  if (live < wanted_) env.out << "  " << count_of(live, "live instance") << ", not " << wanted_ << "\n";
}

void StatusCommand::write_json(const Fleet& fleet, CommandEnv& env) {
  text::JsonWriter json(2);
  json.begin_object();
  json.key("format_version").string("1.0");
  json.key("consistent").boolean(fleet.is_consistent);
  json.key("version").integer(fleet.head ? fleet.head->version : 0);
  json.key("hash").string(fleet.head ? fleet.head->hash : "");
  json.key("instances");
  json.begin_array();
  for (const Seen& one : fleet.instances) {
    json.begin_object();
    json.key("id").string(one.instance.id);
    json.key("host").string(one.instance.host);
    json.key("pid").integer(one.instance.pid);
    json.key("live").boolean(one.is_live);
    json.key("state").string(one.instance.state);
    json.key("leads").boolean(one.instance.leads);
    json.key("version").integer(one.instance.version);
    json.key("hash").string(one.instance.hash);
    json.key("environment").string(one.instance.fingerprint);
    json.key("rejected_version").integer(one.instance.rejected_version);
    json.key("reason").string(one.instance.reason);
    if (one.instance.age) json.key("age_ms").integer(one.instance.age->count());
    json.key("complaint").string(one.complaint);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  env.out << std::move(json).take() << "\n";
}

ExitCode StatusCommand::run(CommandEnv& env) {
  std::optional<std::uint32_t> seconds;
  std::optional<std::uint32_t> instances;
  if (!read_count_option(wait_, "--wait", seconds, env) ||
      !read_number_option(instances_, "--instances", 0, most_instances, instances, env))
    return ExitCode::usage;
  // What nobody runs is not said to be run.
  wanted_ = instances.value_or(1);
  const auto store = open_named_store(access_, env);
  if (!store) return ExitCode::failure;
  const auto end = Clock::now() + std::chrono::seconds(seconds.value_or(0));
  while (true) {
    const auto fleet = look(*store);
    // One that is waited for may be away for a moment.
    const bool may_come_back =
        !fleet && fleet.error().trouble == coordination::StoreTrouble::unavailable && Clock::now() < end;
    if (may_come_back) {
      std::this_thread::sleep_for(wait_interval);
      continue;
    }
    if (!fleet) {
      print_trouble(fleet.error(), *store, env);
      return ExitCode::failure;
    }
    if (fleet->is_consistent || Clock::now() >= end) {
      if (format_ == ResultFormat::json)
        write_json(*fleet, env);
      else
        write_human(*fleet, env);
      return fleet->is_consistent ? ExitCode::done : ExitCode::findings;
    }
    std::this_thread::sleep_for(wait_interval);
  }
}

}  // namespace honua::commands
