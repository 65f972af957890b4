// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <span>

#include "diagnostics/diagnostic.h"
#include "diagnostics/rule_info.h"

// Findings about a file as a whole, before any syntax.
namespace honua::diagnostics::rules {

inline constexpr Rule empty_file{"H0004", "empty-file", Severity::error, "file",
                                 "a configuration file holds more than white space"};
inline constexpr Rule byte_order_mark{"H0117", "byte-order-mark", Severity::warning, "file",
                                      "files start without a byte order mark"};

inline constexpr Rule mixed_line_ends{"H0152", "mixed-line-ends", Severity::warning, "file",
                                      "all lines of a file end in the same way"};
inline constexpr Rule mixed_indents{
    "H0153", "mixed-indents", Severity::warning, "file",
    "all attributes and blocks of a file are indented by blanks, or all by tabs"};

// All of the above, for the registry.
[[nodiscard]] inline std::span<const Rule* const> file_rules() {
  static constexpr std::array listed = {&empty_file, &byte_order_mark, &mixed_line_ends, &mixed_indents};
  return listed;
}

// The same with what `honua explain` tells about each.
[[nodiscard]] std::span<const RuleInfo> explained_file_rules();

}  // namespace honua::diagnostics::rules
