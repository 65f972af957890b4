// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/text_parts.h"

namespace honua::snapshot {

// A text with each secret in it replaced by form::secret, which does not tell how long it is.
[[nodiscard]] std::string masked_text(std::string_view text);

// The same for the literal parts of a text put together from parts, taken together. Whether there was any.
bool mask_parts(std::vector<config::TextPart>& parts);

// All literal parts. Whether there was any.
bool mask_all(std::vector<config::TextPart>& parts);

// Of each part, whether what is put there is a secret: it follows `Password=`, say.
[[nodiscard]] std::vector<bool> secret_places(const std::vector<config::TextPart>& parts);

}  // namespace honua::snapshot
