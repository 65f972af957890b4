// SPDX-License-Identifier: MIT
#include "commands/publish_snapshot.h"

#include <array>
#include <memory>
#include <ostream>
#include <set>
#include <utility>

#include <CLI/CLI.hpp>

#include "commands/messages.h"
#include "commands/read_count.h"
#include "commands/store_access.h"
#include "coordination/rollout.h"
#include "snapshot/hash.h"
#include "text/json_writer.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::commands {

namespace {

using coordination::PublishOutcome;
using coordination::PublishResult;
using coordination::Votes;

constexpr const char* lease_help =
    "publish there, wait longer with `--lock-wait`, or take it away with `--take-over`";

// Of a version that canaries run alone.
constexpr const char* canary_help = "`honua publish --promote` has all run it, `honua rollback` none";

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

// What came of a publishing, for programs.
struct Told {
  std::string_view result;
  const coordination::VersionRecord* head;
  std::optional<std::uint32_t> replicas = std::nullopt;
  const Votes* votes = nullptr;
  std::string reason;  // why it went no further
};

void write_instances(std::string_view name, const std::vector<coordination::Instance>& instances,
                     text::JsonWriter& json) {
  json.key(name);
  json.begin_array();
  for (const coordination::Instance& one : instances) {
    json.begin_object();
    json.key("id").string(one.id);
    json.key("host").string(one.host);
    json.key("pid").integer(one.pid);
    json.key("objection").string(one.objection);
    json.end_object();
  }
  json.end_array();
}

void write_json(const Told& told, CommandEnv& env) {
  text::JsonWriter json(2);
  json.begin_object();
  json.key("format_version").string("1.0");
  json.key("result").string(told.result);
  json.key("version").integer(told.head->version);
  json.key("hash").string(told.head->hash);
  json.key("fence").integer(told.head->fence);
  json.key("summary").string(told.head->summary);
  if (told.replicas) json.key("replicas").integer(*told.replicas);
  if (!told.head->canaries.empty()) {
    json.key("canaries");
    json.begin_array();
    for (const std::string& one : told.head->canaries) json.string(one);
    json.end_array();
  }
  if (told.votes != nullptr) {
    json.key("votes");
    json.begin_object();
    json.key("live").integer(told.votes->live);
    json.key("accepted").integer(told.votes->accepted);
    write_instances("refusing", told.votes->refusing, json);
    write_instances("silent", told.votes->silent, json);
    json.end_object();
  }
  if (!told.reason.empty()) json.key("reason").string(told.reason);
  json.end_object();
  env.out << std::move(json).take() << "\n";
}

ExitCode tell_outcome(const PublishOutcome& outcome, ResultFormat format, bool has_changes, CommandEnv& env) {
  const bool is_good = is_done(outcome.result);
  if (format == ResultFormat::json) {
    write_json({name_of(outcome.result), &outcome.head, outcome.replicas, nullptr, ""}, env);
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

// Tells servers that know nothing of stores, if there is a path to tell them of.
void announce_version(coordination::Store& store, const std::string& path, CommandEnv& env) {
  if (path.empty()) return;
  const auto told = store.announce(path);
  if (!told) print_note(env, "servers are not told of the version: " + told.error().message);
}

// What a version that was there before does not do, and should.
struct Unfinished {
  std::string_view result;
  std::string reason;
};

// Of a version that only canaries were to run at first. Nothing if all run it, or another one that was
// published on purpose.
coordination::StoreResult<std::optional<Unfinished>> find_unfinished(coordination::Store& store,
                                                                     const PublishOutcome& outcome) {
  const bool is_there = outcome.result == PublishResult::repeated || outcome.result == PublishResult::same;
  const coordination::VersionRecord& version = outcome.head;
  if (!is_there || version.canaries.empty()) return std::optional<Unfinished>();
  const auto state = store.state();
  if (!state) return tl::unexpected(state.error());
  if (state->promoted >= version.version) return std::optional<Unfinished>();
  const std::string name = "version " + std::to_string(version.version);
  for (std::uint64_t number = version.version + 1; state->head && number <= state->head->version; ++number) {
    const auto next = store.version(number);
    if (!next) return tl::unexpected(next.error());
    if (next->kind == coordination::VersionKind::rollback)
      return Unfinished{"rolled_back", name + " was rolled back, as version " + std::to_string(number) +
                                           ": " + text::printable(next->message)};
    const bool says_the_same = next->kind == coordination::VersionKind::barrier;
    if (says_the_same && (state->promoted >= number || next->canaries.empty()))
      return std::optional<Unfinished>();
    if (!says_the_same) return std::optional<Unfinished>();
  }
  return Unfinished{"held", name + " has this configuration already, but only its canaries run it"};
}

ExitCode tell_unfinished(const Unfinished& unfinished, const PublishOutcome& outcome, ResultFormat format,
                         CommandEnv& env) {
  if (format == ResultFormat::json)
    write_json({unfinished.result, &outcome.head, std::nullopt, nullptr, unfinished.reason}, env);
  else
    print_error(env, unfinished.reason,
                {unfinished.result == "held" ? canary_help : "`honua history` lists what was published"});
  return ExitCode::findings;
}

// A publishing under its lease, step by step.
class Publishing {
 public:
  Publishing(coordination::Store& store, const coordination::Lease& lease, Publication publication,
             bool has_changes, CommandEnv& env)
      : store_(store),
        lease_(lease),
        publication_(std::move(publication)),
        has_changes_(has_changes),
        env_(env) {
    publication_.request.lease = lease;
    publication_.request.takes_over = publication_.lease.takes_over && lease.is_taken_over;
  }

  ExitCode run() {
    ExitCode code = ExitCode::failure;
    if (!may_be_published(code)) return code;
    const auto outcome = store_.publish(publication_.request);
    if (!outcome) return fail(outcome.error());
    if (outcome->result != PublishResult::published) return tell_existing(*outcome);
    const bool has_canaries = !outcome->head.canaries.empty();
    // Programs read one object, which says how it ended.
    if (!has_canaries || !is_json()) code = tell_outcome(*outcome, publication_.format, has_changes_, env_);
    announce();
    if (has_canaries) return hold(outcome->head, outcome->replicas);
    return is_replicated(*outcome) ? code : ExitCode::findings;
  }

 private:
  [[nodiscard]] bool is_json() const { return publication_.format == ResultFormat::json; }

  ExitCode fail(const coordination::StoreError& error) {
    print_trouble(error, store_, env_);
    return ExitCode::failure;
  }

  // A version that was there before may not be where it was meant to be.
  ExitCode tell_existing(const PublishOutcome& outcome) {
    auto unfinished = find_unfinished(store_, outcome);
    if (!unfinished) return fail(unfinished.error());
    if (*unfinished) return tell_unfinished(**unfinished, outcome, publication_.format, env_);
    const ExitCode code = tell_outcome(outcome, publication_.format, has_changes_, env_);
    return is_replicated(outcome) ? code : ExitCode::findings;
  }

  // While canaries run a version alone.
  ExitCode fail_between(const coordination::StoreError& error, const std::string& name) {
    fail(error);
    print_note(env_, name + " stays with its canaries: " + canary_help);
    return ExitCode::failure;
  }

  // Whether it may become a version: by what instances say of it, and whether there are canaries.
  bool may_be_published(ExitCode& code) {
    const Rollout& rollout = publication_.rollout;
    if (!rollout.asks && rollout.canaries == 0) return true;
    const auto head = store_.head();
    if (!head) return code = fail(head.error()), false;
    const std::string hash = snapshot::hash_of(publication_.request.text);
    // That makes no version.
    if (*head && (*head)->hash == hash && !publication_.request.even_if_same) return true;
    return is_accepted(head->value_or(coordination::VersionRecord{}), code) && find_canaries(hash, code);
  }

  bool is_accepted(const coordination::VersionRecord& head, ExitCode& code) {
    const Rollout& rollout = publication_.rollout;
    if (!rollout.asks) return true;
    const auto votes =
        coordination::ask_instances(store_, publication_.request.text, publication_.request.author, lease_,
                                    rollout.quorum, rollout.vote_wait);
    if (!votes) return code = fail(votes.error()), false;
    if (votes->is_accepted) {
      if (!is_json()) print_note(env_, text::count_of(votes->accepted, "instance") + " accepted it");
      for (const coordination::Instance& one : votes->refusing) excluded_.insert(one.id);
      for (const coordination::Instance& one : votes->silent) excluded_.insert(one.id);
      if (is_json()) return true;
      // Those that the quorum does without will not run it.
      for (const std::string& one : objections_of(*votes)) env_.err << one << "\n";
      return true;
    }
    code = ExitCode::findings;
    const std::string reason = refusal_of(*votes, rollout);
    if (is_json()) return write_json({"refused", &head, std::nullopt, &*votes, reason}, env_), false;
    print_error(env_, "it is not published: " + reason,
                {votes->live == 0 ? "`honua status` lists instances" : ""});
    for (const std::string& one : objections_of(*votes)) env_.err << one << "\n";
    return false;
  }

  bool find_canaries(const std::string& hash, ExitCode& code) {
    const std::uint32_t count = publication_.rollout.canaries;
    if (count == 0) return true;
    auto chosen = coordination::choose_canaries(store_, count, hash, lease_, excluded_);
    if (!chosen) return code = fail(chosen.error()), false;
    if (chosen->size() < count) {
      code = ExitCode::findings;
      print_error(env_,
                  "it is not published: " + text::count_of(chosen->size(), "live instance") + ", and " +
                      std::to_string(count) + " should run it first",
                  {"`honua status` lists them"});
      return false;
    }
    publication_.request.canaries = *std::move(chosen);
    return true;
  }

  void announce() { announce_version(store_, publication_.announced, env_); }

  bool is_replicated(const PublishOutcome& outcome) {
    const std::uint32_t wanted = publication_.request.replicas;
    if (!outcome.replicas || *outcome.replicas >= wanted) return true;
    print_error(env_,
                "version " + std::to_string(outcome.head.version) + " is published, but only " +
                    text::count_of(*outcome.replicas, "replica") + " of " + std::to_string(wanted) +
                    " said in time that it is there",
                {"if the server is lost before they have it, so is the version"});
    return false;
  }

  // Lets canaries run a version, and then all, or none.
  ExitCode hold(const coordination::VersionRecord& version, std::optional<std::uint32_t> replicas) {
    const Rollout& rollout = publication_.rollout;
    const std::string name = "version " + std::to_string(version.version);
    if (!is_json())
      print_note(env_, text::count_of(version.canaries.size(), "instance") +
                           (version.canaries.size() == 1 ? " runs it first, for " : " run it first, for ") +
                           text::count_of(
                               static_cast<std::size_t>(
                                   std::chrono::duration_cast<std::chrono::seconds>(rollout.hold).count()),
                               "second"));
    env_.err.flush();
    const auto outcome = coordination::await_canaries(store_, version, lease_, rollout.hold);
    if (!outcome) return fail_between(outcome.error(), name);
    if (outcome->is_superseded) {
      return tell_end("conflict", version, replicas,
                      "another version was published while canaries ran " + name);
    }
    if (!outcome->is_healthy) {
      const std::string who = outcome->instance ? shown_instance(*outcome->instance) : "";
      return go_back(version, replicas, who + ": " + outcome->reason);
    }
    const auto promoted = store_.promote(version, lease_);
    if (!promoted) return fail_between(promoted.error(), name);
    if (*promoted) announce();
    if (!*promoted)
      return tell_end("conflict", version, replicas,
                      "another version was published while canaries ran " + name);
    if (is_json()) write_json({"published", &version, replicas, nullptr, ""}, env_);
    if (!is_json()) env_.out << "promoted " << name << ": it is for all instances now\n";
    return is_replicated({PublishResult::published, version, replicas}) ? ExitCode::done : ExitCode::findings;
  }

  ExitCode tell_end(std::string_view result, const coordination::VersionRecord& version,
                    std::optional<std::uint32_t> replicas, const std::string& reason) {
    if (is_json())
      write_json({result, &version, replicas, nullptr, reason}, env_);
    else
      print_error(env_, reason, {"`honua status` and `honua history` tell where things stand"});
    return ExitCode::findings;
  }

  // What all the others run: they have never left it. It may be older than the version before, which may have
  // had canaries of its own.
  coordination::StoreResult<std::optional<coordination::VersionRecord>> proven_before(
      const coordination::VersionRecord& version) {
    auto state = store_.state();
    if (!state) return tl::unexpected(state.error());
    if (version.version == 1) return std::optional<coordination::VersionRecord>();
    auto before = store_.version(version.version - 1);
    if (!before) return tl::unexpected(before.error());
    state->head = *std::move(before);
    return coordination::version_for(store_, *state, "", 0);
  }

  // Canaries run that again, too.
  ExitCode go_back(const coordination::VersionRecord& version, std::optional<std::uint32_t> replicas,
                   const std::string& reason) {
    const std::string name = "version " + std::to_string(version.version);
    const auto before = proven_before(version);
    if (!before) return fail_between(before.error(), name);
    if (!*before)
      return tell_end(
          "held", version, replicas,
          "canaries do not run " + name + ", and there is none before it that others run: " + reason);
    auto text = store_.object((*before)->hash);
    if (!text) return fail_between(text.error(), name);
    coordination::PublishRequest back;
    back.text = *std::move(text);
    back.kind = coordination::VersionKind::rollback;
    back.of = (*before)->version;
    back.expected = version.version;
    back.author = publication_.request.author;
    back.host = publication_.request.host;
    back.message = "a canary failed: " + reason;
    back.lease = lease_;
    back.even_if_same = true;
    back.time = env_.clock.now();
    const auto outcome = store_.publish(back);
    if (!outcome) return fail_between(outcome.error(), name);
    if (!is_done(outcome->result))
      return tell_end("conflict", outcome->head, replicas,
                      "a canary failed, and " + name + " was not rolled back, since " +
                          sentence_of(*outcome) + ": " + reason);
    announce();
    return tell_end("rolled_back", outcome->head, replicas,
                    name + " was rolled back, as version " + std::to_string(outcome->head.version) +
                        ", since a canary failed: " + reason);
  }

  coordination::Store& store_;
  const coordination::Lease& lease_;
  Publication publication_;
  std::set<std::string> excluded_;  // instances that do not accept it
  bool has_changes_;
  CommandEnv& env_;
};

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
  const auto lease = take_lease(store, coordination::publisher_lease, publication.lease, "to publish",
                                lease_help, code, env);
  if (!lease) return code;
  const bool has_changes = !changes.changes.empty();
  return Publishing(store, lease->lease(), std::move(publication), has_changes, env).run();
}

ExitCode promote_and_tell(coordination::Store& store, const Promotion& promotion, CommandEnv& env) {
  const auto fail = [&](const coordination::StoreError& error) {
    print_trouble(error, store, env);
    return ExitCode::failure;
  };
  ExitCode code = ExitCode::failure;
  const auto lease =
      take_lease(store, coordination::publisher_lease, promotion.lease, "to publish", lease_help, code, env);
  if (!lease) return code;
  const auto state = store.state();
  if (!state) return fail(state.error());
  if (!state->head) return fail({coordination::StoreTrouble::missing, "the store is empty"});
  const coordination::VersionRecord& head = *state->head;
  if (promotion.expected && *promotion.expected != head.version)
    return tell_unexpected(head, promotion.format, env);
  const bool is_everywhere = head.canaries.empty() || state->promoted >= head.version;
  const auto promoted =
      is_everywhere ? coordination::StoreResult<bool>(true) : store.promote(head, lease->lease());
  if (!promoted) return fail(promoted.error());
  if (!*promoted) return tell_unexpected(head, promotion.format, env);
  if (!is_everywhere) announce_version(store, promotion.announced, env);
  if (promotion.format == ResultFormat::json) {
    write_json({is_everywhere ? "same" : "published", &head, std::nullopt, nullptr, ""}, env);
  } else if (is_everywhere) {
    env.out << "version " << head.version << " is for all instances already\n";
  } else {
    env.out << "promoted version " << head.version << ": it is for all instances now\n";
  }
  return ExitCode::done;
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

ExitCode tell_repeated(coordination::Store& store, const coordination::VersionRecord& made,
                       const std::string& hash, ResultFormat format, CommandEnv& env) {
  const auto result = made.hash == hash ? PublishResult::repeated : PublishResult::reused;
  const PublishOutcome outcome{result, made};
  const auto unfinished = find_unfinished(store, outcome);
  if (!unfinished) return print_trouble(unfinished.error(), store, env), ExitCode::failure;
  if (*unfinished) return tell_unfinished(**unfinished, outcome, format, env);
  return tell_outcome(outcome, format, false, env);
}

}  // namespace honua::commands
