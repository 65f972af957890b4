// SPDX-License-Identifier: MIT
#include "validation/written_text.h"

#include <algorithm>
#include <cstddef>

namespace honua::validation {

namespace {

// Behind the string that opens at `at`; the end of the text where it stays open.
std::size_t behind_string(std::string_view text, std::size_t at);

// Behind the `}` of the sequence whose `{` is at `at`.
std::size_t behind_sequence(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"') {
      at = behind_string(text, at);
      continue;
    }
    ++at;
    if (c == '{') ++depth;
    if (c == '}' && --depth == 0) break;
  }
  return at;
}

bool starts_sequence(std::string_view text, std::size_t at) {
  const std::string_view next = text.substr(at, 2);
  return next == "${" || next == "%{";
}

// `$${` and `%%{` stand for the signs themselves.
bool is_escaped_sequence(std::string_view text, std::size_t at) {
  return starts_sequence(text, at + 1) && text[at] == text[at + 1];
}

std::size_t behind_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"';) {
    if (text[at] == '\\') {
      at += 2;
    } else if (is_escaped_sequence(text, at)) {
      at += 3;
    } else if (starts_sequence(text, at)) {
      at = behind_sequence(text, at + 1);
    } else {
      ++at;
    }
  }
  return std::min(at + 1, text.size());
}

// The string that opens at `quote`. Escapes lose their backslash only: nobody reads the result as a value.
std::string parts_of(std::string_view text, std::size_t quote) {
  std::string parts;
  for (std::size_t at = quote + 1; at < text.size() && text[at] != '"';) {
    if (text[at] == '\\' && at + 1 < text.size()) {
      parts += text[at + 1];
      at += 2;
    } else if (is_escaped_sequence(text, at)) {
      parts += text.substr(at + 1, 2);
      at += 3;
    } else if (starts_sequence(text, at)) {
      parts += "${}";
      at = behind_sequence(text, at + 1);
    } else {
      parts += text[at++];
    }
  }
  return parts;
}

std::size_t behind_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(" \t\r\n", at), text.size());
}

}  // namespace

std::optional<std::string> written_text(std::string_view expression) {
  std::size_t at = behind_blanks(expression, 0);
  const auto next = [&] { return at < expression.size() ? expression[at] : '\0'; };
  if (next() == '"') return parts_of(expression, at);
  if (!expression.substr(at).starts_with("env")) return std::nullopt;
  at = behind_blanks(expression, at + 3);
  if (next() != '(') return std::nullopt;
  at = behind_blanks(expression, at + 1);
  if (next() != '"') return std::nullopt;
  at = behind_blanks(expression, behind_string(expression, at));
  if (next() != ',') return std::nullopt;
  at = behind_blanks(expression, at + 1);
  if (next() != '"') return std::nullopt;
  return parts_of(expression, at);
}

}  // namespace honua::validation
