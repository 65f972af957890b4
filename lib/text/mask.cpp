// SPDX-License-Identifier: MIT
#include "text/mask.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <utility>

#include "text/secret_value.h"

namespace honua::text {

namespace {

// How names of secrets end. Compared without case, dashes and underscores.
constexpr std::array secret_words = std::to_array<std::string_view>(
    {"password",   "passwd",     "pwd",           "passphrase",      "secret",        "token",
     "apikey",     "accountkey", "accesskey",     "privatekey",      "secretkey",     "sharedaccesssignature",
     "passcode",   "signingkey", "encryptionkey", "credential",      "authorization", "storagekey",
     "licensekey", "licencekey", "sharedkey",     "subscriptionkey", "masterkey",     "cookie",
     "bearer"});

// The same, but not in the plural: `ConnectionStrings` is an object of them, with names of its own.
constexpr std::array<std::string_view, 2> singular_words = {"connectionstring", "conectionstring"};

// Names that are common ends of harmless words.
constexpr std::array<std::string_view, 4> whole_words = {"pass", "sig", "jwt", "sas"};

// What may follow in the name of a secret: `token_value`, `db_password_prod`.
constexpr std::array<std::string_view, 8> further_words = {"value", "pem", "prod",   "test",
                                                           "old",   "new", "base64", "plain"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_word(char c) {
  const char l = lower(c);
  return (l >= 'a' && l <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// Where the blanks in front of a place begin.
std::size_t before_blanks(std::string_view text, std::size_t at) {
  while (at > 0 && is_blank(text[at - 1])) --at;
  return at;
}

bool is_dash(char c) { return c == '_' || c == '-'; }

// Pairs of lower-case letters.
class LetterPairs {
 public:
  // The last two of all words.
  constexpr explicit LetterPairs(std::initializer_list<std::span<const std::string_view>> lists) {
    for (const auto words : lists) {
      for (const std::string_view word : words) set_[index(word[word.size() - 2], word.back())] = true;
    }
  }
  [[nodiscard]] constexpr bool has(char first, char second) const {
    return is_letter(first) && is_letter(second) && set_[index(first, second)];
  }

 private:
  static constexpr std::size_t letters = 26;
  static constexpr bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
  static constexpr std::size_t index(char first, char second) {
    return static_cast<std::size_t>(first - 'a') * letters + static_cast<std::size_t>(second - 'a');
  }

  std::array<bool, letters * letters> set_{};
};

constexpr LetterPairs ends_of_secrets({secret_words, singular_words, whole_words});
constexpr std::array<std::string_view, 7> further_words_of_letters = {"value", "pem", "prod", "test",
                                                                      "old",   "new", "plain"};
constexpr LetterPairs ends_of_further_words({further_words_of_letters});

// False for nearly all names that end before `end` in no word for secrets: most lines have one.
bool may_name_secret(std::string_view text, std::size_t end) {
  const auto letter = [&](std::size_t back) { return end < back ? ' ' : lower(text[end - back]); };
  if (is_dash(letter(2)) || is_dash(letter(3))) return true;
  return ends_of_secrets.has(letter(2), letter(1)) ||
         (letter(1) == 's' && ends_of_secrets.has(letter(3), letter(2)));
}

// Where a word begins with which a text ends before `end`, without regard to case, dashes and underscores.
std::optional<std::size_t> begin_of_word(std::string_view text, std::size_t end, std::string_view word) {
  while (!word.empty()) {
    if (end == 0) return std::nullopt;
    const char c = text[--end];
    if (is_dash(c)) continue;
    if (lower(c) != word.back()) return std::nullopt;
    word.remove_suffix(1);
  }
  return end;
}

std::size_t before_dashes(std::string_view text, std::size_t end) {
  while (end > 0 && is_dash(text[end - 1])) --end;
  return end;
}

// Before what may follow in a secret's name: a number, then a further word behind a dash.
std::size_t before_further_words(std::string_view text, std::size_t end) {
  std::size_t begin = before_dashes(text, end);
  while (begin > 0 && text[begin - 1] >= '0' && text[begin - 1] <= '9') --begin;
  // `base64` is one word.
  const std::size_t word_end =
      begin_of_word(text, before_dashes(text, end), "base64") ? before_dashes(text, end) : begin;
  const bool may_be = word_end != begin || (begin > 1 && ends_of_further_words.has(lower(text[begin - 2]),
                                                                                   lower(text[begin - 1])));
  if (!may_be) return before_dashes(text, begin);
  for (const std::string_view word : further_words) {
    const auto found = begin_of_word(text, word_end, word);
    if (found && *found > 0 && is_dash(text[*found - 1])) return before_dashes(text, *found);
  }
  return before_dashes(text, begin);
}

// Whether the name that ends before `end` ends in a word for secrets.
bool names_secret(std::string_view text, std::size_t end) {
  end = before_further_words(text, end);
  if (end == 0 || !is_word(text[end - 1]) || !may_name_secret(text, end)) return false;
  for (const std::string_view word : whole_words) {
    auto begin = begin_of_word(text, end, word);
    while (begin && *begin > 0 && is_dash(text[*begin - 1])) --*begin;
    if (begin && (*begin == 0 || !is_word(text[*begin - 1]))) return true;
  }
  for (const std::string_view word : singular_words) {
    if (begin_of_word(text, end, word)) return true;
  }
  // `tokens`
  const bool is_plural = begin_of_word(text, end, "s") && !begin_of_word(text, end, "ss");
  const std::size_t singular = is_plural ? end - 1 : end;
  return std::any_of(secret_words.begin(), secret_words.end(),
                     [&](std::string_view word) { return begin_of_word(text, singular, word).has_value(); });
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
  bool is_doubtful = false;   // an attribute only where it stands in no text
};

Assignment assignment_at(std::string_view text, std::size_t sign) {
  std::size_t name = before_blanks(text, sign);
  const bool is_spaced = name < sign || (sign + 1 < text.size() && is_blank(text[sign + 1]));
  const bool is_quoted = name > 1 && text[name - 1] == '"';
  if (is_quoted) --name;
  if (is_quoted && text[name - 1] == '\\') --name;
  if (!names_secret(text, name)) return {};
  std::size_t begin = name;
  while (begin > 0 && is_word(text[begin - 1])) --begin;
  begin = before_blanks(text, begin);
  // What a comma is in front of may also be a part of a connection string: see pass_assignment().
  const bool is_member = begin > 0 && text[begin - 1] == ',';
  const bool is_first = begin == 0 || text[begin - 1] == '\n' || text[begin - 1] == '{';
  const bool is_attribute = is_quoted || (is_spaced && (is_first || is_member));
  return {true, is_attribute, is_attribute && is_member && !is_quoted};
}

// Of `?key=` and `&key=` in a URL.
bool is_key_of_url(std::string_view text, std::size_t sign) {
  const std::string_view before = text.substr(0, sign);
  return before.ends_with("?key") || before.ends_with("&key");
}

// Whether a secret may be recognised at a character: the sign of an assignment or of a URL, the last letter
// of `eyJ`, a quote behind a name, the brackets of a variable and of a call of `env`.
constexpr std::array<bool, 256> may_reveal = [] {
  std::array<bool, 256> table{};
  for (const char c : {'=', ':', 'J', '"', '{', '(', '-', 'B'}) table[static_cast<unsigned char>(c)] = true;
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
  // How far quotes are counted back on a line: secrets stand on short ones.
  static constexpr std::size_t quote_reach = 4096;
  // How long a value in `{...}` may be.
  static constexpr std::size_t brace_reach = 1024;

 public:
  SecretFinder(std::string_view text, TextForm form) : text_(text), form_(form), value_(text, found_) {}

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
    } else if (c == ':' && is_slip_of_store(at)) {
      note({at + 1, url_host_});
      return url_host_;
    } else if (c == '=' || c == ':') {
      return pass_assignment(at);
    } else if (c == '"') {
      return pass_quote(at);
    } else if (c == '(') {
      return pass_call(at);
    } else if (c == '{') {
      if (at > 0 && text_[at - 1] == '$') return pass_default(at);
      enter_block(at);
    } else if (c == '-') {
      return pass_private_key(at);
    } else if (c == 'B') {
      return pass_bearer(at);
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
    const bool is_unequal = sign > 0 && text_[sign - 1] == '!';
    Assignment assignment = assignment_at(text_, is_unequal ? sign - 1 : sign);
    if (is_default_of_secret(sign)) assignment = {true, true};
    if (text_[sign] == '=' && is_key_of_url(text_, sign)) assignment = {true, false};
    if (assignment.is_doubtful && is_inside_text(sign)) assignment.is_attribute = false;
    if (!assignment.is_secret) return sign + 1;
    std::size_t at = sign + 1;
    if (text_.substr(at, 1) == ">") ++at;  // `=>`
    const bool is_comparison = text_.substr(at, 1) == "=";
    if (is_comparison) ++at;
    // A member's value may stand on the next line.
    const std::string_view blanks = text_[sign] == ':' && assignment.is_attribute ? " \t\r\n" : " \t";
    at = std::min(text_.find_first_not_of(blanks, at), text_.size());
    if (at >= text_.size()) return at;
    const bool escaped = text_[at] == '\\';
    if (escaped && at + 1 < text_.size()) ++at;
    const char quote = text_[at];
    // What is put together with `Password=` follows behind its closing quote.
    if (quote == '"' && !escaped && !assignment.is_attribute && is_inside_text(sign))
      return value_.arguments(at + 1);
    // `\"value\"` ends with its backslash.
    if (quote == '"' || quote == '\'') return value_.quoted(at + 1, escaped ? '\\' : quote);
    if (is_comparison || is_unequal) return sign + 1;
    return pass_unquoted(at, sign, assignment);
  }

  std::size_t pass_unquoted(std::size_t at, std::size_t sign, Assignment assignment) {
    const std::string_view value = text_.substr(at);
    if (value.starts_with("<<")) return value_.heredoc(at);
    if (is_keyword(value)) return assignment.is_attribute ? value_.expression(at) : at;
    if (is_reference(value) || (assignment.is_attribute && starts_expression(value)))
      return value_.expression(at);
    if (const std::size_t behind = pass_fallback(at); behind > at) return behind;
    const std::size_t braced = assignment.is_attribute ? at : end_of_braces(at);
    note({at, braced});
    // A quote that closes nothing is a character of the value.
    const bool ends_at_quote = form_ == TextForm::written && is_inside_text(sign);
    const std::size_t end = value_.plain(
        braced, {ends_at_quote || assignment.is_attribute, !assignment.is_attribute && !has_semicolon(sign)});
    const bool ends_text = end < text_.size() && text_[end] == '"';
    if (assignment.is_attribute) return ends_text ? value_.expression(end) : end;
    // Of `format("Password=%s", "x")` the argument is the password.
    return value[0] == '%' && ends_text && is_inside_text(sign) ? value_.arguments(end + 1) : end;
  }

  // At `${NAME:-default}`, as shells have it: the default. Behind it; `at` if there is none.
  std::size_t pass_fallback(std::size_t at) {
    const std::string_view near = text_.substr(at, brace_reach);
    if (!near.starts_with("${")) return at;
    const auto name_end =
        static_cast<std::size_t>(std::find_if_not(near.begin() + 2, near.end(), is_word) - near.begin());
    if (!near.substr(name_end).starts_with(":-")) return at;
    const std::size_t end = near.find_first_of("}\"\n", name_end);
    if (end == std::string_view::npos || near[end] != '}') return at;
    note({at + name_end + 2, at + end});
    return at + end + 1;
  }

  // Behind the `}` of `{...}`, which lets values of connection strings hold a `;`; `at` if there is none.
  [[nodiscard]] std::size_t end_of_braces(std::size_t at) const {
    if (text_[at] != '{') return at;
    const std::string_view near = text_.substr(at, brace_reach);
    const std::size_t end = near.find_first_of("}\"\n");
    return end != std::string_view::npos && near[end] == '}' ? at + end + 1 : at;
  }

  // Whether the line has a `;`: then nothing else parts settings, and values may hold commas and blanks.
  [[nodiscard]] bool has_semicolon(std::size_t at) {
    if (at >= line_end_) {
      const std::size_t feed = at == 0 ? std::string_view::npos : text_.rfind('\n', at - 1);
      const std::size_t begin = feed == std::string_view::npos ? 0 : feed + 1;
      line_end_ = std::min(text_.find('\n', at), text_.size());
      line_has_semicolon_ = text_.substr(begin, line_end_ - begin).find(';') != std::string_view::npos;
    }
    return line_has_semicolon_;
  }

  // Whether a place on a line stands in quotes.
  [[nodiscard]] bool is_inside_text(std::size_t at) const {
    bool inside = false;
    const std::size_t reach = at > quote_reach ? at - quote_reach : 0;
    for (; at > reach && text_[at - 1] != '\n'; --at) {
      if (text_[at - 1] == '"' && (at < 2 || text_[at - 2] != '\\')) inside = !inside;
    }
    return inside;
  }

  // `password "value"` lacks its sign.
  std::size_t pass_quote(std::size_t quote) {
    const std::size_t name = before_blanks(text_, quote);
    const bool is_value = name < quote && names_secret(text_, name);
    return is_value ? value_.quoted(quote + 1, '"') : quote + 1;
  }

  // `env("DB_PASSWORD", "value")`
  std::size_t pass_call(std::size_t bracket) {
    if (!text_.substr(0, bracket).ends_with("env")) return bracket + 1;
    const std::size_t quote = text_.find_first_not_of(" \t", bracket + 1);
    if (quote == std::string_view::npos || text_[quote] != '"') return bracket + 1;
    const std::size_t end = text_.find_first_of("\"\n", quote + 1);
    if (end == std::string_view::npos || text_[end] != '"' || !names_secret(text_, end)) return bracket + 1;
    const std::size_t comma = text_.find_first_not_of(" \t", end + 1);
    const bool has_default = comma != std::string_view::npos && text_[comma] == ',';
    return has_default ? value_.arguments(comma + 1) : end + 1;
  }

  // At the brace of `${env:NAME:-default}`: the default.
  std::size_t pass_default(std::size_t brace) {
    const std::string_view near = text_.substr(brace, brace_reach);
    const std::string_view inside = near.substr(0, near.find_first_of("}\n"));
    const std::size_t word = std::min(inside.find_first_not_of(" \t", 1), inside.size());
    if (!inside.substr(word).starts_with("env")) return brace + 1;
    const std::size_t colon = inside.find_first_not_of(" \t", word + 3);
    if (colon == std::string_view::npos || inside[colon] != ':') return brace + 1;
    const std::size_t found = shell_operator(inside.substr(colon + 1));
    if (found == std::string_view::npos) return brace + 1;
    const std::size_t begin = inside.find_first_not_of(":-=?+", colon + 1 + found);
    if (begin != std::string_view::npos) note({brace + begin, brace + inside.size()});
    return brace + inside.size();
  }

  // At a dash: a private key in PEM, up to its end.
  std::size_t pass_private_key(std::size_t at) {
    constexpr std::size_t longest_head = 64;
    if (!text_.substr(at).starts_with("-----BEGIN ")) return at + 1;
    const std::string_view head = text_.substr(at, longest_head);
    const std::size_t key = head.find("PRIVATE KEY-----");
    if (key == std::string_view::npos) return at + 1;
    const std::size_t begin = at + key + std::string_view("PRIVATE KEY-----").size();
    const std::size_t end = std::min(text_.find("-----END", begin), text_.size());
    note({begin, end});
    return end;
  }

  // At the `B` of `Bearer TOKEN`. Words without a digit are prose.
  std::size_t pass_bearer(std::size_t at) {
    constexpr std::string_view scheme = "Bearer ";
    constexpr std::size_t shortest = 6;
    if (!text_.substr(at).starts_with(scheme)) return at + 1;
    const std::size_t begin = at + scheme.size();
    std::size_t end = begin;
    const auto belongs = [](char c) {
      return is_word(c) || std::string_view(".~+/=").find(c) != std::string_view::npos;
    };
    while (end < text_.size() && belongs(text_[end])) ++end;
    const std::string_view token = text_.substr(begin, end - begin);
    const bool has_digit = token.find_first_of("0123456789") != std::string_view::npos;
    if (token.size() < shortest || !has_digit) return at + 1;
    note({begin, end});
    return end;
  }

  // At a `{`: whether it opens `variable "db_password" {`. Braces of other blocks' headers end it.
  void enter_block(std::size_t brace) {
    const std::size_t end = before_blanks(text_, brace);
    if (end == 0 || text_[end - 1] != '"') return;
    const std::size_t quote = text_.substr(0, end - 1).find_last_of("\"\n");
    if (quote == std::string_view::npos || text_[quote] != '"') return;
    const std::string_view before = text_.substr(0, before_blanks(text_, quote));
    in_secret_variable_ =
        (before.ends_with("variable") || before.ends_with("var")) && names_secret(text_, end - 1);
  }

  [[nodiscard]] bool is_default_of_secret(std::size_t sign) const {
    return in_secret_variable_ && text_.substr(0, before_blanks(text_, sign)).ends_with("default");
  }

  void find_host(std::size_t begin) {
    if (begin < url_end_) return;
    url_end_ = std::min(text_.find_first_of(" \t\"'\n<>", begin), text_.size());
    // A password may itself hold an `@` or a `/`, unescaped: the last one counts.
    const std::size_t last = text_.substr(begin, url_end_ - begin).rfind('@');
    url_host_ = last == std::string_view::npos ? 0 : begin + last;
  }

  // At a `:` of `redis:user:password@`, `redis//:password@`, which were to be URLs. Other schemes are too
  // short for that: what is before a colon may be anything.
  bool is_slip_of_store(std::size_t at) {
    std::size_t end = at;
    while (end > 0 && at - end < 2 && text_[end - 1] == '/') --end;
    const std::string_view before = text_.substr(0, end);
    if (!before.ends_with("redis") && !before.ends_with("rediss") && !before.ends_with("+sentinel"))
      return false;
    find_host(at + 1);
    return url_host_ > at + 1;
  }

  // At `://`: the password of `user:password@`.
  TextRange url_secret(std::size_t at) {
    const std::size_t begin = at + 3;
    find_host(begin);
    const std::size_t colon = url_host_ <= begin ? std::string_view::npos : text_.find(':', begin);
    if (colon == std::string_view::npos || colon > url_host_) return url_user(at, begin);
    const std::string_view password = text_.substr(colon + 1, url_host_ - colon - 1);
    const bool is_computed = password.starts_with("${") && password.find('}') == password.size() - 1;
    return is_computed || is_reference(password) ? TextRange{} : TextRange{colon + 1, url_host_};
  }

  // Of `https://TOKEN@host`: where there is no password, it is one. Other schemes have users by their names.
  [[nodiscard]] TextRange url_user(std::size_t at, std::size_t begin) const {
    const std::string_view before = text_.substr(0, at);
    const bool is_http = before.ends_with("http") || before.ends_with("https");
    if (!is_http || url_host_ <= begin) return {};
    const std::string_view user = text_.substr(begin, url_host_ - begin);
    const bool is_text = user.find_first_of("/?#{") == std::string_view::npos;
    return is_text ? TextRange{begin, url_host_} : TextRange{};
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
  TextForm form_;
  std::vector<TextRange> found_;
  SecretValue value_;
  bool in_secret_variable_ = false;
  // Of the last line that was looked at.
  std::size_t line_end_ = 0;
  bool line_has_semicolon_ = false;
  // Of the last text without blanks that holds a `://`: its end and its last `@`.
  std::size_t url_end_ = 0;
  std::size_t url_host_ = 0;
};

}  // namespace

bool is_name_of_secret(std::string_view name) { return names_secret(name, name.size()); }

std::size_t shell_operator(std::string_view name) {
  const std::size_t at = std::min(name.find_first_of("=?+"), name.find(":-"));
  const bool has_colon = at != std::string_view::npos && at > 0 && name[at - 1] == ':';
  return has_colon ? at - 1 : at;
}

std::vector<TextRange> find_secrets(std::string_view text) {
  return SecretFinder(text, TextForm::written).run();
}

bool assigns_secret(std::string_view text) {
  constexpr std::string_view signs = "=:";
  for (std::size_t at = text.find_first_of(signs); at != std::string_view::npos;
       at = text.find_first_of(signs, at + 1)) {
    if (assignment_at(text, at).is_secret) return true;
  }
  return false;
}

std::string without_secret(std::string text, std::string_view secret) {
  constexpr std::string_view mask = "***";
  for (std::size_t at = 0; !secret.empty() && (at = text.find(secret, at)) != std::string::npos;
       at += mask.size())
    text.replace(at, secret.size(), mask);
  return text;
}

std::string mask_secrets(std::string_view original, TextForm form) {
  std::string text(original);
  for (const TextRange& secret : SecretFinder(original, form).run())
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(secret.begin),
              text.begin() + static_cast<std::ptrdiff_t>(secret.end), '*');
  return text;
}

}  // namespace honua::text
