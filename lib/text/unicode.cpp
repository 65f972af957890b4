// SPDX-License-Identifier: MIT
#include "text/unicode.h"

#include <utf8proc.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "base/assert.h"
#include "text/ascii.h"
#include "text/utf8proc_character.h"

namespace honua::text {

namespace {

constexpr bool is_ascii_letter(char32_t value) {
  return (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z');
}

// Derived property ID_Start beyond ASCII: letters and letter numbers, minus
// Pattern_Syntax (a single letter has it), plus Other_ID_Start.
bool is_id_start(char32_t value) {
  switch (value) {
    case 0x2E2F: return false;
    case 0x1885:
    case 0x1886:
    case 0x2118:
    case 0x212E:
    case 0x309B:
    case 0x309C: return true;
    default: break;
  }
  switch (utf8proc_category(to_utf8proc(value))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_NL: return true;
    default: return false;
  }
}

bool is_other_id_continue(char32_t value) {
  return value == 0x00B7 || value == 0x0387 || (value >= 0x1369 && value <= 0x1371) || value == 0x19DA;
}

// All combining characters and everything with a canonical composition lie at
// or above U+0300, so text below is in form C already.
constexpr char32_t first_combining = 0x0300;

bool is_normalized_for_sure(std::string_view text) {
  for (std::size_t at = ascii_end(text, 0); at < text.size();) {
    const CodePoint point = decode(text, at);
    if (point.value >= first_combining) return false;
    at += point.size;
  }
  return true;
}

std::vector<utf8proc_int32_t> decompose(std::string_view text) {
  constexpr auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
  std::vector<utf8proc_int32_t> out;
  out.reserve(text.size());
  int unused_class = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode(text, at);
    at += point.size;
    utf8proc_int32_t part[4];  // the longest canonical decomposition has four characters
    const auto count =
        utf8proc_decompose_char(to_utf8proc(point.value), part, std::size(part), options, &unused_class);
    HONUA_ASSERT(count > 0 && count <= static_cast<utf8proc_ssize_t>(std::size(part)));
    out.insert(out.end(), part, part + count);
  }
  return out;
}

// Sorts every run of combining characters by class. utf8proc's own loop takes
// quadratic time on a long run.
void order_canonically(std::vector<utf8proc_int32_t>& characters) {
  const auto combining_class = [](utf8proc_int32_t one) {
    return utf8proc_get_property(one)->combining_class;
  };
  const auto is_starter = [&](utf8proc_int32_t one) { return combining_class(one) == 0; };
  for (auto at = characters.begin(); at != characters.end();) {
    const auto begin = std::find_if_not(at, characters.end(), is_starter);
    const auto end = std::find_if(begin, characters.end(), is_starter);
    std::stable_sort(begin, end, [&](utf8proc_int32_t a, utf8proc_int32_t b) {
      return combining_class(a) < combining_class(b);
    });
    at = end;
  }
}

// Applies a mapping of single characters.
template <class Map>
std::string map_characters(std::string_view text, Map map) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode(text, at);
    if (point.valid) {
      append_utf8(out, map(point.value));
    } else {
      out += text.substr(at, point.size);
    }
    at += point.size;
  }
  return out;
}

constexpr char32_t ascii_case_bit = 0x20;
// Its capital is two letters; utf8proc names one that Unicode does not map to.
constexpr char32_t sharp_s = 0x00DF;

}  // namespace

bool is_identifier_start(char32_t value) {
  if (value < 0x80) return is_ascii_letter(value) || value == '_';
  return is_id_start(value);
}

bool is_identifier_continue(char32_t value) {
  if (value < 0x80) {
    return is_ascii_letter(value) || (value >= '0' && value <= '9') || value == '_' || value == '-';
  }
  if (is_id_start(value) || is_other_id_continue(value)) return true;
  switch (utf8proc_category(to_utf8proc(value))) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_PC: return true;
    default: return false;
  }
}

bool is_space(char32_t value) {
  return (value >= 0x09 && value <= 0x0D) || value == 0x20 || value == 0x85 || value == 0xA0 ||
         value == 0x1680 || (value >= 0x2000 && value <= 0x200A) || value == 0x2028 || value == 0x2029 ||
         value == 0x202F || value == 0x205F || value == 0x3000;
}

std::string to_nfc(std::string_view text) {
  if (find_malformed(text) != std::string_view::npos || is_normalized_for_sure(text))
    return std::string(text);
  std::vector<utf8proc_int32_t> characters = decompose(text);
  order_canonically(characters);
  constexpr auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
  const auto count =
      utf8proc_normalize_utf32(characters.data(), static_cast<utf8proc_ssize_t>(characters.size()), options);
  HONUA_ASSERT(count >= 0);
  characters.resize(static_cast<std::size_t>(count));
  std::string out;
  out.reserve(text.size());
  for (const utf8proc_int32_t one : characters) append_utf8(out, static_cast<char32_t>(one));
  return out;
}

std::string to_lower(std::string_view text) {
  return map_characters(text, [](char32_t value) -> char32_t {
    if (value < 0x80) return value >= 'A' && value <= 'Z' ? value | ascii_case_bit : value;
    return static_cast<char32_t>(utf8proc_tolower(to_utf8proc(value)));
  });
}

std::string to_upper(std::string_view text) {
  return map_characters(text, [](char32_t value) -> char32_t {
    if (value < 0x80) return value >= 'a' && value <= 'z' ? value & ~ascii_case_bit : value;
    if (value == sharp_s) return value;
    return static_cast<char32_t>(utf8proc_toupper(to_utf8proc(value)));
  });
}

std::string ascii_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = ascii_lower(c);
  return lower;
}

}  // namespace honua::text
