// SPDX-License-Identifier: MIT
#include "commands/publish_command.h"

#include <algorithm>
#include <array>
#include <ostream>
#include <utility>

#include <CLI/CLI.hpp>

#include "commands/baseline_file.h"
#include "commands/environment_option.h"
#include "commands/expected_plan.h"
#include "commands/messages.h"
#include "commands/read_count.h"
#include "snapshot/secret_digest.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

// A name that a caller gives a request, to repeat it without a second version.
constexpr std::size_t max_request_name = 128;
// No server has more.
constexpr std::uint32_t most_replicas = 1000;

}  // namespace

void PublishCommand::add_options(CLI::App& app) {
  add_paths(app, "files or directories (default: what is found here)", inputs_.request.paths);
  add_store_options(app, access_);
  add_flag(app, "--init", "make the store if there is none", creates_);
  add_text_option(app, "-m,--message", "TEXT", "what to say of the version", message_);
  add_text_option(app, "--author", "NAME", "who publishes (default: HONUA_AUTHOR, or the user)", author_);
  add_text_option(app, "--expect-version", "N", "publish only if this is the head; 0 for an empty store",
                  expected_);
  add_text_option(app, "--require-plan", "FILE|HASH",
                  "publish only what this plan of `honua plan --out` has, or the snapshot of this hash",
                  required_);
  static constexpr std::array levels = {Choice<ChangeLevel>{"breaking", ChangeLevel::breaking},
                                        Choice<ChangeLevel>{"risky", ChangeLevel::risky},
                                        Choice<ChangeLevel>{"additive", ChangeLevel::additive},
                                        Choice<ChangeLevel>{"any", ChangeLevel::any}};
  add_choice_option(app, "--fail-on-change", "refuse changes that are at least as bad", levels,
                    fail_on_change_);
  add_text_option(app, "--request", "NAME", "a name of this request: repeated, it makes no second version",
                  request_id_);
  add_flag(app, "--force", "publish although the head has the same configuration", even_if_same_);
  add_flag(app, "--dry-run", "tell what would be published, and publish nothing", is_trial_);
  add_rollout_options(app, rollout_options_);
  add_flag(app, "--promote", "publish nothing, and have all instances run what only canaries run", promotes_);
  add_text_option(app, "--require-replicas", "N", "how many replicas of a server have to have the version",
                  replicas_);
  add_text_option(app, "--compat", "PATH",
                  "tell servers on the channel honua:config:changes that this file has changed", announced_);
  add_take_over_option(app, takes_over_);
  add_lease_options(app, lease_options_);
  add_result_format_option(app, format_);
  add_text_option(app, "--environment", "NAME", environment_help, inputs_.request.environment);
  add_text_option(app, "--env-file", "FILE", "variables that count more than the environment's",
                  inputs_.environment_file);
  add_control_options(app, control_, Baselines::read);
  add_count_options(app, counts_);
}

bool PublishCommand::read_inputs(CommandEnv& env) {
  if (!read_watched_inputs(control_, counts_, inputs_, env)) return false;
  const auto times = read_lease_times(lease_options_, env);
  if (!times) return false;
  lease_ = *times;
  if (is_trial_ && format_ == ResultFormat::json) {
    print_error(env, "`--dry-run` tells people what would be published",
                {"`honua plan --store URL --format json` tells programs"});
    return false;
  }
  std::optional<std::uint32_t> expected;
  if (expected_ != "0" && !read_count_option(expected_, "--expect-version", expected, env)) return false;
  if (!expected_.empty()) expected_version_ = expected.value_or(0);
  if (message_.size() > coordination::max_message_size) {
    print_error(env,
                "the message is longer than " + std::to_string(coordination::max_message_size) + " bytes");
    return false;
  }
  if (request_id_.size() <= max_request_name) return true;
  print_error(env, "the request's name is longer than " + std::to_string(max_request_name) + " bytes");
  return false;
}

bool PublishCommand::read_steps(CommandEnv& env) {
  const auto rollout = read_rollout(rollout_options_, env);
  std::optional<std::uint32_t> replicas;
  if (!rollout || !read_number_option(replicas_, "--require-replicas", 1, most_replicas, replicas, env))
    return false;
  rollout_ = *rollout;
  needed_replicas_ = replicas.value_or(0);
  return true;
}

// The configuration, if it may be published.
std::optional<SoundConfiguration> PublishCommand::load(ExitCode& code, CommandEnv& env) const {
  const snapshot::SecretDigest digest;
  const std::unique_ptr<Candidate> candidate = load_candidate(inputs_, digest, env);
  note_unused_environment(inputs_.request, candidate->found, env);
  note_unread_files(candidate->found, env, "published");
  if (!candidate->sound) {
    print_findings_of(*candidate, env);
    const bool is_unread = !candidate->failures.empty();
    if (!is_unread)
      print_error(env, "the configuration has errors, and is not published", {"`honua validate` tells more"});
    code = is_unread ? ExitCode::failure : ExitCode::findings;
    return std::nullopt;
  }
  SoundConfiguration sound = *std::move(candidate->sound);
  if (sound.masked == 0) return sound;
  print_error(
      env, count_of(sound.masked, "value") + " with a secret in the file: a snapshot does not hold secrets",
      {"take them from the environment, with `env(\"NAME\")`"});
  code = ExitCode::findings;
  return std::nullopt;
}

