// SPDX-License-Identifier: MIT
#pragma once

#include "watching/debounce.h"

namespace honua::watching {

// Times of a test that starts at some time.
inline TimePoint at(int milliseconds_after_start) {
  return TimePoint() + std::chrono::hours(1) + std::chrono::milliseconds(milliseconds_after_start);
}

}  // namespace honua::watching
