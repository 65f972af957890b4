// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/shared_options.h"
#include "diagnostics/report.h"

// The forms that `validate` reports in.
namespace honua::commands {

// `--format` with all of them.
void add_report_format_option(CLI::App& app, Format& target);

[[nodiscard]] std::vector<std::string_view> report_format_names();
// Nothing where no form is called so.
[[nodiscard]] std::optional<Format> find_report_format(std::string_view name);

struct ReportOptions {
  bool color = false;               // only `human` knows colours
  bool has_github_summary = false;  // whether a summary of the job goes with it
};
// A run in one of them.
[[nodiscard]] std::string render_report(const diagnostics::Report& report, Format format,
                                        const ReportOptions& options = {});

// Whether a report tells of the run itself (counts, environment variables), so that the account need not.
[[nodiscard]] bool holds_account(Format format);

// Whether a report has addresses or fingerprints of findings.
[[nodiscard]] bool needs_identities(Format format);

}  // namespace honua::commands
