// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "base/file_system.h"
#include "base/result.h"
#include "commands/check_files.h"
#include "commands/command.h"
#include "commands/run_control.h"
#include "diagnostics/baseline.h"

namespace honua::commands {

// The fingerprints in a file that `--write-baseline` wrote. Errors are fit to be put behind the file's name.
[[nodiscard]] Result<diagnostics::Baseline> read_baseline(const std::string& path, const FileSystem& files);

// The baseline that is to be used: an empty one where there is none. Nothing where it can't be read.
[[nodiscard]] std::optional<diagnostics::Baseline> baseline_of(const Control& control,
                                                               const FileSystem& files);

// What `--write-baseline` and `--baseline` ask for: lists the report's findings in a file, takes those that
// are listed from the report. False, with a message and a failure in the report, where a file
// can't be read or written.
[[nodiscard]] bool keep_baseline(const std::string& write_path, const Control& control,
                                 const CheckOptions& options, diagnostics::Report& report, CommandEnv& env);

}  // namespace honua::commands
