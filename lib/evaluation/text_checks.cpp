// SPDX-License-Identifier: MIT
#include "evaluation/text_checks.h"

#include <cstdint>

#include "syntax/characters.h"

namespace honua::evaluation {

namespace {

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Where `word` occurs next without a letter in front.
std::size_t find_word(std::string_view text, std::string_view word, std::size_t from) {
  for (std::size_t at = text.find(word, from); at != std::string_view::npos; at = text.find(word, at + 1)) {
    if (at == 0 || (!is_word_byte(text[at - 1]) && text[at - 1] != '.')) return at;
  }
  return std::string_view::npos;
}

}  // namespace

bool contains_env_call(std::string_view text) {
  constexpr std::string_view call = "env(";
  for (std::size_t at = find_word(text, call, 0); at != std::string_view::npos;
       at = find_word(text, call, at + 1)) {
    const std::size_t quote = at + call.size();
    if (quote < text.size() && (text[quote] == '"' || text[quote] == '\'')) return true;
  }
  return false;
}

std::optional<std::string> find_bare_variable(std::string_view text) {
  constexpr std::string_view root = "var.";
  for (std::size_t at = find_word(text, root, 0); at != std::string_view::npos;
       at = find_word(text, root, at + 1)) {
    const std::size_t begin = at + root.size();
    const std::size_t end = syntax::identifier_end(text, static_cast<std::uint32_t>(begin));
    if (end > begin) return std::string(text.substr(begin, end - begin));
  }
  return std::nullopt;
}

bool may_hold_reference(std::string_view source) {
  // Most strings are short: one pass over their bytes beats two searches.
  for (std::size_t at = 3; at < source.size(); ++at) {
    if (source[at] == '.' && source.substr(at - 3, 3) == "var") return true;
    if (source[at] == '(' && source.substr(at - 3, 3) == "env") return true;
  }
  return false;
}

}  // namespace honua::evaluation
