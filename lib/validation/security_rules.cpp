// SPDX-License-Identifier: MIT
#include "validation/areas.h"

// security
namespace honua::validation {

const Area security_area{};

}  // namespace honua::validation
