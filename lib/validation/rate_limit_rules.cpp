// SPDX-License-Identifier: MIT
#include "validation/areas.h"

// `rate_limit`
namespace honua::validation {

const Area rate_limit_area{};

}  // namespace honua::validation
