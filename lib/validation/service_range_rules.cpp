// SPDX-License-Identifier: MIT
#include "validation/areas.h"

// ranges and known words of a service type
namespace honua::validation {

const Area service_range_area{};

}  // namespace honua::validation
