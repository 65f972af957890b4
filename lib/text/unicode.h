// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace honua::text {

// One decoded character, or a malformed sequence.
struct CodePoint {
  char32_t value = 0;      // meaningless unless valid
  std::uint32_t size = 0;  // bytes taken; of a malformed sequence its maximal subpart, at least 1
  bool valid = false;
};

// Decodes the character at `offset`, which must be inside the text. Overlong
// forms, surrogates and values over U+10FFFF are malformed (Unicode 15, D92).
[[nodiscard]] CodePoint decode(std::string_view text, std::size_t offset);

// The start of the character that `offset` stands in. At most three bytes in
// front, since malformed text may have any number of continuation bytes.
[[nodiscard]] std::size_t character_start(std::string_view text, std::size_t offset);

// Appends a character's UTF-8 form. `value` must be a Unicode scalar value.
void append_utf8(std::string& out, char32_t value);

// The offset of the first malformed byte, or npos. Runs at memory speed on ASCII.
[[nodiscard]] std::size_t find_malformed(std::string_view text);

// HCL's identifier characters: Unicode's ID_Start (and `_`), ID_Continue (and
// `-`), as UAX #31 derives them from general categories.
[[nodiscard]] bool is_identifier_start(char32_t value);
[[nodiscard]] bool is_identifier_continue(char32_t value);

// White space in the sense of Unicode's White_Space property.
[[nodiscard]] bool is_space(char32_t value);

// Extended grapheme clusters (UAX #29). Malformed sequences count one each.
[[nodiscard]] std::size_t count_graphemes(std::string_view text);
// The length in bytes of the first cluster; 0 for an empty text.
[[nodiscard]] std::size_t first_grapheme(std::string_view text);

// Terminal columns a cluster sequence takes: wide characters 2, combining 0,
// tabs and control characters 1 (renderers replace those before measuring).
[[nodiscard]] std::size_t display_width(std::string_view text);

// Normalization form C; malformed text is returned as it is.
[[nodiscard]] std::string to_nfc(std::string_view text);

// Case mapping by simple folding of each character; malformed bytes are kept.
[[nodiscard]] std::string to_lower(std::string_view text);
[[nodiscard]] std::string to_upper(std::string_view text);
// Of ASCII's letters only.
[[nodiscard]] std::string ascii_lower(std::string_view text);

}  // namespace honua::text