bool PublishCommand::is_as_required(const SoundConfiguration& sound, const HeadPlan& plan,
                                    CommandEnv& env) const {
  if (!required_.empty()) {
    const auto required = read_expected_plan(required_, env);
    if (!required) return false;
    const std::string before = plan.head ? plan.head->hash : "";
    if (required->after != sound.hash || (!required->before.empty() && required->before != before)) {
      print_error(env, "what would be published is not what " + text::quoted(required_) + " has",
                  {"look at it again: `honua plan --out FILE`"});
      return false;
    }
  }
  if (!fail_on_change_) return true;
  const auto is_bad = [this](const planning::Change& one) {
    return *fail_on_change_ == ChangeLevel::any ||
           static_cast<int>(one.level) <= static_cast<int>(*fail_on_change_);
  };
  if (std::ranges::none_of(plan.changes.changes, is_bad)) return true;
  print_error(env, "the changes are refused: " + plan.summary, {"`honua plan` shows them"});
  return false;
}

void PublishCommand::show_plan(const HeadPlan& plan, const snapshot::Document& document, CommandEnv& env) {
  if (!plan.before || plan.changes.changes.empty()) {
    env.out << (plan.head ? "no changes\n" : "the first version\n");
    return;
  }
  planning::PlanReport report{
      &plan.changes, {"head", &*plan.before, nullptr, ""}, {"here", &document, nullptr, ""}, {}, 0, nullptr};
  for (const planning::Change& one : plan.changes.changes) report.shown.push_back(&one);
  env.out << planning::render_plan_human(report, false);
}

ExitCode PublishCommand::publish(coordination::Store& store, const SoundConfiguration& sound,
                                 CommandEnv& env) const {
  const auto document = snapshot::Document::from_canonical("here", sound.text);
  // What it has published already is not judged once more.
  if (!request_id_.empty() && !is_trial_) {
    const auto made = store.made_by(request_id_);
    if (!made) return print_trouble(made.error(), store, env), ExitCode::failure;
    // Replicas are asked again by publishing it again.
    if (*made && needed_replicas_ == 0) return tell_repeated(store, **made, sound.hash, format_, env);
    if (*made) return publish_and_tell(store, publication_of(sound, **made, "", env), {}, env);
  }
  const auto plan = plan_against_head(store, *document);
  if (!plan) {
    print_trouble(plan.error(), store, env);
    return ExitCode::failure;
  }
  const std::uint64_t head = plan->head ? plan->head->version : 0;
  if (expected_version_ && *expected_version_ != head) return tell_unexpected(plan->head, format_, env);
  if (!is_as_required(sound, *plan, env)) return ExitCode::findings;
  if (is_trial_) {
    if (rollout_.asks || rollout_.canaries > 0) print_note(env, "a trial asks no instance");
    return show_plan(*plan, *document, env), ExitCode::done;
  }
  return publish_and_tell(store, publication_of(sound, plan->head, plan->summary, env), plan->changes, env);
}

Publication PublishCommand::publication_of(const SoundConfiguration& sound,
                                           const std::optional<coordination::VersionRecord>& head,
                                           const std::string& summary, CommandEnv& env) const {
  Publication publication;
  coordination::PublishRequest& request = publication.request;
  request.text = sound.text;
  // What was compared is what is replaced.
  request.expected = head ? head->version : 0;
  request.author = author_.empty() ? default_author(env) : author_;
  request.host = host_name();
  request.message = message_;
  request.summary = summary;
  request.is_named = !request_id_.empty();
  if (request.is_named) request.request = request_id_;
  request.even_if_same = even_if_same_;
  request.time = env.clock.now();
  publication.lease = lease_;
  publication.lease.takes_over = takes_over_;
  publication.format = format_;
  publication.rollout = rollout_;
  publication.announced = announced_;
  request.replicas = needed_replicas_;
  return publication;
}

// What `--promote` does nothing with is not silently ignored.
bool PublishCommand::is_promotion_alone(CommandEnv& env) const {
  const std::array<std::pair<bool, const char*>, 15> others{{
      {!inputs_.request.paths.empty(), "a path"},
      {is_trial_, "`--dry-run`"},
      {creates_, "`--init`"},
      {!message_.empty(), "`--message`"},
      {!author_.empty(), "`--author`"},
      {!required_.empty(), "`--require-plan`"},
      {fail_on_change_.has_value(), "`--fail-on-change`"},
      {!request_id_.empty(), "`--request`"},
      {even_if_same_, "`--force`"},
      {rollout_.asks, "`--two-phase`"},
      {rollout_.canaries > 0, "`--canary`"},
      {needed_replicas_ > 0, "`--require-replicas`"},
      {!inputs_.request.environment.empty(), "`--environment`"},
      {!inputs_.environment_file.empty(), "`--env-file`"},
      {!control_.baseline.empty(), "`--baseline`"},
  }};
  for (const auto& [is_given, name] : others) {
    if (!is_given) continue;
    print_error(env, std::string("`--promote` publishes nothing, and does not go with ") + name);
    return false;
  }
  return true;
}

ExitCode PublishCommand::run(CommandEnv& env) {
  if (!read_inputs(env) || !read_steps(env)) return ExitCode::usage;
  if (promotes_) {
    if (!is_promotion_alone(env)) return ExitCode::usage;
    const auto store = open_named_store(access_, env);
    lease_.takes_over = takes_over_;
    const Promotion promotion{expected_version_, lease_, format_, announced_};
    return store ? promote_and_tell(*store, promotion, env) : ExitCode::failure;
  }
  ExitCode code = ExitCode::failure;
  const auto sound = load(code, env);
  if (!sound) return code;
  const auto store = open_named_store(access_, env, creates_ && !is_trial_);
  if (!store) return ExitCode::failure;
  return publish(*store, *sound, env);
}

}  // namespace honua::commands
