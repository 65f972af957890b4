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
};

// How many findings of a report could be mended.
struct Fixable {
  std::size_t safe = 0;
  std::size_t unsafe = 0;
};
[[nodiscard]] Fixable count_fixable(const diagnostics::Report& report);

// Checks files, mends what is found and can be mended, and checks again, until there is nothing left to mend.
// `report_of` says which findings count: what a comment or a baseline ignores stays as it is. A round of
// safe fixes after which there are errors that were not there is taken back. Nothing is written.
using ReportOf = std::function<diagnostics::Report(const CheckResult&)>;
[[nodiscard]] FixedFiles fix_files(const InputFiles& inputs, const CheckOptions& options,
                                   const ReportOf& report_of, diagnostics::FixSafety most, CommandEnv& env);

// Writes the files. One that is no longer what it was when it was read is left alone. False, with messages,
// where one was not written.
[[nodiscard]] bool write_fixed(const std::vector<FixedFile>& files, CommandEnv& env);

}  // namespace honua::commands
