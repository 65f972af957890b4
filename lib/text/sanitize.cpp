// SPDX-License-Identifier: MIT
#include "text/sanitize.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "text/ascii.h"
#include "text/unicode.h"

namespace honua::text {

namespace {

struct Interval {
  char32_t first;
  char32_t last;
};

// In ascending order. Formatting characters of Unicode 15 that have no glyph.
constexpr std::array<Interval, 13> hazardous = {{
    {0x0000, 0x001F},    // C0 controls
    {0x007F, 0x009F},    // DEL, C1 controls
    {0x061C, 0x061C},    // Arabic letter mark
    {0x180E, 0x180E},    // Mongolian vowel separator
    {0x200B, 0x200B},    // zero width space
    {0x200E, 0x200F},    // direction marks
    {0x2028, 0x202E},    // separators, embeddings, overrides
    {0x2060, 0x206F},    // word joiner, invisible operators, isolates
    {0xFEFF, 0xFEFF},    // byte order mark
    {0xFFF9, 0xFFFB},    // interlinear annotations
    {0x1BCA0, 0x1BCA3},  // shorthand format controls
    {0x1D173, 0x1D17A},  // musical format controls
    {0xE0000, 0xE007F},  // tags: a whole hidden alphabet
}};

void append_hex(std::string& out, std::uint32_t value, std::size_t digits) {
  std::array<char, 8> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value, 16).ptr;
  const auto size = static_cast<std::size_t>(end - text.data());
  if (size < digits) out.append(digits - size, '0');
  out.append(text.data(), size);
}

// Appends the character at `at` and returns its size.
std::size_t append_printable(std::string& out, std::string_view text, std::size_t at) {
  const CodePoint point = decode(text, at);
  if (!point.valid) {
    for (std::size_t i = at; i < at + point.size; ++i) {
      out += "\\x";
      append_hex(out, static_cast<unsigned char>(text[i]), 2);
    }
  } else if (is_hazardous(point.value)) {
    out += "\\u{";
    append_hex(out, point.value, 1);
    out += '}';
  } else {
    out += text.substr(at, point.size);
  }
  return point.size;
}

}  // namespace

bool is_hazardous(char32_t value) {
  const auto after = std::upper_bound(hazardous.begin(), hazardous.end(), value,
                                      [](char32_t one, const Interval& in) { return one < in.first; });
  return after != hazardous.begin() && value <= std::prev(after)->last;
}

std::string printable(std::string_view text) {
  const auto is_plain = [](char c) { return c >= 0x20 && c < 0x7F; };
  if (std::all_of(text.begin(), text.end(), is_plain)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) at += append_printable(out, text, at);
  return out;
}

std::string quoted(std::string_view text) { return '`' + printable(text) + '`'; }

}  // namespace honua::text
