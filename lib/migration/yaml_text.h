// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

#include "diagnostics/diagnostics.h"
#include "migration/converted_text.h"

// Internal to the module: legacy documents in YAML.
namespace honua::migration {

// Whether a text that is no JSON looks like YAML: its first line of content is `---`, an entry of a list or a
// name with a colon.
[[nodiscard]] bool looks_like_yaml(std::string_view text);

// YAML 1.2 with its core schema; aliases stand for copies. What is wrong is reported to the sink, and nothing
// is returned then.
[[nodiscard]] std::optional<ConvertedText> read_yaml(const source::SourceFile& file,
                                                     diagnostics::Diagnostics& sink);

}  // namespace honua::migration
