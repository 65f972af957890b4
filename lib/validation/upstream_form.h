// SPDX-License-Identifier: MIT
#pragma once

#include "config/loader.h"
#include "validation/check.h"

namespace honua::validation {

// Reports what the server's own parser refuses, or takes for something else,
// in one file of HCL's native form. It looks at how things are written, since
// that parser evaluates nothing.
void check_upstream_form(const syntax::Tree& tree, Check& check);

}  // namespace honua::validation
