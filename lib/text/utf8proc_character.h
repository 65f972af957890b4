// SPDX-License-Identifier: MIT
#pragma once

#include <utf8proc.h>

// Internal to the module.
namespace honua::text {

// A character as utf8proc's functions take it.
[[nodiscard]] constexpr utf8proc_int32_t to_utf8proc(char32_t value) {
  return static_cast<utf8proc_int32_t>(value);
}

}  // namespace honua::text
