// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace honua::cli {

// "honua 0.1.0"; verbose: also what it was built with and what it links, a
// line each, for reports of defects.
[[nodiscard]] std::string version_text(bool verbose);

}  // namespace honua::cli
