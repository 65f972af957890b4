// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace honua::commands {

// How two versions of a file differ, as `diff -u` tells it, fit for a terminal:
// what looks like a secret is masked, and characters that could steer a
// terminal are escaped. `name` is fit for printing.
[[nodiscard]] std::string shown_diff(std::string_view before, std::string_view after,
                                     const std::string& name);

}  // namespace honua::commands
