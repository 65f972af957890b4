// SPDX-License-Identifier: MIT
#include "text/mask.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace honua::text {

namespace {

// Compared without case, dashes and underscores.
constexpr std::array<std::string_view, 12> secret_words = {
    "password",   "passwd",          "pwd",
    "passphrase", "secret",          "token",
    "apikey",     "accountkey",      "sharedaccesskey",
    "privatekey", "secretaccesskey", "sharedaccesssignature"};

constexpr std::size_t longest_word = 21;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_word(char c) {
  const char l = lower(c);
  return (l >= 'a' && l <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// Whether the name that ends before `end` ends in a word for secrets.
bool names_secret(std::string_view text, std::size_t end) {
  std::string name;
  for (std::size_t at = end; at > 0 && name.size() < longest_word; --at) {
    const char c = text[at - 1];
    if (c == '_' || c == '-') continue;
    if (!is_word(c)) break;
    name += lower(c);
  }
  std::reverse(name.begin(), name.end());
  return std::any_of(secret_words.begin(), secret_words.end(),
                     [&name](std::string_view word) { return std::string_view(name).ends_with(word); });
}

bool is_reference(std::string_view value) {
  for (const std::string_view start : {"env(", "env.", "var.", "${"}) {
    if (value.starts_with(start)) return true;
  }
  for (const std::string_view word : {"null", "true", "false"}) {
    if (value.starts_with(word) && (value.size() == word.size() || !is_word(value[word.size()]))) return true;
  }
  return value.empty();
}

void blot(std::string& text, std::size_t begin, std::size_t end) {
  std::fill(text.begin() + static_cast<std::ptrdiff_t>(begin),
            text.begin() + static_cast<std::ptrdiff_t>(end), '*');
}

// The end of the value at `at`: of a quoted one its closing quote, otherwise
// what ends values in connection strings. Passwords may hold all else: rather
// too much is masked than a part shown.
std::size_t value_end(std::string_view text, std::size_t at, char quote) {
  const std::string_view stops = quote != '\0' ? std::string_view(&quote, 1) : std::string_view(";\"'`\n");
  while (at < text.size() && stops.find(text[at]) == std::string_view::npos) {
    if (quote != '\0' && quote != '\\' && text[at] == '\\') ++at;
    ++at;
  }
  return std::min(at, text.size());
}

// At a `=` or `:` behind a name: masks the value.
void mask_assignment(std::string& text, std::size_t sign) {
  std::size_t name = sign;
  while (name > 0 && is_blank(text[name - 1])) --name;
  if (name > 1 && text[name - 1] == '"') --name;
  if (name > 1 && text[name - 1] == '\\') --name;
  if (!names_secret(text, name)) return;
  std::size_t at = sign + 1;
  while (at < text.size() && is_blank(text[at])) ++at;
  char quote = '\0';
  const bool escaped = at < text.size() && text[at] == '\\';
  if (escaped) ++at;
  if (at < text.size() && (text[at] == '"' || text[at] == '\'')) quote = text[at++];
  if (escaped && quote != '\0') quote = '\\';  // `\"value\"` ends with its backslash
  if (is_reference(std::string_view(text).substr(at))) return;
  if (at < text.size() && (text[at] == '=' || text[at] == '>')) return;  // a comparison or an arrow
  blot(text, at, value_end(text, at, quote));
}

// At `://`: masks the password of `user:password@`.
void mask_url(std::string& text, std::size_t at) {
  const std::size_t begin = at + 3;
  const std::size_t end = std::min(text.find_first_of(" \t\"'\n<>", begin), text.size());
  const std::string_view rest = std::string_view(text).substr(begin, end - begin);
  // A password may itself hold an `@` or a `/`, unescaped: the last one counts.
  const std::size_t host = rest.rfind('@');
  if (host == std::string_view::npos) return;
  const std::size_t colon = rest.find(':');
  if (colon == std::string_view::npos || colon > host) return;
  if (is_reference(rest.substr(colon + 1))) return;
  blot(text, begin + colon + 1, begin + host);
}

// At `eyJ`, how the base64 form of `{"` starts: masks a JSON web token.
void mask_web_token(std::string& text, std::size_t at) {
  constexpr std::size_t shortest = 20;
  std::size_t end = at;
  while (end < text.size() && (is_word(text[end]) || text[end] == '.')) ++end;
  if (end - at >= shortest) blot(text, at, end);
}

}  // namespace

std::string mask_secrets(std::string_view original) {
  std::string text(original);
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == ':' && std::string_view(text).substr(at, 3) == "://") {
      mask_url(text, at);
    } else if (c == '=' || c == ':') {
      mask_assignment(text, at);
    } else if (c == 'e' && std::string_view(text).substr(at, 3) == "eyJ" &&
               (at == 0 || !is_word(text[at - 1]))) {
      mask_web_token(text, at);
    }
  }
  return text;
}

}  // namespace honua::text
