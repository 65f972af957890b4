// SPDX-License-Identifier: MIT
#include "validation/areas.h"

// layers and their services
namespace honua::validation {

const Area publication_area{};

}  // namespace honua::validation
