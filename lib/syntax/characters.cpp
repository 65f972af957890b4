// SPDX-License-Identifier: MIT
#include "syntax/characters.h"

#include <cstring>

#include "syntax/scan.h"
#include "text/unicode.h"

namespace honua::syntax {

std::uint32_t identifier_rest(std::string_view text, std::uint32_t at) {
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  const char* here = begin + skip_name_fast(text, at);
  for (;;) {
    while (here < end && continues_identifier[static_cast<unsigned char>(*here)]) ++here;
    if (here == end || class_of(*here) != CharacterClass::high) break;
    const text::CodePoint point = text::decode(text, static_cast<std::size_t>(here - begin));
    if (!point.valid || !text::is_identifier_continue(point.value)) break;
    here += point.size;
  }
  return static_cast<std::uint32_t>(here - begin);
}

std::uint32_t identifier_end(std::string_view text, std::uint32_t at) {
  if (at >= text.size()) return at;
  switch (class_of(text[at])) {
    case CharacterClass::identifier: return identifier_rest(text, at + 1);
    case CharacterClass::high: {
      const text::CodePoint point = text::decode(text, at);
      if (!point.valid || !text::is_identifier_start(point.value)) return at;
      return identifier_rest(text, at + point.size);
    }
    default: return at;
  }
}

std::uint32_t line_end(std::string_view text, std::uint32_t at) {
  if (at >= text.size()) return static_cast<std::uint32_t>(text.size());
  const void* found = std::memchr(text.data() + at, '\n', text.size() - at);
  if (found == nullptr) return static_cast<std::uint32_t>(text.size());
  return static_cast<std::uint32_t>(static_cast<const char*>(found) - text.data());
}

namespace {

// Past a quoted label, or `at` when it doesn't close on its line.
std::uint32_t skip_quoted(std::string_view text, std::uint32_t at) {
  const char quote = text[at];
  for (std::uint32_t i = at + 1; i < text.size() && text[i] != '\n'; ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      return i + 1;
    }
  }
  return at;
}

}  // namespace

bool looks_like_item(std::string_view text, std::uint32_t at) {
  at = skip_blanks(text, at);
  const std::uint32_t name_end = identifier_end(text, at);
  if (name_end == at) return false;
  at = skip_blanks(text, name_end);
  if (at >= text.size()) return false;
  if (text[at] == '=') return at + 1 >= text.size() || (text[at + 1] != '=' && text[at + 1] != '>');
  // A block's header: labels, then a brace on the same line.
  while (at < text.size()) {
    if (text[at] == '{') return true;
    std::uint32_t next = at;
    if (text[at] == '"' || text[at] == '\'') {
      next = skip_quoted(text, at);
    } else {
      next = identifier_end(text, at);
    }
    if (next == at) return false;
    at = skip_blanks(text, next);
  }
  return false;
}

EnvReference env_reference(std::string_view text, std::uint32_t at) {
  constexpr std::string_view prefix = "env:";
  if (text[at] != '$') return {};
  EnvReference found;
  found.word = skip_blanks(text, at + 2);
  if (text.substr(found.word, prefix.size()) != prefix) return {};
  found.name_begin = skip_blanks(text, found.word + static_cast<std::uint32_t>(prefix.size()));
  found.name_end = found.name_begin;
  while (found.name_end < text.size() &&
         std::string_view("}\"'\n\r ${").find(text[found.name_end]) == std::string_view::npos) {
    ++found.name_end;
  }
  const std::uint32_t close = skip_blanks(text, found.name_end);
  if (found.name_end == found.name_begin || close >= text.size() || text[close] != '}') return {};
  found.end = close + 1;
  return found;
}

HeredocOpener heredoc_opener(std::string_view text, std::uint32_t at) {
  HeredocOpener opener;
  if (!text.substr(at).starts_with("<<")) return opener;
  at += 2;
  opener.flush = at < text.size() && text[at] == '-';
  if (opener.flush) ++at;
  opener.marker_begin = at;
  opener.marker_end = identifier_end(text, at);
  if (opener.marker_end == at) return opener;
  const std::uint32_t ended = newline_size(text, opener.marker_end);
  if (ended > 0) opener.opener_end = opener.marker_end + ended;
  return opener;
}

bool is_heredoc_closer(std::string_view line, std::string_view marker) {
  const std::size_t first = line.find(marker);
  if (first == std::string_view::npos) return false;
  const auto all_space = [](std::string_view part) {
    for (std::size_t i = 0; i < part.size();) {
      const text::CodePoint point = text::decode(part, i);
      if (!point.valid || !text::is_space(point.value)) return false;
      i += point.size;
    }
    return true;
  };
  return all_space(line.substr(0, first)) && all_space(line.substr(first + marker.size()));
}

}  // namespace honua::syntax
