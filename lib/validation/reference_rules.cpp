// SPDX-License-Identifier: MIT
#include "validation/areas.h"

// references between blocks
namespace honua::validation {

const Area reference_area{};

}  // namespace honua::validation
