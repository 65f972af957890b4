// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "merging/sides.h"

namespace honua::merging {

// What a merged file has around its lines. Merging itself goes on without.
struct TextForm {
  bool has_byte_order_mark = false;
  bool has_carriage_returns = false;  // in front of every line feed
  // Whether each text has one kind of line ends only. If not, they stay what they are, each part of its line.
  bool is_uniform = true;
};

// Those of ours, or of theirs where only theirs are others than the base's.
[[nodiscard]] TextForm merged_form(const Sides<std::string_view>& texts);

// A text of the three without them.
[[nodiscard]] std::string without_form(std::string_view text, const TextForm& form);
// And the merged one with them.
[[nodiscard]] std::string with_form(std::string_view text, const TextForm& form);

}  // namespace honua::merging
