// SPDX-License-Identifier: MIT
#pragma once

#include "diagnostics/rule_info.h"

namespace honua::validation {

using diagnostics::RuleInfo;

}  // namespace honua::validation
