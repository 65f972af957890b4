// SPDX-License-Identifier: MIT
#pragma once

namespace honua {

// Reports a broken promise of the program itself and aborts. Never returns.
[[noreturn]] void assertion_failed(const char* expression, const char* file, int line);

}  // namespace honua

// An assertion that stays on in release builds: a wrong answer about a public
// map service is worse than none.
#define HONUA_ASSERT(expression) \
  ((expression) ? void(0) : ::honua::assertion_failed(#expression, __FILE__, __LINE__))
