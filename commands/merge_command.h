// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/file_content.h"
#include "commands/command.h"
#include "commands/input_files.h"
#include "commands/shared_options.h"
#include "merging/merge.h"

namespace honua::commands {

inline constexpr std::string_view merge_examples =
    "Blocks are told apart by type and labels, settings by name, members of objects by key: a setting that "
    "only\n"
    "one side changed is taken from there, wherever it stands, with its comments and its layout. Lists to "
    "which\n"
    "both sides add plain values get both. Where both changed one setting to different values, or one "
    "deleted\n"
    "what the other changed, both are written, marked as git does.\n"
    "\n"
    "Examples:\n"
    "  honua merge base.hcl ours.hcl theirs.hcl            print the merged file\n"
    "  honua merge --diff3 -o honua.hcl base.hcl ours.hcl theirs.hcl\n"
    "  git show main:honua.hcl | honua merge base.hcl honua.hcl -\n"
    "\n"
    "As git's merge driver of all *.hcl files:\n"
    "  git config merge.honua.name 'merge by address'\n"
    "  git config merge.honua.driver 'honua merge --git-driver --marker-size %L --path-name=%P %O %A %B'\n"
    "  echo '*.hcl merge=honua' >> .gitattributes\n"
    "With --git-driver the result is written into OURS, and what cannot be parsed is merged as text.\n"
    "\n"
    "Exit codes: 0 merged, 1 merged with conflicts, 2 wrong usage, 3 a file has syntax errors or is JSON, "
    "or\n"
    "something could not be read or written.";

// `honua merge BASE OURS THEIRS`: three versions of a file become one.
class MergeCommand final : public Command {
 public:
  void add_options(CLI::App& app) override;
  [[nodiscard]] ExitCode run(CommandEnv& env) override;

 private:
  using Contents = merging::Sides<FileContent>;

  [[nodiscard]] bool check_usage(CommandEnv& env);
  [[nodiscard]] std::optional<Contents> read_files(CommandEnv& env) const;
  [[nodiscard]] std::optional<merging::Merged> merge(const Contents& contents, CommandEnv& env) const;
  [[nodiscard]] std::optional<merging::Merged> merge_otherwise(const Contents& contents,
                                                               CommandEnv& env) const;
  [[nodiscard]] ExitCode write(const std::string& text, CommandEnv& env) const;
  void list_conflicts(const merging::Merged& merged, CommandEnv& env) const;
  // What messages call the merged file, and the one that is JSON; "" if none is.
  [[nodiscard]] std::string result_name() const;
  [[nodiscard]] std::string json_name() const;

  merging::Sides<std::string> paths_;
  std::string output_;
  std::string path_name_;
  std::string marker_size_;
  merging::ConflictStyle style_;
  bool is_git_driver_ = false;
  Color color_ = Color::automatic;
};

}  // namespace honua::commands
