// SPDX-License-Identifier: MIT
#include <utf8proc.h>

#include <algorithm>
#include <cstring>

#include "text/ascii.h"
#include "text/unicode.h"
#include "text/utf8proc_character.h"

// Extended grapheme clusters: Unicode Standard Annex #29, with the break
// classes of utf8proc.
namespace honua::text {

namespace {

constexpr char32_t emoji_presentation = 0xFE0F;  // variation selector 16

constexpr bool is_regional_indicator(char32_t value) { return value >= 0x1F1E6 && value <= 0x1F1FF; }
constexpr bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

// Calls `each` for every character of the cluster at `at` and returns its end.
// Whether two characters stay together depends on nothing before the cluster
// they are in, so the automaton may start afresh at every cluster.
template <class Each>
std::size_t walk_cluster(std::string_view text, std::size_t at, Each each) {
  CodePoint last = decode(text, at);
  each(last);
  at += last.size;
  utf8proc_int32_t state = 0;
  while (last.valid && at < text.size()) {
    const CodePoint next = decode(text, at);
    if (!next.valid) break;
    if (utf8proc_grapheme_break_stateful(to_utf8proc(last.value), to_utf8proc(next.value), &state)) break;
    each(next);
    at += next.size;
    last = next;
  }
  return at;
}

std::size_t cluster_end(std::string_view text, std::size_t at) {
  // Of two ASCII characters in a row only CRLF stays together.
  if (at + 1 < text.size() && is_ascii(text[at]) && is_ascii(text[at + 1])) {
    return at + (text[at] == '\r' && text[at + 1] == '\n' ? 2 : 1);
  }
  return walk_cluster(text, at, [](const CodePoint&) {});
}

// How many CRLF pairs a text has.
std::size_t count_crlf(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = text.find('\r'); at < text.size(); at = text.find('\r', at + 1)) {
    if (at + 1 < text.size() && text[at + 1] == '\n') ++count;
  }
  return count;
}

// Of the ASCII run [at, end) of a text, the part whose clusters end within it:
// a mark behind the run may belong to the run's last character.
std::size_t settled_end(std::string_view text, std::size_t at, std::size_t end) {
  if (end == text.size() || end == at || is_control(text[end - 1])) return end;
  return end - 1;
}

std::size_t character_width(const CodePoint& point) {
  if (!point.valid) return 1;  // shown as a replacement character
  if (utf8proc_category(to_utf8proc(point.value)) == UTF8PROC_CATEGORY_CC) return 1;
  return static_cast<std::size_t>(std::max(utf8proc_charwidth(to_utf8proc(point.value)), 0));
}

// A cluster is as wide as its widest character. Flags are made of two narrow
// letters, and a variation selector turns a narrow symbol into an emoji.
std::size_t cluster_width(std::string_view text, std::size_t& at) {
  std::size_t width = 0;
  std::size_t flag_letters = 0;
  at = walk_cluster(text, at, [&](const CodePoint& point) {
    width = std::max(width, character_width(point));
    if (point.valid && is_regional_indicator(point.value)) ++flag_letters;
    if (point.valid && point.value == emoji_presentation && width > 0) width = 2;
  });
  return flag_letters == 2 ? 2 : width;
}

}  // namespace

std::size_t count_graphemes(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = settled_end(text, at, ascii_end(text, at));
    count += (end - at) - count_crlf(text.substr(at, end - at));
    at = end;
    if (at < text.size()) {
      at = cluster_end(text, at);
      ++count;
    }
  }
  return count;
}

std::size_t first_grapheme(std::string_view text) { return text.empty() ? 0 : cluster_end(text, 0); }

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = settled_end(text, at, ascii_end(text, at));
    width += end - at;
    at = end;
    if (at < text.size()) width += cluster_width(text, at);
  }
  return width;
}

}  // namespace honua::text
