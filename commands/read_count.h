// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace honua::commands {

// A whole number from 1 on; nothing if the text is none, or too large.
[[nodiscard]] std::optional<std::uint32_t> read_count(const std::string& text);

}  // namespace honua::commands
