// SPDX-License-Identifier: MIT
#include "syntax/formatter.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "syntax/layout_lexer.h"
#include "syntax/line_indent.h"
#include "syntax/spacing.h"
#include "text/unicode.h"

namespace honua::syntax {

namespace {

// A token and the blanks that will stand in front of it.
struct PlacedToken {
  LayoutToken token;
  std::uint32_t blanks = 0;
};

// A line's tokens as positions in the formatter's list. It has up to three
// parts: what leads, an assignment and a comment.
struct FormattedLine {
  std::size_t begin = 0;
  std::size_t assign = 0;   // `end_of_code` where there is none
  std::size_t comment = 0;  // `end` where there is none
  std::size_t end = 0;
  [[nodiscard]] bool has_assign() const { return assign != comment; }
  [[nodiscard]] bool has_comment() const { return comment != end; }
};

// Characters as a reader counts them.
std::size_t columns_of(std::string_view text) {
  const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < '\x7f'; });
  return is_plain ? text.size() : text::count_graphemes(text);
}

class FileFormatter {
 public:
  FileFormatter(std::string_view text, std::size_t max_size)
      : text_(text), max_size_(max_size), lexer_(text) {}

  std::optional<std::string> run() {
    out_.reserve(text_.size() + text_.size() / 16);
    while (read_line()) {
      // What is aligned with neighbours waits for the last of them.
      const FormattedLine& line = lines_.back();
      if (!line.has_assign() && !line.has_comment() && !finish_lines()) return std::nullopt;
    }
    if (!finish_lines()) return std::nullopt;
    return std::move(out_);
  }

 private:
  // Adds the next line; false when there is none left.
  bool read_line() {
    FormattedLine line;
    line.begin = tokens_.size();
    LayoutToken token;
    do {
      lexer_.next(token);
      if (token.kind == LayoutKind::end_of_file) break;
      tokens_.push_back({token, 0});
    } while (token.kind != LayoutKind::newline && token.kind != LayoutKind::line_comment);
    line.end = tokens_.size();
    if (line.begin == line.end) return false;
    divide(line);
    space(line);
    lines_.push_back(line);
    return true;
  }

  [[nodiscard]] LayoutKind kind(std::size_t at) const { return tokens_[at].token.kind; }
  [[nodiscard]] std::string_view text(std::size_t at) const {
    return text_.substr(tokens_[at].token.begin, tokens_[at].token.end - tokens_[at].token.begin);
  }

  // Finds the parts of a line.
  void divide(FormattedLine& line) const {
    const LayoutKind last = kind(line.end - 1);
    const bool ends_in_comment = last == LayoutKind::comment || last == LayoutKind::line_comment;
    line.comment = ends_in_comment && line.end - line.begin > 1 ? line.end - 1 : line.end;
    line.assign = line.begin + 1;
    while (line.assign < line.comment && kind(line.assign) != LayoutKind::assign) ++line.assign;
    line.assign = std::min(line.assign, line.comment);
    // A value that goes on below is not aligned.
    int open = 0;
    for (std::size_t at = line.assign; at < line.comment; ++at) open += bracket_change(kind(at));
    if (open != 0) line.assign = line.comment;
  }

  // Sets the blanks of a line's tokens, apart from those that depend on other lines.
  void space(const FormattedLine& line) {
    if (kind(line.begin) == LayoutKind::newline) return;
    tokens_[line.begin].blanks = indent_.next(net_brackets(line));
    LayoutKind before = LayoutKind::none;
    for (std::size_t at = line.begin; at + 1 < line.end; ++at) {
      const SpacedToken left{kind(at), kind(at) == LayoutKind::identifier && text(at) == "in"};
      tokens_[at + 1].blanks = is_spaced(before, left, kind(at + 1)) || is_index_of_index(line, at) ? 1 : 0;
      before = left.kind;
    }
  }

  // `x.0 .1`: without the blank the indexes would read as one number.
  [[nodiscard]] bool is_index_of_index(const FormattedLine& line, std::size_t at) const {
    return at + 2 < line.end && kind(at) == LayoutKind::number && kind(at + 1) == LayoutKind::dot &&
           kind(at + 2) == LayoutKind::number;
  }

  // How many more brackets the line opens than it closes. As in the reference,
  // what follows a heredoc's opening on its line does not count, unless it is
  // assigned, which means that it is balanced.
  [[nodiscard]] int net_brackets(const FormattedLine& line) const {
    int net = 0;
    for (std::size_t at = line.begin;
         at < line.assign && (at == line.begin || kind(at - 1) != LayoutKind::open_heredoc); ++at) {
      net += bracket_change(kind(at));
    }
    return net;
  }

  [[nodiscard]] std::size_t columns(std::size_t begin, std::size_t end) const {
    std::size_t sum = 0;
    for (std::size_t at = begin; at < end; ++at) sum += tokens_[at].blanks + columns_of(text(at));
    return sum;
  }

  // Aligns the part that begins at `part` over each run of lines that have it.
  void align(std::size_t FormattedLine::*part, bool (FormattedLine::*has)() const) {
    for (std::size_t first = 0; first < lines_.size(); ++first) {
      std::size_t end = first;
      std::size_t widest = 0;
      widths_.clear();
      for (; end < lines_.size() && (lines_[end].*has)(); ++end) {
        widths_.push_back(columns(lines_[end].begin, lines_[end].*part));
        widest = std::max(widest, widths_.back());
      }
      for (std::size_t i = first; i < end; ++i) {
        tokens_[lines_[i].*part].blanks = static_cast<std::uint32_t>(widest - widths_[i - first] + 1);
      }
      first = end;
    }
  }

  // Places what has waited and writes it; false when that is too much.
  bool finish_lines() {
    if (lines_.size() > 1 ||
        (!lines_.empty() && (lines_.front().has_assign() || lines_.front().has_comment()))) {
      align(&FormattedLine::assign, &FormattedLine::has_assign);
      align(&FormattedLine::comment, &FormattedLine::has_comment);
    }
    for (const PlacedToken& placed : tokens_) {
      if (!write(placed)) return false;
    }
    lines_.clear();
    tokens_.clear();
    return flush();
  }

  // What stands in the text as it has to is copied in one go.
  bool write(const PlacedToken& placed) {
    const std::uint32_t gap = placed.token.begin - copied_end_;
    const std::string_view between = text_.substr(copied_end_, gap);
    if (gap != placed.blanks || between.find_first_not_of(' ') != std::string_view::npos) {
      if (!flush() || out_.size() + placed.blanks > max_size_) return false;
      out_.append(placed.blanks, ' ');
      copied_begin_ = placed.token.begin;
    }
    copied_end_ = placed.token.end;
    return true;
  }

  bool flush() {
    if (out_.size() + (copied_end_ - copied_begin_) > max_size_) return false;
    out_ += text_.substr(copied_begin_, copied_end_ - copied_begin_);
    copied_begin_ = copied_end_;
    return true;
  }

  std::string_view text_;
  std::size_t max_size_;
  LayoutLexer lexer_;
  LineIndent indent_;
  std::vector<PlacedToken> tokens_;  // of lines_
  std::vector<FormattedLine> lines_;
  std::vector<std::size_t> widths_;
  std::uint32_t copied_begin_ = 0;  // the text that is still to be copied
  std::uint32_t copied_end_ = 0;
  std::string out_;
};

}  // namespace

std::optional<std::string> format(std::string_view text, std::size_t max_size) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  return FileFormatter(text, max_size).run();
}

}  // namespace honua::syntax
