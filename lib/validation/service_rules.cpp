// SPDX-License-Identifier: MIT
#include "validation/areas.h"

// what all services have
namespace honua::validation {

const Area service_area{};

}  // namespace honua::validation
