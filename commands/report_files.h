// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/command.h"
#include "commands/input_files.h"
#include "commands/shared_options.h"
#include "diagnostics/report.h"

namespace honua::commands {

// A further report of the same run, and the file that it replaces.
struct ReportFile {
  Format format = Format::human;
  std::string path;
};

// `--report FORMAT=FILE`, as often as one likes.
void add_report_option(CLI::App& app, std::vector<ReportFile>& target);
// The same for other formats: `keep` gets the position of a format, and the file.
void add_report_option(CLI::App& app, const std::string& description,
                       const std::vector<std::string_view>& formats,
                       const std::function<void(std::size_t, std::string)>& keep);

// Whether the files may be written: each for one report, none that is read as configuration, and none of the
// `others` that the run reads or writes ("" for none). Says what is wrong.
[[nodiscard]] bool check_report_files(const std::vector<ReportFile>& reports, const InputRequest& request,
                                      const InputFiles& inputs, const std::vector<std::string>& others,
                                      CommandEnv& env);

// Writes all that can be written; whether that is all. Says what could not be.
[[nodiscard]] bool write_report_files(const std::vector<ReportFile>& reports,
                                      const diagnostics::Report& report, CommandEnv& env);

}  // namespace honua::commands
