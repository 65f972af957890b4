// SPDX-License-Identifier: MIT
#include "commands/rollback_command.h"

#include <utility>

#include <CLI/CLI.hpp>

#include "commands/environment_option.h"
#include "commands/messages.h"
#include "commands/version_argument.h"
#include "snapshot/secret_digest.h"

namespace honua::commands {

void RollbackCommand::add_options(CLI::App& app) {
  add_version_argument(app, version_, "the version to go back to");
  add_store_options(app, access_);
  add_text_option(app, "-m,--message", "TEXT", "what to say of the version", message_);
  add_text_option(app, "--author", "NAME", "who publishes (default: HONUA_AUTHOR, or the user)", author_);
  add_flag(app, "--force", "publish although the head has the same configuration", even_if_same_);
  add_take_over_option(app, takes_over_);
  add_lease_options(app, lease_options_);
  add_result_format_option(app, format_);
  add_text_option(app, "--environment", "NAME", environment_help, inputs_.request.environment);
  add_control_options(app, control_, Baselines::read);
  add_count_options(app, counts_);
}

bool RollbackCommand::is_sound(const snapshot::Document& document, CommandEnv& env) const {
  const snapshot::SecretDigest digest;
  const auto candidate =
      load_stored_candidate(inputs_, "version " + version_, std::string(document.text()), digest, env);
  if (candidate->sound) return true;
  print_findings_of(*candidate, env);
  print_error(env, "version " + version_ + " has errors by today's rules, and is not published",
              {"`--rule` and `--fail-on` say what counts"});
  return false;
}

ExitCode RollbackCommand::run(CommandEnv& env) {
  const auto version = read_version_argument(version_, env);
  if (!version) return ExitCode::usage;
  if (!*version) {
    print_error(env,
                version_.empty() ? "a rollback needs the version to go back to"
                                 : "the head is what there is: a rollback needs an older version",
                {"`honua history` lists them"});
    return ExitCode::usage;
  }
  const auto times = read_lease_times(lease_options_, env);
  if (!times || !read_watched_inputs(control_, counts_, inputs_, env)) return ExitCode::usage;
  const auto store = open_named_store(access_, env);
  if (!store) return ExitCode::failure;
  const auto stored = fetch_version(*store, *version, env);
  if (!stored) return ExitCode::failure;
  if (!is_sound(stored->document, env)) return ExitCode::findings;
  const auto plan = plan_against_head(*store, stored->document);
  if (!plan) {
    print_trouble(plan.error(), *store, env);
    return ExitCode::failure;
  }
  Publication publication;
  coordination::PublishRequest& request = publication.request;
  request.text = stored->document.text();
  request.kind = coordination::VersionKind::rollback;
  request.of = **version;
  request.expected = plan->head ? plan->head->version : 0;
  request.author = author_.empty() ? default_author(env) : author_;
  request.host = host_name();
  request.message = message_;
  request.summary = plan->summary;
  request.even_if_same = even_if_same_;
  request.time = env.clock.now();
  publication.lease = *times;
  publication.lease.takes_over = takes_over_;
  publication.format = format_;
  return publish_and_tell(*store, std::move(publication), plan->changes, env);
}

}  // namespace honua::commands
