// SPDX-License-Identifier: MIT
#include "validation/areas.h"

// settings that must fit each other
namespace honua::validation {

const Area service_pair_area{};

}  // namespace honua::validation
