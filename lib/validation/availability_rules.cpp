// SPDX-License-Identifier: MIT
#include "validation/areas.h"

// several instances
namespace honua::validation {

const Area availability_area{};

}  // namespace honua::validation
