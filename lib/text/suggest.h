// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace honua::text {

// Words of more characters get no suggestion and are none: the work grows with
// the square of the length, and no name anyone mistypes is as long.
inline constexpr std::size_t max_suggested_length = 64;

// The candidate that `given` is most likely a slip for, or nothing when none is
// close: "did you mean `...`?". Distance is optimal string alignment (insert,
// delete, replace, or swap two neighbours, each one step) between characters
// without regard to case; up to a third of the longer word's length counts as
// close. Of equally close candidates the first wins; `given` itself is skipped.
// The view returned is the candidate's own.
[[nodiscard]] std::optional<std::string_view> suggest(std::string_view given,
                                                      std::span<const std::string_view> candidates);

}  // namespace honua::text
