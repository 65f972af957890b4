// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

// Classes of bytes and the scanning steps that several parts of the module
// share. Positions are byte offsets into one file's text.
namespace honua::syntax {

enum class CharacterClass : std::uint8_t {
  other,       // punctuation and everything invalid
  blank,       // space, tab
  identifier,  // may start an identifier: ASCII letters and `_`
  digit,
  dash,  // may continue an identifier, not start one
  high,  // part of a character beyond ASCII
};

inline constexpr std::array<CharacterClass, 256> character_classes = [] {
  std::array<CharacterClass, 256> table{};
  table[' '] = table['\t'] = CharacterClass::blank;
  for (int c = 'a'; c <= 'z'; ++c) table[static_cast<std::size_t>(c)] = CharacterClass::identifier;
  for (int c = 'A'; c <= 'Z'; ++c) table[static_cast<std::size_t>(c)] = CharacterClass::identifier;
  table['_'] = CharacterClass::identifier;
  for (int c = '0'; c <= '9'; ++c) table[static_cast<std::size_t>(c)] = CharacterClass::digit;
  table['-'] = CharacterClass::dash;
  for (std::size_t c = 0x80; c < 0x100; ++c) table[c] = CharacterClass::high;
  return table;
}();

[[nodiscard]] inline CharacterClass class_of(char c) {
  return character_classes[static_cast<unsigned char>(c)];
}

// Bytes that continue an identifier without a closer look.
inline constexpr std::array<bool, 256> continues_identifier = [] {
  std::array<bool, 256> table{};
  for (std::size_t c = 0; c < 0x80; ++c) {
    table[c] = character_classes[c] == CharacterClass::identifier ||
               character_classes[c] == CharacterClass::digit || character_classes[c] == CharacterClass::dash;
  }
  return table;
}();

// The end of an identifier whose first character has been seen to start one
// and which goes on at `at`.
[[nodiscard]] std::uint32_t identifier_rest(std::string_view text, std::uint32_t at);

// The end of the identifier that starts at `at`; `at` itself when none does.
[[nodiscard]] std::uint32_t identifier_end(std::string_view text, std::uint32_t at);

// The value of a hexadecimal digit, or -1.
[[nodiscard]] constexpr int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The first position from `at` on that is no space or tab.
[[nodiscard]] inline std::uint32_t skip_blanks(std::string_view text, std::uint32_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  return at;
}

// The position of the line feed that ends the line of `at`, or the text's end.
[[nodiscard]] std::uint32_t line_end(std::string_view text, std::uint32_t at);

// How many bytes of line end stand at `at`: 2 for CRLF, 1 for LF, else 0.
[[nodiscard]] inline std::uint32_t newline_size(std::string_view text, std::uint32_t at) {
  if (at < text.size() && text[at] == '\n') return 1;
  if (at + 1 < text.size() && text[at] == '\r' && text[at + 1] == '\n') return 2;
  return 0;
}

// Whether `${` or `%{` stands here.
[[nodiscard]] inline bool is_sequence_start(std::string_view text, std::uint32_t at) {
  return at + 1 < text.size() && (text[at] == '$' || text[at] == '%') && text[at + 1] == '{';
}

// `$${` and `%%{`: the characters `${` and `%{` themselves.
[[nodiscard]] inline bool is_sequence_escape(std::string_view text, std::uint32_t at) {
  return at + 2 < text.size() && (text[at] == '$' || text[at] == '%') && text[at + 1] == text[at] &&
         text[at + 2] == '{';
}

// Honua's `${env:NAME}`: NAME is everything up to the brace. `end` is 0 when
// there is none at `at`.
struct EnvReference {
  std::uint32_t word = 0;  // `env:NAME`, up to name_end
  std::uint32_t name_begin = 0;
  std::uint32_t name_end = 0;
  std::uint32_t end = 0;  // behind the closing brace
};
[[nodiscard]] EnvReference env_reference(std::string_view text, std::uint32_t at);

// What a line of a body looks like from its first characters, without parsing:
// recovery trusts this to find where the next item starts.
[[nodiscard]] bool looks_like_item(std::string_view text, std::uint32_t at);

// The end of the heredoc opener at `at`, line end included, with the marker's
// place; `opener_end` is 0 when there is no valid opener.
struct HeredocOpener {
  std::uint32_t opener_end = 0;
  std::uint32_t marker_begin = 0;
  std::uint32_t marker_end = 0;
  bool flush = false;
};
[[nodiscard]] HeredocOpener heredoc_opener(std::string_view text, std::uint32_t at);

// Whether a line, without its line feed, closes the heredoc of this marker.
[[nodiscard]] bool is_heredoc_closer(std::string_view line, std::string_view marker);

}  // namespace honua::syntax
