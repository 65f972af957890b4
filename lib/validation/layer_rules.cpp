// SPDX-License-Identifier: MIT
#include "validation/areas.h"

// `layer`
namespace honua::validation {

const Area layer_area{};

}  // namespace honua::validation
