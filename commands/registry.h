// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "diagnostics/diagnostic.h"

namespace honua::commands {

// Every rule that `honua validate` can report, by code. What `explain`, the
// manual and machine formats list.
[[nodiscard]] std::vector<const diagnostics::Rule*> all_rules();

}  // namespace honua::commands
