// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace honua::diagnostics {

// Something that could not be checked, and why: "permission denied".
struct Failure {
  std::string path;  // as the user knows it
  std::string message;
};

}  // namespace honua::diagnostics
