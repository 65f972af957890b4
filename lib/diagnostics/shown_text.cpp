// SPDX-License-Identifier: MIT
#include "diagnostics/shown_text.h"

#include "text/mask.h"

namespace honua::diagnostics {

namespace {

// The end matters less: what was observed and where a quoted name begins stand in front.
constexpr std::size_t shown_in_front = max_shown_text / 4 * 3;
constexpr std::size_t shown_behind = max_shown_text - shown_in_front;

constexpr bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

}  // namespace

std::string shown_text(std::string_view text) {
  std::string shown = text::mask_secrets(text);
  if (shown.size() <= max_shown_text) return shown;
  std::size_t begin = shown_in_front;
  while (begin > 0 && is_continuation(shown[begin])) --begin;
  std::size_t end = shown.size() - shown_behind;
  while (end < shown.size() && is_continuation(shown[end])) ++end;
  return shown.replace(begin, end - begin, "…");
}

}  // namespace honua::diagnostics
