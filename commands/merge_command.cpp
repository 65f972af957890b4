// SPDX-License-Identifier: MIT
#include "commands/merge_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <ostream>
#include <utility>
#include <vector>

#include "commands/messages.h"
#include "commands/print_findings.h"
#include "commands/read_input.h"
#include "commands/write_output.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

std::string describe(merging::ConflictKind kind) {
  switch (kind) {
    case merging::ConflictKind::both_changed: return "both sides changed it";
    case merging::ConflictKind::both_added: return "both sides added it";
    case merging::ConflictKind::deleted_by_ours: return "ours deleted it, theirs changed it";
    case merging::ConflictKind::deleted_by_theirs: return "theirs deleted it, ours changed it";
    case merging::ConflictKind::whole_file: break;
  }
  return "";
}

std::optional<std::size_t> read_marker_size(const std::string& given) {
  std::size_t size = 0;
  const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), size);
  if (error != std::errc() || end != given.data() + given.size()) return std::nullopt;
  return size >= 1 && size <= merging::max_marker_size ? std::optional(size) : std::nullopt;
}

std::string name_of(const std::string& path) { return path == "-" ? "<stdin>" : text::printable(path); }

void add_file(CLI::App& app, const std::string& name, const std::string& description, std::string& target) {
  app.add_option(name, target, description)->option_text(" ")->required();
}

}  // namespace

void MergeCommand::add_options(CLI::App& app) {
  add_file(app, "BASE", "the version that both others come from, or - for standard input", paths_.base);
  add_file(app, "OURS", "the version whose order and layout count more, or -", paths_.ours);
  add_file(app, "THEIRS", "the other version, or -", paths_.theirs);
  add_text_option(app, "-o,--output", "FILE", "replace this file instead of writing to standard output",
                  output_);
  add_flag(app, "--diff3", "show in conflicts what the base has, too", style_.shows_base);
  add_text_option(app, "--marker-size", "N", "how long conflict markers are (default: 7)", marker_size_);
  add_text_option(app, "--ours-label", "TEXT", "what markers call OURS (default: ours)", style_.ours_label);
  add_text_option(app, "--base-label", "TEXT", "what markers call BASE (default: base)", style_.base_label);
  add_text_option(app, "--theirs-label", "TEXT", "what markers call THEIRS (default: theirs)",
                  style_.theirs_label);
  add_text_option(app, "--path-name", "NAME", "what messages call the merged file", path_name_);
  add_flag(app, "--git-driver", "write into OURS; merge as text what cannot be parsed", is_git_driver_);
  add_color_option(app, color_);
}

bool MergeCommand::check_usage(CommandEnv& env) {
  const std::array paths = {paths_.base, paths_.ours, paths_.theirs};
  if (std::ranges::count(paths, "-") > 1) {
    print_error(env, "only one of the files can be standard input");
    return false;
  }
  if (is_git_driver_ && (!output_.empty() || paths_.ours == "-")) {
    print_error(env, "with `--git-driver` the result is written into OURS",
                {output_.empty() ? "name a file" : "leave out `--output`"});
    return false;
  }
  if (is_git_driver_) output_ = paths_.ours;
  if (marker_size_.empty()) return true;
  const auto size = read_marker_size(marker_size_);
  if (size) {
    style_.marker_size = *size;
    return true;
  }
  print_error(env, "option `--marker-size` needs a number from 1 to " +
                       std::to_string(merging::max_marker_size) + ", not " + text::quoted(marker_size_));
  return false;
}

std::string MergeCommand::result_name() const {
  if (!path_name_.empty()) return text::printable(path_name_);
  return output_.empty() ? "<stdout>" : text::printable(output_);
}

// Git's temporary files have names that say nothing.
std::string MergeCommand::json_name() const {
  std::vector<std::string> paths = {paths_.base, paths_.ours, paths_.theirs};
  if (!path_name_.empty()) paths = {path_name_};
  const auto found = std::ranges::find_if(
      paths, [](const std::string& path) { return form_of(path) != SourceForm::native; });
  return found == paths.end() ? "" : text::printable(*found);
}

