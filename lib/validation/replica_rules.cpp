// SPDX-License-Identifier: MIT
#include "validation/areas.h"

// read-only data sources
namespace honua::validation {

const Area replica_area{};

}  // namespace honua::validation
