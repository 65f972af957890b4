// SPDX-License-Identifier: MIT
#include "commands/plan_outputs.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>

#include "commands/input_files.h"
#include "commands/messages.h"
#include "commands/output_guard.h"
#include "commands/report_files.h"
#include "commands/shared_options.h"
#include "commands/write_output.h"
#include "text/sanitize.h"

namespace honua::commands {

void PlanOutputs::add_options(CLI::App& app) {
  add_text_option(app, "--out", "FILE", "also write the plan in JSON, with the hashes of both sides", out_);
  std::vector<std::string_view> formats;
  formats.reserve(plan_formats.size());
  for (const auto& one : plan_formats) formats.push_back(one.name);
  add_report_option(app, "also write the plan in this format into a file; may be given several times",
                    formats, [this](std::size_t format, std::string path) {
                      files_.push_back({plan_formats[format].value, std::move(path)});
                    });
}

bool PlanOutputs::read(CommandEnv& env) {
  if (out_ == "-") {
    print_error(env, "`--out` writes a file; `--format` is for standard output");
    return false;
  }
  if (!out_.empty()) files_.push_back({PlanFormat::json, out_});
  const auto is_native = [](const File& one) { return is_native_name(one.path); };
  const auto wrong = std::ranges::find_if(files_, is_native);
  if (wrong == files_.end()) return true;
  print_error(env, text::quoted(wrong->path) + " would be read as configuration: it is a report",
              {"name another file"});
  return false;
}

bool PlanOutputs::has(PlanFormat format) const {
  return std::ranges::any_of(files_, [&](const File& one) { return one.format == format; });
}

bool PlanOutputs::needs_texts() const {
  return std::ranges::any_of(files_, [](const File& one) { return commands::needs_texts(one.format); });
}

bool PlanOutputs::replace_inputs(const std::vector<const LoadedSnapshot*>& sides,
                                 const std::vector<std::string>& others, CommandEnv& env) const {
  std::set<std::string> read;
  for (const LoadedSnapshot* one : sides) {
    if (!one->saved_path.empty()) read.insert(destination_of(one->saved_path, env.files));
  }
  for (const std::string& one : others) {
    if (!one.empty()) read.insert(destination_of(one, env.files));
  }
  std::set<std::string> written;
  for (const File& one : files_) {
    const std::string destination = destination_of(one.path, env.files);
    if (read.contains(destination)) {
      print_error(env, text::quoted(one.path) + " is read by this plan: it would be lost",
                  {"name another file"});
      return true;
    }
    const auto is_overwritten = [&](const LoadedSnapshot* side) {
      return side->is_overwritten_by(one.path, env);
    };
    if (std::ranges::any_of(sides, is_overwritten)) return true;
    if (written.insert(destination).second) continue;
    print_error(env, "two reports cannot go into " + text::quoted(one.path),
                {"name a file of its own for each"});
    return true;
  }
  return false;
}

bool PlanOutputs::write(const planning::PlanReport& report, const PlanTexts& texts, CommandEnv& env) const {
  bool all = true;
  for (const File& one : files_)
    all = write_file(one.path, render_plan(report, texts, one.format, false, env.clock.now()), env) && all;
  return all;
}

}  // namespace honua::commands
