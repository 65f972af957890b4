// SPDX-License-Identifier: MIT
#pragma once

#include "catalog/catalog.h"

// Internal to the module.
namespace honua::catalog {

// What no configuration can say: relations with such names, or in schemas with such, are left out, columns
// become unmapped, codes of reference systems unknown. In other texts malformed bytes become U+FFFD. What is
// left out or hidden is put in order.
void leave_out_unwritable(Catalog& catalog);

}  // namespace honua::catalog
