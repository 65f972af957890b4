// SPDX-License-Identifier: MIT
#include "base/assert.h"
#include "text/ascii.h"
#include "text/unicode.h"

// The encoding form UTF-8 as the Unicode Standard 15 has it: section 3.9,
// table 3-7 for what is well-formed, "maximal subpart" for what is not.
namespace honua::text {

namespace {

// What may follow a first byte.
struct Lead {
  std::uint32_t size = 1;        // of the whole character
  unsigned char lowest = 0x80;   // of the second byte
  unsigned char highest = 0xBF;  // of the second byte
};

constexpr Lead lead_of(unsigned char first) {
  if (first < 0xC2) return {};
  if (first < 0xE0) return {2};
  if (first == 0xE0) return {3, 0xA0, 0xBF};  // no overlong forms
  if (first == 0xED) return {3, 0x80, 0x9F};  // no surrogates
  if (first < 0xF0) return {3};
  if (first == 0xF0) return {4, 0x90, 0xBF};  // no overlong forms
  if (first < 0xF4) return {4};
  if (first == 0xF4) return {4, 0x80, 0x8F};  // nothing over U+10FFFF
  return {};
}

}  // namespace

CodePoint decode(std::string_view text, std::size_t offset) {
  const auto first = static_cast<unsigned char>(text[offset]);
  if (first < 0x80) return {first, 1, true};
  const Lead lead = lead_of(first);
  if (lead.size == 1) return {0, 1, false};
  char32_t value = first & (0x7FU >> lead.size);
  for (std::uint32_t i = 1; i < lead.size; ++i) {
    const auto next = offset + i < text.size() ? static_cast<unsigned char>(text[offset + i]) : 0U;
    if (next < (i == 1 ? lead.lowest : 0x80U) || next > (i == 1 ? lead.highest : 0xBFU)) return {0, i, false};
    value = (value << 6U) | (next & 0x3FU);
  }
  return {value, lead.size, true};
}

std::size_t character_start(std::string_view text, std::size_t offset) {
  const auto is_continuation = [&](std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
  };
  for (int steps = 0; steps < 3 && offset > 0 && is_continuation(offset); ++steps) --offset;
  return offset;
}

void append_utf8(std::string& out, char32_t value) {
  HONUA_ASSERT(value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF));
  const auto continuation = [value](unsigned shift) {
    return static_cast<char>(0x80U | ((value >> shift) & 0x3FU));
  };
  if (value < 0x80) {
    out += static_cast<char>(value);
  } else if (value < 0x800) {
    out += {static_cast<char>(0xC0U | (value >> 6U)), continuation(0)};
  } else if (value < 0x10000) {
    out += {static_cast<char>(0xE0U | (value >> 12U)), continuation(6), continuation(0)};
  } else {
    out += {static_cast<char>(0xF0U | (value >> 18U)), continuation(12), continuation(6), continuation(0)};
  }
}

std::size_t find_malformed(std::string_view text) {
  std::size_t at = ascii_end(text, 0);
  while (at < text.size()) {
    const CodePoint point = decode(text, at);
    if (!point.valid) return at;
    at += point.size;
    if (at < text.size() && is_ascii(text[at])) at = ascii_end(text, at);
  }
  return std::string_view::npos;
}

}  // namespace honua::text
