// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "commands/canonical_text.h"
#include "commands/command.h"
#include "commands/fmt_files.h"
#include "commands/run_control.h"
#include "commands/shared_options.h"

namespace honua::commands {

inline constexpr std::string_view fmt_examples =
    "Files are rewritten in the style of `terraform fmt`, if that changes anything, and their names "
    "printed.\n"
    "Forms that are no HCL, such as `\"${env:NAME}\"` or `True`, are written as HCL's own where that says "
    "the\n"
    "same. The server at hand reads some of these forms only: keep them with `--target upstream`, or with\n"
    "`target = \"upstream\"` in .honua.hcl. What cannot be parsed is left as it is, and so are JSON and the "
    "forms\n"
    "that a comment `honua:ignore H0104 why` is about. In what --diff shows, secrets are masked.\n"
    "\n"
    "Examples:\n"
    "  honua fmt                             the *.hcl and *.honua files of this directory\n"
    "  honua fmt --recursive conf/           those of conf and all directories in it\n"
    "  honua fmt --check --recursive .       only name the files that would change\n"
    "  honua fmt --diff a.hcl                show what would change, and write nothing\n"
    "  honua fmt --target upstream a.hcl     change nothing but blanks\n"
    "  generate | honua fmt -\n"
    "\n"
    "Exit codes: 0 done, 1 a file has syntax errors or, with --check or --diff, would change, 2 wrong "
    "usage,\n"
    "3 something could not be read or written.";

// `honua fmt [PATH...]`: files in canonical style.
class FmtCommand final : public Command {
 public:
  void add_options(CLI::App& app) override;
  [[nodiscard]] ExitCode run(CommandEnv& env) override;

 private:
  void format_file(const InputFile& input, CommandEnv& env);
  [[nodiscard]] bool writes() const { return !check_ && !diff_; }
  void use(const InputFile& input, std::string_view before, const std::string& after, CommandEnv& env);
  void write(const InputFile& input, std::string_view before, const std::string& after, CommandEnv& env);
  void fail(const InputFile& input, const std::string& message, CommandEnv& env);

  FmtRequest request_;
  CanonicalOptions canonical_;
  std::optional<config::Target> target_;
  ProjectOptions project_;
  bool check_ = false;
  bool diff_ = false;
  Color color_ = Color::automatic;
  bool has_findings_ = false;
  bool has_failures_ = false;
};

}  // namespace honua::commands
