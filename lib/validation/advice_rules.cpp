// SPDX-License-Identifier: MIT
#include "validation/areas.h"

// advice
namespace honua::validation {

const Area advice_area{};

}  // namespace honua::validation
