// SPDX-License-Identifier: MIT
#include "validation/areas.h"

// `variable` blocks and labels
namespace honua::validation {

const Area variable_area{};

}  // namespace honua::validation
