// SPDX-License-Identifier: MIT
#include "diagnostics/suppression_comment.h"

#include <algorithm>

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
    if (!take(keyword)) return std::nullopt;
    SuppressionComment made;
    made.is_for_file = take(for_file);
    // `honua:ignored` is another word.
    if (at_ < end_ && blanks.find(all_[at_]) == std::string_view::npos) return std::nullopt;
    skip_blanks();
    read_rules(made);
    read_reason(made);
    return made;
  }

 private:
  [[nodiscard]] std::string_view rest() const { return all_.substr(at_, end_ - at_); }

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
