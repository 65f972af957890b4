// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "config/text_parts.h"

namespace honua::rendering {

// A text that refers to environment variables, in quotes, as the server at
// hand reads it: `"Data Source=${env:DIRECTORY}/a.db"`.
struct ReferenceText {
  std::string quoted;
  std::vector<source::SourceRange> lost_defaults;  // of calls of `env` whose default has no such form
};

// Turns what texts consist of into such texts. Nothing if they have no such form.
[[nodiscard]] std::optional<ReferenceText> reference_text(std::span<const config::TextPart> parts);

}  // namespace honua::rendering
