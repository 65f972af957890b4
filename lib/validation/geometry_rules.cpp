// SPDX-License-Identifier: MIT
#include "validation/areas.h"

// `geometry` of a layer and reference systems
namespace honua::validation {

const Area geometry_area{};

}  // namespace honua::validation
