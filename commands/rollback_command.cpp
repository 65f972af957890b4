// SPDX-License-Identifier: MIT
#include "commands/rollback_command.h"

#include <utility>

#include <CLI/CLI.hpp>

#include "commands/messages.h"
#include "commands/print_findings.h"
#include "commands/run_report.h"
#include "commands/version_argument.h"
#include "restoring/restore.h"

namespace honua::commands {

void RollbackCommand::add_options(CLI::App& app) {
  add_version_argument(app, version_, "the version to go back to");
  add_store_options(app, access_);
  add_text_option(app, "-m,--message", "TEXT", "what to say of the version", message_);
  add_text_option(app, "--author", "NAME", "who publishes (default: HONUA_AUTHOR, or the user)", author_);
  add_flag(app, "--force", "publish although the head has the same configuration", even_if_same_);
  add_lease_options(app, lease_options_);
  add_result_format_option(app, format_);
  add_control_options(app, control_, Baselines::read);
}

bool RollbackCommand::is_sound(const snapshot::Document& document, CommandEnv& env) {
  const CheckResult result =
      check_text("version " + version_, restoring::restore(document).text, check_, env);
  diagnostics::Report report = make_report(result, Identities::left_out, env);
  report.threshold = threshold_of(fail_on_);
  if (!reaches_threshold(report)) return true;
  for (const diagnostics::Severity severity :
       {diagnostics::Severity::error, diagnostics::Severity::warning, diagnostics::Severity::info}) {
    if (report.fails(severity))
      (void)print_findings(result.findings, severity, result.sources, Color::automatic, env);
  }
  print_error(env, "version " + version_ + " has errors by today's rules, and is not published",
              {"`--rule` and `--fail-on` say what counts"});
  return false;
}

ExitCode RollbackCommand::run(CommandEnv& env) {
  const auto version = read_version_argument(version_, env);
  if (!version) return ExitCode::usage;
  if (!*version) {
    print_error(env, "a rollback needs the version to go back to", {"`honua history` lists them"});
    return ExitCode::usage;
  }
  const auto times = read_lease_times(lease_options_, env);
  const auto control = settle(control_, env);
  if (!times || !control) return ExitCode::usage;
  check_.levels = control->levels;
  check_.target = control->target;
  fail_on_ = control->fail_on;
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
  publication.format = format_;
  return publish_and_tell(*store, std::move(publication), plan->changes, env);
}

}  // namespace honua::commands
