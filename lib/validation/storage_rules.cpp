// SPDX-License-Identifier: MIT
#include "validation/areas.h"

// `attachment_storage`
namespace honua::validation {

const Area storage_area{};

}  // namespace honua::validation
