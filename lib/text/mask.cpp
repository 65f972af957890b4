// SPDX-License-Identifier: MIT
#include "text/mask.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "text/secret_value.h"

namespace honua::text {

namespace {

// How names of secrets end. Compared without case, dashes and underscores.
constexpr std::array<std::string_view, 19> secret_words = {
    "password",     "passwd",          "pwd",
    "passphrase",   "secret",          "token",
    "apikey",       "accountkey",      "sharedaccesskey",
    "privatekey",   "secretaccesskey", "sharedaccesssignature",
    "passcode",     "secretkey",       "signingkey",
    "credential",   "encryptionkey",   "credentials",
    "authorization"};

// Names that are common ends of harmless words.
constexpr std::array<std::string_view, 2> whole_words = {"pass", "sig"};

constexpr std::size_t longest_word = 21;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_word(char c) {
  const char l = lower(c);
  return (l >= 'a' && l <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// A name's end without case, dashes and underscores, as far as words for secrets go. In a buffer of its own:
// this is asked of every attribute of a file.
class NameEnd {
 public:
  NameEnd(std::string_view text, std::size_t end) {
    for (std::size_t at = end; at > 0 && begin_ > 0; --at) {
      const char c = text[at - 1];
      if (c == '_' || c == '-') continue;
      if (!is_word(c)) break;
      letters_[--begin_] = lower(c);
    }
  }
  [[nodiscard]] std::string_view view() const { return {letters_.data() + begin_, letters_.size() - begin_}; }

 private:
  std::array<char, longest_word> letters_{};
  std::size_t begin_ = longest_word;
};

// Whether the name that ends before `end` ends in a word for secrets.
bool names_secret(std::string_view text, std::size_t end) {
  const NameEnd letters(text, end);
  std::string_view name = letters.view();
  if (name.empty()) return false;
  if (std::find(whole_words.begin(), whole_words.end(), name) != whole_words.end()) return true;
  if (name.ends_with('s') && !name.ends_with("ss")) name.remove_suffix(1);  // `tokens`
  if (name.empty()) return false;
  return std::any_of(secret_words.begin(), secret_words.end(), [&name](std::string_view word) {
    return word.back() == name.back() && name.ends_with(word);
  });
}

bool starts_with_word(std::string_view value, std::string_view word) {
  return value.starts_with(word) && (value.size() == word.size() || !is_word(value[word.size()]));
}

bool is_keyword(std::string_view value) {
  return starts_with_word(value, "null") || starts_with_word(value, "true") ||
         starts_with_word(value, "false");
}

bool is_reference(std::string_view value) {
  return value.starts_with("env(") || value.starts_with("env.") || value.starts_with("var.");
}

// Whether what stands here can only be an expression: a list, a call, a reference.
bool starts_expression(std::string_view value) {
  if (value.empty()) return false;
  if (std::string_view("[({").find(value[0]) != std::string_view::npos) return true;
  const auto end =
      static_cast<std::size_t>(std::find_if_not(value.begin(), value.end(), is_word) - value.begin());
  return end > 0 && end < value.size() &&
         (value[end] == '(' || value[end] == '.' || value.substr(end, 2) == "::");
}

// At the `=` or `:` of something: its name, if that is one for secrets.
struct Assignment {
  bool is_secret = false;
  bool is_attribute = false;  // of HCL or JSON, not of a connection string
};

Assignment assignment_at(std::string_view text, std::size_t sign) {
  std::size_t name = sign;
  while (name > 0 && is_blank(text[name - 1])) --name;
  const bool is_spaced = name < sign || (sign + 1 < text.size() && is_blank(text[sign + 1]));
  const bool is_quoted = name > 1 && text[name - 1] == '"';
  if (is_quoted) --name;
  if (is_quoted && text[name - 1] == '\\') --name;
  if (!names_secret(text, name)) return {};
  std::size_t begin = name;
  while (begin > 0 && is_word(text[begin - 1])) --begin;
  while (begin > 0 && is_blank(text[begin - 1])) --begin;
  const bool is_first = begin == 0 || text[begin - 1] == '\n' || text[begin - 1] == '{';
  return {true, text[sign] == '=' ? is_spaced && is_first : is_quoted};
}

// Whether a secret may be recognised at a character: the sign of an assignment or of a URL, the last letter
// of `eyJ`.
constexpr std::array<bool, 256> may_reveal = [] {
  std::array<bool, 256> table{};
  table['='] = table[':'] = table['J'] = true;
  return table;
}();

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
  explicit SecretFinder(std::string_view text) : text_(text), value_(text, found_) {}

  std::vector<TextRange> run() {
    for (std::size_t at = next(0); at < text_.size();) at = next(std::max(at + 1, step(at)));
    return merged();
  }

 private:
  [[nodiscard]] std::size_t next(std::size_t at) const {
    while (at < text_.size() && !may_reveal[static_cast<unsigned char>(text_[at])]) ++at;
    return at;
  }

  // What is recognised at `at` is noted; returns where to go on.
  std::size_t step(std::size_t at) {
    const char c = text_[at];
    if (c == ':' && text_.substr(at, 3) == "://") {
      note(url_secret(at));
    } else if (c == '=' || c == ':') {
      return pass_assignment(at);
    } else if (c == 'J' && at >= 2 && text_.substr(at - 2, 3) == "eyJ" &&
               (at == 2 || !is_word(text_[at - 3]))) {
      const TextRange token = web_token(text_, at - 2);
      note(token);
      return token.end;  // 0 if it is none
    }
    return at + 1;
  }

  void note(TextRange secret) {
    if (secret.begin < secret.end) found_.push_back(secret);
  }

  std::size_t pass_assignment(std::size_t sign) {
    const Assignment assignment = assignment_at(text_, sign);
    if (!assignment.is_secret) return sign + 1;
    std::size_t at = sign + 1;
    if (text_.substr(at, 1) == ">") ++at;  // `=>`
    // A member's value may stand on the next line.
    const std::string_view blanks = text_[sign] == ':' && assignment.is_attribute ? " \t\r\n" : " \t";
    at = std::min(text_.find_first_not_of(blanks, at), text_.size());
    if (at >= text_.size() || text_[at] == '=') return sign + 1;  // a comparison
    const bool escaped = text_[at] == '\\';
    if (escaped && at + 1 < text_.size()) ++at;
    const char quote = text_[at];
    // `\"value\"` ends with its backslash.
    if (quote == '"' || quote == '\'') return value_.quoted(at + 1, escaped ? '\\' : quote);
    const std::string_view value = text_.substr(at);
    if (value.starts_with("<<")) return value_.heredoc(at);
    if (is_keyword(value)) return assignment.is_attribute ? value_.expression(at) : at;
    if (is_reference(value) || (assignment.is_attribute && starts_expression(value)))
      return value_.expression(at);
    const std::size_t end = value_.plain(at);
    const bool goes_on = assignment.is_attribute && end < text_.size() && text_[end] == '"';
    return goes_on ? value_.expression(end) : end;
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
    const std::string_view password = text_.substr(colon + 1, url_host_ - colon - 1);
    const bool is_computed = password.starts_with("${") && password.find('}') == password.size() - 1;
    return is_computed || is_reference(password) ? TextRange{} : TextRange{colon + 1, url_host_};
  }

  // In order and apart from each other: a URL's password lies ahead of where it is noted.
  std::vector<TextRange> merged() {
    std::sort(found_.begin(), found_.end(),
              [](const TextRange& a, const TextRange& b) { return a.begin < b.begin; });
    std::vector<TextRange> apart;
    for (const TextRange& one : found_) {
      if (!apart.empty() && one.begin <= apart.back().end) {
        apart.back().end = std::max(apart.back().end, one.end);
      } else {
        apart.push_back(one);
      }
    }
    return apart;
  }

  std::string_view text_;
  std::vector<TextRange> found_;
  SecretValue value_;
  // Of the last text without blanks that holds a `://`: its end and its last `@`.
  std::size_t url_end_ = 0;
  std::size_t url_host_ = 0;
};

}  // namespace

bool is_name_of_secret(std::string_view name) { return names_secret(name, name.size()); }

std::vector<TextRange> find_secrets(std::string_view text) { return SecretFinder(text).run(); }

std::string mask_secrets(std::string_view original) {
  std::string text(original);
  for (const TextRange& secret : find_secrets(original))
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(secret.begin),
              text.begin() + static_cast<std::ptrdiff_t>(secret.end), '*');
  return text;
}

}  // namespace honua::text
