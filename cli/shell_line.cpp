// SPDX-License-Identifier: MIT
#include "cli/shell_line.h"

namespace honua::cli {

namespace {

// What ends a command, where it is not quoted.
constexpr std::string_view operators = ";|&()\n";
constexpr std::string_view blanks = " \t";
// What a backslash is for between double quotes.
constexpr std::string_view escaped_in_quotes = "\"\\$`";

// The bytes of so many characters.
std::size_t bytes_of(std::string_view text, std::size_t characters) {
  std::size_t at = 0;
  while (at < text.size() && characters > 0) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
    --characters;
  }
  return at;
}

class Reader {
 public:
  Reader(std::string_view text, std::string_view breaks) : text_(text), breaks_(breaks) {}

  ShellLine run() {
    while (at_ < text_.size()) step(text_[at_++]);
    line_.words.push_back(word_);
    line_.kept = word_.substr(0, kept_);
    line_.is_quoted = quote_ != '\0';
    return std::move(line_);
  }

 private:
  void step(char c) {
    if (quote_ == '\'') return c == '\'' ? void(quote_ = '\0') : add(c);
    if (c == '\\') return escape();
    if (quote_ == '"') return c == '"' ? void(quote_ = '\0') : add(c);
    if (c == '\'' || c == '"') {
      quote_ = c;
      is_begun_ = true;
      return;
    }
    if (operators.find(c) != std::string_view::npos) return end_command();
    if (blanks.find(c) != std::string_view::npos) return end_word();
    add(c);
    if (breaks_.find(c) != std::string_view::npos) kept_ = word_.size();
  }

  void add(char c) {
    word_ += c;
    is_begun_ = true;
  }

  void escape() {
    if (at_ >= text_.size()) return;
    const char next = text_[at_++];
    if (quote_ == '"' && escaped_in_quotes.find(next) == std::string_view::npos) add('\\');
    add(next);
  }

  void end_word() {
    if (is_begun_) line_.words.push_back(word_);
    word_.clear();
    kept_ = 0;
    is_begun_ = false;
  }

  void end_command() {
    end_word();
    line_.words.clear();
  }

  std::string_view text_;
  std::string_view breaks_;
  std::size_t at_ = 0;
  ShellLine line_;
  std::string word_;
  std::size_t kept_ = 0;
  bool is_begun_ = false;
  char quote_ = '\0';
};

}  // namespace

ShellLine read_shell_line(std::string_view line, std::size_t point, std::string_view breaks) {
  return Reader(line.substr(0, bytes_of(line, point)), breaks).run();
}

}  // namespace honua::cli
