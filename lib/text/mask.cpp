// SPDX-License-Identifier: MIT
#include "text/mask.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

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

std::string_view without_blanks(std::string_view line) {
  constexpr std::string_view blanks = " \t\r";
  const std::size_t begin = line.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(blanks) + 1 - begin);
}

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

// What the heredoc at `at` says; an empty range if that is none, or a reference.
TextRange heredoc_secret(std::string_view text, std::size_t at) {
  at += std::string_view("<<").size();
  if (text.substr(at, 1) == "-") ++at;
  const std::size_t name = at;
  while (at < text.size() && is_word(text[at])) ++at;
  const std::string_view marker = text.substr(name, at - name);
  while (at < text.size() && (is_blank(text[at]) || text[at] == '\r')) ++at;
  if (marker.empty() || at >= text.size() || text[at] != '\n') return {};
  const std::size_t begin = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
  if (is_reference(text.substr(begin))) return {};
  std::size_t end = at;
  while (end < text.size()) {
    const std::size_t next = std::min(text.find('\n', end + 1), text.size());
    if (without_blanks(text.substr(end + 1, next - end - 1)) == marker) break;
    end = next;
  }
  return {std::min(begin, end), end};
}

// At a `=` or `:` behind a name: the value.
TextRange assigned_secret(std::string_view text, std::size_t sign) {
  std::size_t name = sign;
  while (name > 0 && is_blank(text[name - 1])) --name;
  if (name > 1 && text[name - 1] == '"') --name;
  if (name > 1 && text[name - 1] == '\\') --name;
  if (!names_secret(text, name)) return {};
  std::size_t at = sign + 1;
  while (at < text.size() && is_blank(text[at])) ++at;
  char quote = '\0';
  const bool escaped = at < text.size() && text[at] == '\\';
  if (escaped) ++at;
  if (at < text.size() && (text[at] == '"' || text[at] == '\'')) quote = text[at++];
  if (escaped && quote != '\0') quote = '\\';  // `\"value\"` ends with its backslash
  if (quote == '\0' && text.substr(at, 2) == "<<") return heredoc_secret(text, at);
  if (is_reference(text.substr(at))) return {};
  if (at < text.size() && (text[at] == '=' || text[at] == '>')) return {};  // a comparison or an arrow
  return {at, value_end(text, at, quote)};
}

// At `eyJ`, how the base64 form of `{"` starts: a JSON web token.
TextRange web_token(std::string_view text, std::size_t at) {
  constexpr std::size_t shortest = 20;
  std::size_t end = at;
  while (end < text.size() && (is_word(text[end]) || text[end] == '.')) ++end;
  return end - at >= shortest ? TextRange{at, end} : TextRange{};
}

// Goes through a text once.
class SecretFinder {
 public:
  explicit SecretFinder(std::string_view text) : text_(text) {}

  std::vector<TextRange> run() {
    for (std::size_t at = 0; at < text_.size(); ++at) {
      const bool inside = !found_.empty() && at >= found_.back().begin && at < found_.back().end;
      if (inside) {
        at = found_.back().end - 1;
      } else {
        add(secret_at(at));
      }
    }
    return std::move(found_);
  }

 private:
  void add(TextRange secret) {
    if (secret.begin >= secret.end) return;
    // A URL's password lies ahead, and what stands before it may be another secret.
    if (!found_.empty() && secret.begin <= found_.back().end) {
      TextRange& last = found_.back();
      last = {std::min(last.begin, secret.begin), std::max(last.end, secret.end)};
    } else {
      found_.push_back(secret);
    }
  }

  // What starts at `at`; an empty range if that is no secret.
  TextRange secret_at(std::size_t at) {
    const char c = text_[at];
    if (c == ':' && text_.substr(at, 3) == "://") return url_secret(at);
    if (c == '=' || c == ':') return assigned_secret(text_, at);
    if (c == 'e' && text_.substr(at, 3) == "eyJ" && (at == 0 || !is_word(text_[at - 1])))
      return web_token(text_, at);
    return {};
  }

  // At `://`: the password of `user:password@`.
  TextRange url_secret(std::size_t at) {
    const std::size_t begin = at + 3;
    if (begin >= url_end_) {
      url_end_ = std::min(text_.find_first_of(" \t\"'\n<>", begin), text_.size());
      // A password may itself hold an `@` or a `/`, unescaped: the last one counts.
      const std::size_t last = text_.substr(begin, url_end_ - begin).rfind('@');
      url_host_ = last == std::string_view::npos ? 0 : begin + last;
    }
    const std::size_t colon = url_host_ <= begin ? std::string_view::npos : text_.find(':', begin);
    if (colon == std::string_view::npos || colon > url_host_) return {};
    if (is_reference(text_.substr(colon + 1))) return {};
    return {colon + 1, url_host_};
  }

  std::string_view text_;
  std::vector<TextRange> found_;
  // Of the last text without blanks that holds a `://`: its end and its last `@`.
  std::size_t url_end_ = 0;
  std::size_t url_host_ = 0;
};

}  // namespace

std::vector<TextRange> find_secrets(std::string_view text) { return SecretFinder(text).run(); }

std::string mask_secrets(std::string_view original) {
  std::string text(original);
  for (const TextRange& secret : find_secrets(original))
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(secret.begin),
              text.begin() + static_cast<std::ptrdiff_t>(secret.end), '*');
  return text;
}

}  // namespace honua::text
