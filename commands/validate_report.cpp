// SPDX-License-Identifier: MIT
#include "commands/validate_report.h"

#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

#include "commands/apply_fixes.h"
#include "commands/messages.h"
#include "commands/report_formats.h"
#include "diagnostics/render_place.h"
#include "diagnostics/shown_text.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

using diagnostics::Severity;

// Names in a note; a hundred of them would hide the rest of it.
constexpr std::size_t max_listed_names = 20;

// Longer names stick out of their column, lest one pushes the rest off the screen.
constexpr std::size_t max_name_column = 40;

void append_count(std::string& text, std::size_t count, std::string_view noun) {
  if (count == 0) return;
  if (!text.empty()) text += ", ";
  text += count_of(count, noun);
}

// "1 error, 2 warnings", without what there is none of.
std::string describe_counts(const diagnostics::Report& report) {
  std::string text;
  append_count(text, report.count(Severity::error), "error");
  append_count(text, report.count(Severity::warning), "warning");
  append_count(text, report.count(Severity::info), "note");
  if (report.dropped() > 0) {
    text += text.empty() ? "" : ", ";
    text += std::to_string(report.dropped()) + " more not shown";
  }
  if (text.empty()) text = "nothing found";
  const diagnostics::Suppressed& suppressed = report.suppressed;
  if (suppressed.by_comment > 0)
    text += ", " + std::to_string(suppressed.by_comment) + " ignored by comments";
  if (suppressed.by_baseline > 0) text += ", " + std::to_string(suppressed.by_baseline) + " in the baseline";
  return text;
}

void print_summary(const CheckResult& result, const diagnostics::Report& report, CommandEnv& env) {
  if (result.sources.size() == 0) return;
  env.err << "checked " << count_of(result.sources.size(), "file") << ": " << describe_counts(report) << '\n';
}

using diagnostics::EnvironmentVariable;

std::string_view describe_state(const EnvironmentVariable& variable) {
  if (variable.is_set) return variable.is_empty ? "set, but empty" : "set";
  if (!variable.is_needed) return "not set, not needed";
  return variable.has_default ? "not set, has a default" : "not set";
}

// One line for each variable: its name, its state, where it is asked for first.
void list_variables(const CheckResult& result, CommandEnv& env) {
  env.err << "environment variables:" << (result.variables.empty() ? " none\n" : "\n");
  std::size_t name_width = 0;
  std::size_t state_width = 0;
  for (const EnvironmentVariable& one : result.variables) {
    name_width = std::max(name_width, text::printable(one.name).size());
    state_width = std::max(state_width, describe_state(one).size());
  }
  name_width = std::min(name_width, max_name_column);
  for (const EnvironmentVariable& one : result.variables) {
    const auto padded = [](std::string text, std::size_t width) {
      text.resize(std::max(text.size(), width), ' ');
      return text;
    };
    const std::string name = text::printable(diagnostics::shown_text(one.name));
    env.err << "  " << padded(name, name_width) << "  "
            << padded(std::string(describe_state(one)), state_width) << "  "
            << diagnostics::describe_place(one.places.front(), result.sources);
    if (one.places.size() > 1) env.err << " and " << count_of(one.places.size() - 1, "other place");
    env.err << '\n';
  }
}

void report_variables(const CheckResult& result, Format format, EnvironmentMode mode, CommandEnv& env) {
  if (mode == EnvironmentMode::note) note_unset_variables(result.variables, env);
  if (mode == EnvironmentMode::list && !holds_account(format)) list_variables(result, env);
}

}  // namespace

void print_failures(const CheckResult& result, CommandEnv& env) {
  for (const InputFailure& failure : result.failures) {
    print_error(
        env,
        failure.name.empty() ? failure.message : "cannot read `" + failure.name + "`: " + failure.message,
        failure.help);
  }
}

void note_unset_variables(const std::vector<diagnostics::EnvironmentVariable>& variables, CommandEnv& env) {
  std::vector<std::string> names;
  for (const diagnostics::EnvironmentVariable& one : variables) {
    if (one.is_needed && !one.is_set && !one.has_default)
      names.push_back(text::printable(diagnostics::shown_text(one.name)));
  }
  if (names.empty()) return;
  const bool one = names.size() == 1;
  std::string text = count_of(names.size(), "environment variable") + (one ? " is" : " are") +
                     " not set here and " + (one ? "was" : "were") + " taken as unknown: ";
  for (std::size_t i = 0; i < names.size() && i < max_listed_names; ++i) {
    text += (i == 0 ? "" : ", ") + names[i];
  }
  if (names.size() > max_listed_names)
    text += " and " + std::to_string(names.size() - max_listed_names) + " more";
  print_note(env, text);
}

void print_account(const CheckResult& result, const diagnostics::Report& report, Format format,
                   const CheckOptions& options, CommandEnv& env) {
  print_failures(result, env);
  if (!holds_account(format)) print_summary(result, report, env);
  if (options.depth == CheckDepth::syntax)
    print_note(env, "only the syntax was checked; expressions were not evaluated");
  if (options.depth == CheckDepth::expressions)
    print_note(env, "only syntax and expressions were checked, not what the blocks mean");
  report_variables(result, format, options.environment, env);
}

void note_fixable(const diagnostics::Report& report, Format format, config::Target target, CommandEnv& env) {
  if (format != Format::human && format != Format::concise) return;
  const Fixable fixable = count_fixable(report, target);
  if (fixable.safe + fixable.unsafe == 0) return;
  std::string text = "`--fix` mends " + count_of(fixable.safe, "finding");
  if (fixable.safe == 0) {
    text = "`--fix=unsafe` mends " + count_of(fixable.unsafe, "finding");
  } else if (fixable.unsafe > 0) {
    text += ", `--fix=unsafe` " + std::to_string(fixable.unsafe) + " more";
  }
  print_note(env, text);
}

}  // namespace honua::commands
