// SPDX-License-Identifier: MIT
#include "validation/areas.h"

// `data_source`
namespace honua::validation {

const Area data_source_area{};

}  // namespace honua::validation
