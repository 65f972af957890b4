// SPDX-License-Identifier: MIT
#include "base/assert.h"

#include <cstdio>
#include <cstdlib>

namespace honua {

void assertion_failed(const char* expression, const char* file, int line) {
  std::fprintf(stderr, "honua: internal error: `%s` does not hold at %s:%d\n", expression, file, line);
  std::abort();
}

}  // namespace honua
