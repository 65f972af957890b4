// SPDX-License-Identifier: MIT
#include "validation/areas.h"

// `cache`
namespace honua::validation {

const Area cache_area{};

}  // namespace honua::validation
