// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "diagnostics/diagnostics.h"

// Internal to the module: how it is told that something is not written.
namespace honua::exporting {

// "`ADDRESS` is left out: WHY", as a warning. The reference is valid as long as that of
// Diagnostics::report().
diagnostics::Diagnostic& leave_out(const diagnostics::Rule& rule, source::SourceRange range,
                                   const std::string& address, std::string_view why,
                                   diagnostics::Diagnostics& told);

// A rule that a configuration is checked by: what it is about may also keep a setting from being written.
[[nodiscard]] const diagnostics::Rule& checked_rule(std::string_view slug);

}  // namespace honua::exporting
