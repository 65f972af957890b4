// SPDX-License-Identifier: MIT
#include "catalog/mysql_view_key.h"

#include <algorithm>
#include <array>
#include <utility>

namespace honua::catalog {

namespace {

// A name, a text or a word, or one other character.
struct MysqlToken {
  enum class Kind : unsigned char { name, text, word, mark, end };
  Kind kind = Kind::end;
  std::string value;
  int depth = 0;  // in brackets
};

// After these at the view's own level rows may come twice, or keys be lost. `over` and others are harmless.
constexpr auto mysql_risky_words = std::to_array<std::string_view>(
    {"select", "distinct", "straight_join", "join", "union", "except", "intersect", "group", "with"});

bool is_mysql_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

class MysqlTokens {
 public:
  explicit MysqlTokens(std::string_view text) : text_(text) {}

  std::vector<MysqlToken> read() {
    std::vector<MysqlToken> tokens;
    tokens.reserve(text_.size() / 4);
    while (at_ < text_.size()) {
      if (text_[at_] == ' ' || text_[at_] == '\n') {
        ++at_;
      } else {
        tokens.push_back(read_one());
      }
    }
    tokens.emplace_back();
    return tokens;
  }

 private:
  using Kind = MysqlToken::Kind;

  MysqlToken read_one() {
    const char c = text_[at_];
    if (c == '`') return {Kind::name, read_quoted('`'), depth_};
    if (c == '\'' || c == '"') return {Kind::text, read_quoted(c), depth_};
    if (is_mysql_word(c)) return {Kind::word, read_word(), depth_};
    ++at_;
    if (c == ')') --depth_;
    return {Kind::mark, std::string(1, c), c == '(' ? depth_++ : depth_};
  }

  std::string read_word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_mysql_word(text_[at_])) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }

  // The quote within is written twice; in texts a `\` escapes it, too.
  std::string read_quoted(char quote) {
    std::string value;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\\' && quote != '`') {
        ++at_;
      } else if (text_[at_] == quote) {
        if (!text_.substr(at_ + 1).starts_with(quote)) break;
        ++at_;
      }
      if (at_ < text_.size()) value += text_[at_];
    }
    ++at_;
    return value;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

class MysqlViewReader {
 public:
  explicit MysqlViewReader(std::vector<MysqlToken> tokens) : tokens_(std::move(tokens)) {}

  std::optional<MysqlViewSource> read() {
    if (!take(Kind::word, "select") || has_risky_word()) return std::nullopt;
    if (!read_items() || !read_source()) return std::nullopt;
    return std::move(made_);
  }

 private:
  using Kind = MysqlToken::Kind;

  [[nodiscard]] const MysqlToken& token(std::size_t further = 0) const {
    return tokens_[std::min(at_ + further, tokens_.size() - 1)];
  }
  [[nodiscard]] bool is(std::size_t further, Kind kind, std::string_view value) const {
    return token(further).kind == kind && token(further).value == value;
  }
  bool take(Kind kind, std::string_view value) {
    if (!is(0, kind, value)) return false;
    ++at_;
    return true;
  }

  [[nodiscard]] bool has_risky_word() const {
    return std::any_of(tokens_.begin() + 1, tokens_.end(), [](const MysqlToken& one) {
      return one.kind == Kind::word && one.depth == 0 &&
             std::ranges::find(mysql_risky_words, one.value) != mysql_risky_words.end();
    });
  }

  // Up to `from`.
  bool read_items() {
    while (true) {
      made_.columns.push_back(plain_column());
      skip_item();
      if (take(Kind::word, "from")) return true;
      if (!take(Kind::mark, ",")) return false;
    }
  }

  // "`db`.`t`.`c` AS `x`" is the column c; with an alias of the table "`t`.`c` AS `x`".
  [[nodiscard]] std::string plain_column() const {
    std::size_t last = 0;
    while (token(last).kind == Kind::name && is(last + 1, Kind::mark, ".")) last += 2;
    if (last == 0 || token(last).kind != Kind::name) return "";
    const bool is_renamed = is(last + 1, Kind::word, "AS") || is(last + 1, Kind::word, "as");
    return is_renamed && token(last + 2).kind == Kind::name ? token(last).value : "";
  }

  void skip_item() {
    while (token().kind != Kind::end && (token().depth > 0 || !is_end_of_item())) ++at_;
  }
  [[nodiscard]] bool is_end_of_item() const { return is(0, Kind::mark, ",") || is(0, Kind::word, "from"); }

  // One relation, perhaps with an alias and what chooses rows or orders them.
  bool read_source() {
    while (take(Kind::mark, "(")) {
    }
    if (token().kind != Kind::name || !is(1, Kind::mark, ".") || token(2).kind != Kind::name) return false;
    made_.schema = token().value;
    made_.relation = token(2).value;
    at_ += 3;
    if (token().kind == Kind::name) ++at_;
    while (take(Kind::mark, ")")) {
    }
    return token().kind == Kind::end || is(0, Kind::word, "where") || is(0, Kind::word, "order") ||
           is(0, Kind::word, "limit");
  }

  std::vector<MysqlToken> tokens_;
  std::size_t at_ = 0;
  MysqlViewSource made_;
};

}  // namespace

std::optional<MysqlViewSource> read_mysql_view(std::string_view definition) {
  return MysqlViewReader(MysqlTokens(definition).read()).read();
}

}  // namespace honua::catalog
