// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diagnostics/report.h"

// Texts of a report as other programs' formats take them: secrets masked, one line each, and without anything
// that could steer a terminal, since their readers print them.
namespace honua::diagnostics {

[[nodiscard]] std::string message_line(const Diagnostic& diagnostic, const source::SourceSet& sources);
[[nodiscard]] std::vector<std::string> help_lines(const Diagnostic& diagnostic);

// Message and help; each line of help behind `separator` and "help: ".
[[nodiscard]] std::string message_with_help(const Diagnostic& diagnostic, const source::SourceSet& sources,
                                            std::string_view separator);

// "cannot read `a.hcl`: permission denied".
[[nodiscard]] std::string describe_failure(const Failure& failure);

// A file's name as readers compare it with those of their repository: without `./` in front.
[[nodiscard]] std::string plain_path(std::string_view name);
// The same of a failure. Formats that have places only take the current directory for it where it is about
// no file: better in a doubtful place than lost.
[[nodiscard]] std::string failure_path(const Failure& failure);
// As a reference (RFC 3986): relative as it is, absolute with `file://`; `%` for all that may not stand in
// it.
[[nodiscard]] std::string path_uri(std::string_view name);

// The findings of each file, by the file's number, in order.
[[nodiscard]] std::vector<std::vector<const Finding*>> findings_by_file(const Report& report);

}  // namespace honua::diagnostics
