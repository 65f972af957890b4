// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "diagnostics/diagnostics.h"
#include "syntax/tree.h"

namespace honua::compare {

// All values of a document that was parsed without errors, as JSON in the
// form that hcloracle has: numbers as digits and exponent, {"$error":true} in
// place of an attribute whose evaluation failed. References that nothing binds
// stand for their own text. "null" for JSON documents that are arrays.
[[nodiscard]] std::string values_as_json(const syntax::Tree& tree, diagnostics::Diagnostics& sink);

}  // namespace honua::compare
