// SPDX-License-Identifier: MIT
#include "commands/github_summary.h"

#include <algorithm>
#include <string>
#include <vector>

#include "commands/messages.h"
#include "commands/output_guard.h"
#include "diagnostics/render_github.h"

namespace honua::commands {

namespace {

constexpr const char* summary_variable = "GITHUB_STEP_SUMMARY";

// What GitHub takes of a step; it drops the whole summary of one that writes more.
constexpr std::size_t max_step_summary = std::size_t{1024} * 1024;

// The variable's value is the environment's: no message holds it.
void note_no_summary(const std::string& reason, CommandEnv& env) {
  print_note(env, "the summary of the job was not written: " + reason);
}

}  // namespace

bool has_github_summary(const CommandEnv& env) {
  return !env.environment.get(summary_variable).value_or("").empty();
}

void add_github_summary(const diagnostics::Report& report, const InputRequest& request,
                        const InputFiles& inputs, const std::vector<std::string>& others, CommandEnv& env) {
  const std::string path = env.environment.get(summary_variable).value_or("");
  if (path.empty()) return;
  if (overlap_of(path, request, inputs, env) != Overlap::none)
    return note_no_summary("it is a part of the configuration itself", env);
  const std::string destination = destination_of(path, env.files);
  for (const std::string& one : others) {
    if (!one.empty() && destination_of(one, env.files) == destination)
      return note_no_summary("this run reads or writes the file for something else", env);
  }
  std::string content;
  if (env.files.exists(path)) {
    const auto before = env.files.read_file(path, max_step_summary);
    if (!before) return note_no_summary(before.error().message, env);
    content = before->to_string();
  }
  // A table starts on a line of its own.
  if (!content.empty()) content += content.ends_with('\n') ? "\n" : "\n\n";
  const std::size_t room = max_step_summary - std::min(max_step_summary, content.size());
  const std::string table = render_github_summary(report, std::min(room, diagnostics::max_github_summary));
  if (table.empty()) return note_no_summary("what is in it already leaves no room", env);
  const auto written = env.files.write_file_atomically(path, content + table);
  if (!written) note_no_summary(written.error().message, env);
}

}  // namespace honua::commands
