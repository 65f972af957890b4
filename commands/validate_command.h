// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "commands/apply_fixes.h"
#include "commands/check_files.h"
#include "commands/command.h"
#include "commands/input_files.h"
#include "commands/report_files.h"
#include "commands/run_control.h"
#include "commands/run_report.h"
#include "commands/shared_options.h"

namespace honua::commands {

inline constexpr std::string_view validate_examples =
    "Examples:\n"
    "  honua validate                              the configuration of this directory\n"
    "  honua validate conf/                        all *.hcl, *.honua and *.hcl.json files in conf\n"
    "  honua validate --format json a.hcl          for programs to read\n"
    "  honua validate --report sarif=honua.sarif --report junit=honua.xml conf/\n"
    "  honua validate --env require conf/          where the server's environment is set\n"
    "  honua validate --target upstream a.hcl      also what the server at hand cannot read\n"
    "  honua validate --full conf/                 also against the databases that it names\n"
    "  honua validate --rule H2006=error --ignore advice conf/\n"
    "  honua validate --write-baseline old.json conf/  list what is found; later only what is new:\n"
    "  honua validate --baseline old.json conf/\n"
    "  honua validate --fix conf/                  mend what can be mended; --diff only shows it\n"
    "  honua validate --fix=unsafe conf/           also what was probably meant\n"
    "  generate | honua validate --fail-on warning -\n"
    "\n"
    "Exit codes: 0 nothing at or above --fail-on, 1 findings or, with --diff, something to mend, 2 wrong "
    "usage,\n"
    "3 something could not be read or written.";

// `honua validate [PATH...]`: find the files, check them, report.
class ValidateCommand final : public Command {
 public:
  void add_options(CLI::App& app) override;
  [[nodiscard]] ExitCode run(CommandEnv& env) override;

 private:
  // The report on standard output and those in files. False where one of these could not be written.
  [[nodiscard]] bool publish(const diagnostics::Report& report, const InputFiles& inputs,
                             const Control& control, CommandEnv& env) const;
  // What the run reads or writes besides configuration and reports; "" for none.
  [[nodiscard]] std::vector<std::string> other_files(const Control& control) const;
  // The numbers among the options; false, with a message, where one is none.
  bool read_numbers(const ProjectSettings& project, CommandEnv& env);
  // Takes over what the command line and the project file say; false, with a message, where that can't be.
  bool take_over(const Control& control, CommandEnv& env);
  [[nodiscard]] Identities identities(const Control& control) const;
  // Whether the baseline may be written where it was asked for; says so if not.
  bool check_baseline_file(const InputFiles& inputs, const Control& control, CommandEnv& env) const;
  // Whether the options of fixes fit each other and what is to be fixed; says so if they don't.
  bool check_fix_options(const InputFiles& inputs, CommandEnv& env) const;
  [[nodiscard]] ExitCode run_fixes(const InputFiles& inputs, const Control& control, CommandEnv& env);
  // Reports what was found and tells the exit code.
  [[nodiscard]] ExitCode finish(const CheckResult& result, const InputFiles& inputs, const Control& control,
                                CommandEnv& env);
  void note_unused_options(const InputFiles& found, CommandEnv& env) const;
  void note_fixed(const FixedFiles& fixed, CommandEnv& env) const;

  InputRequest request_;
  ControlOptions control_;
  CheckOptions check_;
  std::string fix_;  // "", "safe" or "unsafe"
  bool diff_ = false;
  bool syntax_only_ = false;
  bool expressions_only_ = false;
  bool full_ = false;
  std::string timeout_;
  CountOptions counts_;
  Format format_ = Format::human;
  std::vector<ReportFile> reports_;
  Color color_ = Color::automatic;
};

}  // namespace honua::commands
