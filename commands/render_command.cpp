// SPDX-License-Identifier: MIT
#include "commands/render_command.h"

#include <algorithm>
#include <filesystem>
#include <ostream>

#include "commands/environment_option.h"
#include "commands/messages.h"
#include "commands/validate_report.h"
#include "diagnostics/render_human.h"
#include "rendering/render_upstream.h"
#include "text/sanitize.h"

namespace honua::commands {

using diagnostics::Severity;

void RenderCommand::add_options(CLI::App& app) {
  add_paths(app, "files, directories or - (default: what is found here)", request_.paths);
  add_target_option(app, "whom to write for: the server at hand", target_);
  add_text_option(app, "-o,--output", "FILE", "replace this file instead of writing to standard output",
                  output_);
  add_flag(app, "--strict", "write nothing if something would be left out", strict_);
  add_color_option(app, color_);
  add_text_option(app, "--environment", "NAME", environment_help, request_.environment);
  add_text_option(app, "--stdin-filename", "NAME", "what to call standard input", request_.stdin_filename);
}

bool RenderCommand::check_usage(CommandEnv& env) const {
  if (!target_) {
    print_error(env, "`honua render` needs to know whom to write for", {"add `--target upstream`"});
    return false;
  }
  return check_environment_name(request_.environment, env);
}

bool RenderCommand::is_input(const InputFiles& inputs, CommandEnv& env) const {
  const std::string identity = output_.empty() ? "" : env.files.identity(output_);
  return !identity.empty() && std::ranges::any_of(inputs.files, [&](const InputFile& one) {
    return !one.is_standard_input() && env.files.identity(one.path) == identity;
  });
}

std::size_t RenderCommand::print(const diagnostics::Diagnostics& findings, Severity severity,
                                 const source::SourceSet& sources, CommandEnv& env) const {
  const bool color = use_color(color_, env.environment, env.err_is_terminal);
  std::size_t count = 0;
  for (const diagnostics::Diagnostic* one : findings.sorted()) {
    if (one->severity != severity) continue;
    ++count;
    env.err << render_human(*one, sources, {color}) << '\n';
  }
  return count;
}

bool RenderCommand::is_sound(const std::string& text, CommandEnv& env) const {
  const CheckResult rendered = check_text(output_.empty() ? "<rendered>" : output_, text, check_, env);
  if (!rendered.findings.has_errors()) return true;
  (void)print(rendered.findings, Severity::error, rendered.sources, env);
  print_error(env, "nothing was written: without what is left out the rest has errors",
              {"write the values themselves that are left out"});
  return false;
}

bool RenderCommand::is_inside_input(CommandEnv& env) const {
  const std::filesystem::path output(output_);
  if (output_.empty() || !is_configuration_name(output.filename().string())) return false;
  const std::string directory = output.has_parent_path() ? output.parent_path().string() : ".";
  const std::string identity = env.files.identity(directory);
  std::vector<std::string> paths = request_.paths;
  if (paths.empty()) {
    if (const auto configured = configured_path(env.environment)) {
      paths.push_back(configured->path);
    } else if (is_discovered_name(output.filename().string())) {
      paths.emplace_back(".");
    }
  }
  return std::ranges::any_of(paths, [&](const std::string& path) {
    return env.files.is_directory(path) && env.files.identity(path) == identity;
  });
}

ExitCode RenderCommand::write(const std::string& text, CommandEnv& env) const {
  if (output_.empty()) {
    env.out << text;
    return ExitCode::done;
  }
  const auto written = env.files.write_file_atomically(output_, text);
  if (written) return ExitCode::done;
  print_error(env, "cannot write `" + text::printable(output_) + "`: " + written.error().message);
  return ExitCode::failure;
}

ExitCode RenderCommand::run(CommandEnv& env) {
  if (!check_usage(env)) return ExitCode::usage;
  const InputFiles inputs = find_input_files(request_, env.files, env.environment);
  if (is_inside_input(env)) {
    print_error(env, "`" + text::printable(output_) + "` would become a part of the configuration itself",
                {"name a file outside of the directories that are read"});
    return ExitCode::usage;
  }
  if (is_input(inputs, env)) {
    print_error(env, "`" + text::printable(output_) + "` is a part of the configuration itself",
                {"name another file: what is left out would be lost"});
    return ExitCode::usage;
  }
  const CheckResult result = check_files(inputs, check_, env);
  print_failures(result, env);
  note_unused_environment(request_, inputs, env);
  if (!result.failures.empty()) return ExitCode::failure;
  if (result.findings.has_errors()) {
    (void)print(result.findings, Severity::error, result.sources, env);
    print_error(env, "nothing was written: the configuration has errors");
    return ExitCode::findings;
  }
  diagnostics::Diagnostics lost;
  const std::string text = rendering::render_upstream(result.inputs, lost);
  const std::size_t left_out = print(lost, Severity::warning, result.sources, env) + lost.dropped();
  (void)print(lost, Severity::error, result.sources, env);
  const bool is_refused = lost.has_errors();
  if (is_refused || (strict_ && left_out > 0)) {
    print_error(env, is_refused ? "nothing was written: the server needs what would be left out"
                                : "nothing was written: something would be left out");
    return ExitCode::findings;
  }
  if (left_out > 0) print_note(env, count_of(left_out, "thing") + " left out");
  return is_sound(text, env) ? write(text, env) : ExitCode::findings;
}

}  // namespace honua::commands
