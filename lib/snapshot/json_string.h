// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace honua::snapshot {

// Appends the text of a JSON string in quotes; false if it is none. What is appended is UTF-8.
bool append_decoded(std::string_view quoted, std::string& out);

// A member's name without the mark that was put in front of it: see member_name().
[[nodiscard]] std::string plain_name(std::string_view member);

}  // namespace honua::snapshot
