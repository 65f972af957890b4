// SPDX-License-Identifier: MIT
#include "diagnostics/suppression_comment.h"

#include <algorithm>
#include <initializer_list>

#include "text/words.h"

namespace honua::diagnostics {

namespace {

using Word = SuppressionComment::Word;

constexpr std::string_view keyword = "honua:ignore";
constexpr std::string_view for_file = "-file";
constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view until_keyword = "(until ";

// Reads a comment from left to right.
class Reader {
 public:
  explicit Reader(std::string_view comment) : all_(comment) {}

  std::optional<SuppressionComment> read() {
    take_marks();
    skip_blanks();
    const std::size_t begin = at_;
    SuppressionComment made;
    const bool is_keyword = take(keyword);
    made.is_for_file = is_keyword && take(for_file);
    if (!is_keyword || (at_ < end_ && blanks.find(all_[at_]) == std::string_view::npos)) {
      at_ = begin;
      return near_miss();
    }
    skip_blanks();
    read_rules(made);
    read_reason(made);
    return made;
  }

 private:
  [[nodiscard]] std::string_view rest() const { return all_.substr(at_, end_ - at_); }

  // What may have been meant for a comment that ignores findings.
  std::optional<SuppressionComment> near_miss() {
    const std::size_t begin = at_;
    if (!take_word({"honua"})) return std::nullopt;
    const bool has_colon = rest().starts_with(':') && !rest().substr(1).starts_with(' ');
    at_ += std::min(rest().find_first_not_of(": \t-_"), rest().size());
    if (!take_word({"ignore", "disable", "suppress", "nolint", "noqa"})) return std::nullopt;
    // `honua:ignored` is prose, as far as anybody knows.
    const bool is_prose = !has_colon || rest().starts_with('d');
    if (is_prose && !is_code_next()) return std::nullopt;
    SuppressionComment made;
    const std::size_t size = std::min(rest().find_first_of(blanks), rest().size());
    made.near_miss = Word{all_.substr(begin, at_ + size - begin), begin, at_ + size};
    return made;
  }

  // Words are written in small letters here; in the comment, in any case.
  bool take_word(std::initializer_list<std::string_view> words) {
    for (const std::string_view word : words) {
      const std::string_view here = rest().substr(0, word.size());
      const auto same = [](char a, char b) { return a == b || (a >= 'A' && a <= 'Z' && a - 'A' + 'a' == b); };
      if (!std::ranges::equal(here, word, same)) continue;
      at_ += word.size();
      return true;
    }
    return false;
  }

  // Whether a rule's code follows, behind the rest of a word and what may stand in front of it.
  [[nodiscard]] bool is_code_next() const {
    constexpr std::size_t code_size = 5;
    const std::string_view ahead = rest();
    std::size_t begin = std::min(ahead.find_first_of(" \t:=[("), ahead.size());
    begin = std::min(ahead.find_first_not_of(" \t:=[(", begin), ahead.size());
    const std::string_view code = ahead.substr(begin, code_size);
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return code.size() == code_size && (code[0] == 'H' || code[0] == 'h') &&
           std::ranges::all_of(code.substr(1), is_digit);
  }

  void take_marks() {
    end_ = all_.size();
    if (take("/*")) {
      if (rest().ends_with("*/")) end_ -= 2;
    } else {
      take("//") || take("#");
    }
  }

  bool take(std::string_view word) {
    if (!rest().starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  void skip_blanks() { at_ += std::min(rest().find_first_not_of(blanks), rest().size()); }

  // Names in commas; blanks may stand around them.
  void read_rules(SuppressionComment& made) {
    do {
      skip_blanks();
      const std::size_t size = std::min(rest().find_first_of(", \t\r\n("), rest().size());
      if (size == 0) return;
      made.rules.push_back({rest().substr(0, size), at_, at_ + size});
      at_ += size;
      skip_blanks();
    } while (take(","));
  }

  void read_reason(SuppressionComment& made) {
    made.reason_begin = at_;
    const std::size_t date = rest().rfind(until_keyword);
    if (date != std::string_view::npos) read_date(date, made);
    const std::size_t last = rest().find_last_not_of(blanks);
    made.reason = last == std::string_view::npos ? std::string_view() : rest().substr(0, last + 1);
  }

  // `(until 2027-01-31)` at the end; leaves what is in front of it.
  void read_date(std::size_t open, SuppressionComment& made) {
    const std::size_t begin = at_ + open + until_keyword.size();
    const std::size_t close = std::min(all_.find(')', begin), end_);
    const std::string_view written = all_.substr(begin, close - begin);
    made.until = text::read_date(written);
    if (!made.until) made.wrong_date = Word{written, begin, close};
    end_ = at_ + open;
  }

  std::string_view all_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;
};

}  // namespace

std::optional<SuppressionComment> read_suppression(std::string_view comment) {
  return Reader(comment).read();
}

}  // namespace honua::diagnostics
