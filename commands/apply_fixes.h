// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "commands/check_files.h"
#include "commands/command.h"
#include "commands/input_files.h"
#include "diagnostics/diagnostic.h"
#include "diagnostics/report.h"

namespace honua::commands {

// Fixes make others possible, but one that brings back another would go on for ever.
inline constexpr std::size_t max_fix_rounds = 10;

// How often a run checks the files to find out which of its fixes make errors. Four such fixes among a
// hundred need about fifty; of more, the ones that were not told apart are left out together.
inline constexpr std::size_t max_trials = 60;

// A file that fixes have changed, in memory.
struct FixedFile {
  InputFile input;
  std::string before;
  std::string after;
};

struct FixedFiles {
  std::vector<FixedFile> files;  // in the order of checking
  std::size_t count = 0;         // of the findings mended
  CheckResult result;            // of checking the files as they are now
  // Where fixes were left out since they did not help: "a.hcl:3:5 (H0121)", in the text as it was when they
  // were tried.
  std::vector<std::string> left_out;
};

// How many findings of a report could be mended, where the configuration is for this target.
struct Fixable {
  std::size_t safe = 0;
  std::size_t unsafe = 0;
};
[[nodiscard]] Fixable count_fixable(const diagnostics::Report& report, config::Target target);

// Checks files, mends what is found and can be mended, and checks again, until there is nothing left to mend.
// `report_of` says which findings count: what a comment or a baseline ignores stays as it is. Safe fixes
// after which there are more errors are left out, the others done; so are unsafe ones that would be asked for
// again. Nothing is mended where something can't be read: a path may have been meant for something else.
// Nothing is written.
using ReportOf = std::function<diagnostics::Report(const CheckResult&)>;
[[nodiscard]] FixedFiles fix_files(const InputFiles& inputs, const CheckOptions& options,
                                   const ReportOf& report_of, diagnostics::FixSafety most, CommandEnv& env);

// Writes the files. One that is no longer what it was when it was read is left alone. False, with messages,
// where one was not written.
[[nodiscard]] bool write_fixed(const std::vector<FixedFile>& files, CommandEnv& env);

}  // namespace honua::commands
