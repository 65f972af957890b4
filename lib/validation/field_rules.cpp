// SPDX-License-Identifier: MIT
#include "validation/areas.h"

// `fields` of a layer
namespace honua::validation {

const Area field_area{};

}  // namespace honua::validation
