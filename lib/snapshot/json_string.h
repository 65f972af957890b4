// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace honua::snapshot {

// The text of a JSON string from what is written between its quotes, as UTF-8; nothing if an escape is none.
[[nodiscard]] std::optional<std::string> decoded_string(std::string_view written);

// A member's name without the mark that was put in front of it: see member_name().
[[nodiscard]] std::string plain_name(std::string_view member);

}  // namespace honua::snapshot