std::optional<MergeCommand::Contents> MergeCommand::read_files(CommandEnv& env) const {
  Contents contents;
  bool has_all = true;
  const auto read = [&](const std::string& path, FileContent& content) {
    auto found = path.empty() ? fail("the path is empty")
                              : read_input({path == "-" ? "" : path, "", SourceForm::native, false}, env);
    if (found) {
      content = *std::move(found);
    } else {
      has_all = false;
      print_error(env, name_of(path) + ": " + found.error().message);
    }
  };
  read(paths_.base, contents.base);
  read(paths_.ours, contents.ours);
  read(paths_.theirs, contents.theirs);
  return has_all ? std::optional(std::move(contents)) : std::nullopt;
}

std::optional<merging::Merged> MergeCommand::merge(const Contents& contents, CommandEnv& env) const {
  const merging::Texts texts = {contents.base, contents.ours, contents.theirs};
  if (const std::string json = json_name(); !json.empty()) {
    if (is_git_driver_) {
      print_note(env, json + ": JSON was merged as text");
      return merging::merge_as_text(texts, style_);
    }
    print_error(env, json + ": JSON is not merged by address", {"`git merge-file` merges line by line"});
    return std::nullopt;
  }
  auto merged = merging::merge(texts, style_);
  return merged ? std::move(merged) : merge_otherwise(contents, env);
}

// Of files with syntax errors.
std::optional<merging::Merged> MergeCommand::merge_otherwise(const Contents& contents,
                                                             CommandEnv& env) const {
  source::SourceSet sources;
  diagnostics::Diagnostics findings;
  std::string broken;
  const auto check = [&](const std::string& path, const FileContent& content, const std::string& side) {
    diagnostics::Diagnostics found;
    const source::SourceFile& file = sources.add(name_of(path), content.view());
    (void)syntax::parse(file, syntax::Dialect::honua, found);
    if (!found.has_errors()) return;
    broken += (broken.empty() ? "" : ", ") + side;
    (void)syntax::parse(file, syntax::Dialect::honua, findings);
  };
  check(paths_.base, contents.base, "base");
  check(paths_.ours, contents.ours, "ours");
  check(paths_.theirs, contents.theirs, "theirs");
  if (is_git_driver_) {
    print_note(env, result_name() + ": merged as text because of syntax errors in " + broken);
    return merging::merge_as_text({contents.base, contents.ours, contents.theirs}, style_);
  }
  print_findings(findings, diagnostics::Severity::error, sources, color_, env);
  print_error(env, "nothing was written: files with syntax errors are not merged");
  return std::nullopt;
}

ExitCode MergeCommand::write(const std::string& text, CommandEnv& env) const {
  if (text.size() > source::max_file_size) {
    print_error(env, result_name() + ": would be larger than " + describe_size(source::max_file_size));
    return ExitCode::failure;
  }
  return write_output(output_, text, env);
}

void MergeCommand::list_conflicts(const merging::Merged& merged, CommandEnv& env) const {
  for (const merging::Conflict& one : merged.conflicts) {
    const std::string place = result_name() + ":" + std::to_string(one.line) + ": ";
    if (one.kind == merging::ConflictKind::whole_file) {
      print_note(env, place + "conflict: the files were merged as text");
    } else {
      print_note(env, place + "conflict in " + text::quoted(one.address) + ": " + describe(one.kind));
    }
  }
}

ExitCode MergeCommand::run(CommandEnv& env) {
  if (!check_usage(env)) return ExitCode::usage;
  for (std::string* label : {&style_.ours_label, &style_.base_label, &style_.theirs_label})
    *label = text::printable(*label);
  const auto contents = read_files(env);
  if (!contents) return ExitCode::failure;
  const auto merged = merge(*contents, env);
  if (!merged) return ExitCode::failure;
  const ExitCode written = write(merged->text, env);
  if (written != ExitCode::done) return written;
  list_conflicts(*merged, env);
  return merged->conflicts.empty() ? ExitCode::done : ExitCode::findings;
}

}  // namespace honua::commands
