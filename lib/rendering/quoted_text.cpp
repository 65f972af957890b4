// SPDX-License-Identifier: MIT
#include "rendering/quoted_text.h"

#include <cstddef>
#include <cstdint>

#include "syntax/literals.h"
#include "text/ascii.h"
#include "text/sanitize.h"
#include "text/unicode.h"

namespace honua::rendering {

namespace {

std::string escaped(char32_t value) {
  constexpr char32_t last_of_four_digits = 0xFFFF;
  constexpr std::string_view digits = "0123456789abcdef";
  const bool is_short = value <= last_of_four_digits;
  std::string made(is_short ? "\\u" : "\\U");
  for (std::size_t left = is_short ? 4 : 8; left-- > 0;)
    made += digits[(static_cast<std::uint32_t>(value) >> (4 * left)) & 0xFU];
  return made;
}

}  // namespace

std::string quoted_text(std::string_view value) {
  std::string quoted = syntax::quoted_string(value);
  // What is left of ASCII has a glyph.
  if (text::ascii_end(quoted, 0) == quoted.size()) return quoted;
  std::string made;
  made.reserve(quoted.size());
  for (std::size_t at = 0; at < quoted.size();) {
    const text::CodePoint point = text::decode(quoted, at);
    if (point.valid && text::is_hazardous(point.value)) {
      made += escaped(point.value);
    } else {
      made += quoted.substr(at, point.size);
    }
    at += point.size;
  }
  return made;
}

}  // namespace honua::rendering
