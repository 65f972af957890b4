// SPDX-License-Identifier: MIT
#include "commands/publish_snapshot.h"

#include <array>
#include <memory>
#include <ostream>
#include <utility>

#include <CLI/CLI.hpp>

#include "commands/messages.h"
#include "commands/read_count.h"
#include "commands/store_access.h"
#include "text/json_writer.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

using coordination::PublishOutcome;
using coordination::PublishResult;

std::string_view name_of(PublishResult result) {
  switch (result) {
    case PublishResult::published: return "published";
    case PublishResult::repeated: return "repeated";
    case PublishResult::reused: return "reused";
    case PublishResult::same: return "same";
    case PublishResult::conflict: return "conflict";
    case PublishResult::stale_fence: break;
  }
  return "stale_fence";
}

std::string sentence_of(const PublishOutcome& outcome) {
  const std::string version = "version " + std::to_string(outcome.head.version);
  switch (outcome.result) {
    case PublishResult::published: return "published " + version + ": " + outcome.head.hash;
    case PublishResult::repeated: return "the same request published " + version + " before";
    case PublishResult::reused:
      return "a request of this name published another configuration before, as " + version;
    case PublishResult::same: return version + " has this configuration already";
    case PublishResult::conflict:
      return "the head is " + version + " by now, and not the version that this was compared with";
    case PublishResult::stale_fence: break;
  }
  return "the lease was taken over before anything was published";
}

void write_json(const PublishOutcome& outcome, CommandEnv& env) {
  text::JsonWriter json(2);
  json.begin_object();
  json.key("format_version").string("1.0");
  json.key("result").string(name_of(outcome.result));
  json.key("version").integer(outcome.head.version);
  json.key("hash").string(outcome.head.hash);
  json.key("fence").integer(outcome.head.fence);
  json.key("summary").string(outcome.head.summary);
  json.end_object();
  env.out << std::move(json).take() << "\n";
}

ExitCode tell_outcome(const PublishOutcome& outcome, ResultFormat format, bool has_changes, CommandEnv& env) {
  const bool is_good = is_done(outcome.result);
  if (format == ResultFormat::json) {
    write_json(outcome, env);
  } else if (is_good) {
    env.out << sentence_of(outcome) << "\n";
    if (outcome.result == PublishResult::published && has_changes) env.out << outcome.head.summary << "\n";
  } else {
    print_error(
        env, sentence_of(outcome),
        {outcome.result == PublishResult::reused ? "give each request a name of its own"
                                                 : "`honua history` lists what others have published"});
  }
  return is_good ? ExitCode::done : ExitCode::findings;
}

}  // namespace

coordination::StoreResult<HeadPlan> plan_against_head(coordination::Store& store,
                                                      const snapshot::Document& document) {
  HeadPlan plan;
  auto head = store.head();
  if (!head) return tl::unexpected(head.error());
  plan.head = *std::move(head);
  if (!plan.head) return plan;
  auto before = read_snapshot(store, plan.head->hash, store.name());
  if (!before) return tl::unexpected(before.error());
  plan.before = *std::move(before);
  plan.changes = planning::make_plan({&*plan.before}, {&document});
  std::vector<const planning::Change*> all;
  all.reserve(plan.changes.changes.size());
  for (const planning::Change& one : plan.changes.changes) all.push_back(&one);
  plan.summary = planning::counts_of(all);
  return plan;
}

std::unique_ptr<MomentLease> take_lease(coordination::Store& store, const std::string& name,
                                        const LeaseTimes& times, const std::string& what,
                                        const std::string& help, ExitCode& code, CommandEnv& env) {
  const auto granted = store.acquire(
      {name, lease_owner(), times.duration, times.patience, times.ends_with_process, times.takes_over});
  if (!granted) {
    code = ExitCode::failure;
    print_trouble(granted.error(), store, env);
    return nullptr;
  }
  if (*granted) return std::make_unique<MomentLease>(store, **granted);
  code = ExitCode::findings;
  print_error(env, "`" + text::printable(granted->error().owner) + "` holds the lease " + what, {help});
  return nullptr;
}

void add_lease_options(CLI::App& app, LeaseOptions& options) {
  add_text_option(app, "--lease-ttl", "MS", "how long a lease lasts that is not renewed (default: 10000)",
                  options.duration);
  add_text_option(app, "--lock-wait", "SECONDS", "how long to wait for the lease (default: 15)",
                  options.patience);
}

void add_take_over_option(CLI::App& app, bool& takes_over) {
  add_flag(app, "--take-over", "take the lease to publish away from whoever has it", takes_over);
}

bool read_lease_duration(const std::string& text, std::optional<std::uint32_t>& duration, CommandEnv& env) {
  return read_number_option(text, "--lease-ttl", coordination::shortest_lease.count(),
                            coordination::longest_lease.count(), duration, env);
}

std::optional<LeaseTimes> read_lease_times(const LeaseOptions& options, CommandEnv& env) {
  std::optional<std::uint32_t> duration;
  std::optional<std::uint32_t> patience;
  if (!read_lease_duration(options.duration, duration, env)) return std::nullopt;
  if (options.patience == "0")
    return LeaseTimes{duration ? std::chrono::milliseconds(*duration) : usual_lease, {}};
  if (!read_count_option(options.patience, "--lock-wait", patience, env)) return std::nullopt;
  LeaseTimes times{usual_lease, usual_lease_patience};
  if (duration) times.duration = std::chrono::milliseconds(*duration);
  if (patience) times.patience = std::chrono::seconds(*patience);
  return times;
}

void add_result_format_option(CLI::App& app, ResultFormat& format) {
  static constexpr std::array forms = {Choice<ResultFormat>{"human", ResultFormat::human},
                                       Choice<ResultFormat>{"json", ResultFormat::json}};
  add_choice_option(app, "--format", "how to tell what came of it (default: human)", forms, format);
}

ExitCode publish_and_tell(coordination::Store& store, Publication publication,
                          const planning::ChangeSet& changes, CommandEnv& env) {
  ExitCode code = ExitCode::failure;
  const auto lease = take_lease(
      store, coordination::publisher_lease, publication.lease, "to publish",
      "publish there, wait longer with `--lock-wait`, or take it away with `--take-over`", code, env);
  if (!lease) return code;
  publication.request.lease = lease->lease();
  const auto outcome = store.publish(publication.request);
  if (!outcome) {
    print_trouble(outcome.error(), store, env);
    return ExitCode::failure;
  }
  const bool has_changes = !changes.changes.empty();
  return tell_outcome(*outcome, publication.format, has_changes, env);
}

ExitCode tell_unexpected(const std::optional<coordination::VersionRecord>& head, ResultFormat format,
                         CommandEnv& env) {
  const PublishOutcome outcome{PublishResult::conflict, head.value_or(coordination::VersionRecord{})};
  if (format == ResultFormat::json) return tell_outcome(outcome, format, false, env);
  print_error(
      env, "the head is version " + std::to_string(outcome.head.version) + ", which is not the one expected",
      {"`honua history` lists what others have published"});
  return ExitCode::findings;
}

ExitCode tell_repeated(const coordination::VersionRecord& made, const std::string& hash, ResultFormat format,
                       CommandEnv& env) {
  const auto result = made.hash == hash ? PublishResult::repeated : PublishResult::reused;
  return tell_outcome({result, made}, format, false, env);
}

}  // namespace honua::commands
