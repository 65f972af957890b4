// SPDX-License-Identifier: MIT
#include "validation/areas.h"

// `logging` and `observability`
namespace honua::validation {

const Area operations_area{};

}  // namespace honua::validation
