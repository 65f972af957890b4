// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <vector>

#include "diagnostics/diagnostics.h"
#include "diagnostics/environment_variable.h"
#include "evaluation/evaluator.h"

namespace honua::validation {

// The environment variables that were asked for, by name, each once.
[[nodiscard]] std::vector<diagnostics::EnvironmentVariable> inventory(
    std::span<const evaluation::EnvironmentUse> uses);

// Findings about them: what is set but empty and, where everything has to be
// set, what is not.
void check_environment(std::span<const evaluation::EnvironmentUse> uses, bool must_be_set,
                       diagnostics::Diagnostics& sink);

}  // namespace honua::validation
