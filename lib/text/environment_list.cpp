// SPDX-License-Identifier: MIT
#include "text/environment_list.h"

#include <algorithm>
#include <utility>

#include "text/words.h"

namespace honua::text {

namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

class EntryReader {
 public:
  EntryReader(std::string_view text, std::size_t begin) : text_(text), at_(begin) {}

  EnvironmentList read() {
    const bool has_ends = text_.find('\0') != std::string_view::npos;
    while (at_ < text_.size()) {
      end_ = std::min(text_.find(has_ends ? '\0' : '\n', at_), text_.size());
      if (at_ < end_) read_entry(has_ends);
      at_ = end_ + 1;
    }
    return std::move(list_);
  }

 private:
  void read_entry(bool is_verbatim) {
    if (!is_verbatim) {
      skip_blanks();
      if (at_ == end_ || text_[at_] == '#') return;
      skip_word("export");
      skip_word("declare -x");
      // One that has no value, or that Docker takes over.
      if (is_name(trimmed(text_.substr(at_, end_ - at_)))) return;
    }
    const std::size_t equals = text_.substr(0, end_).find('=', at_);
    const std::string_view name = text_.substr(at_, equals == std::string_view::npos ? 0 : equals - at_);
    if (name.empty() || std::ranges::any_of(name, is_space)) {
      list_.errors.push_back({{at_, end_}, "this is no variable, which is `NAME=value`"});
      return;
    }
    EnvironmentVariable variable{name, {at_, equals}, "", {}};
    at_ = equals + 1;
    const std::size_t begin = at_;
    if (is_verbatim)
      variable.value = text_.substr(begin, end_ - begin);
    else if (!read_value(variable.value))
      return;
    variable.value_range = begin < end_ ? TextRange{begin, end_} : variable.name_range;
    list_.variables.push_back(std::move(variable));
  }

  static bool is_name(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return is_letter_or_digit(c) || c == '_'; });
  }

  void skip_blanks() {
    while (at_ < end_ && is_space(text_[at_])) ++at_;
  }

  void skip_word(std::string_view word) {
    const std::string_view rest = text_.substr(at_, end_ - at_);
    if (!rest.starts_with(word) || rest.size() == word.size() || !is_space(rest[word.size()])) return;
    at_ += word.size();
    skip_blanks();
  }

  // What begins with a quote is read as shells do; all else is the value as it stands.
  bool read_value(std::string& value) {
    if (at_ < end_ && (text_[at_] == '"' || text_[at_] == '\'')) return read_quoted(value);
    value = trimmed(text_.substr(at_, end_ - at_));
    return true;
  }

  bool read_quoted(std::string& value) {
    while (at_ < end_ && !is_space(text_[at_])) {
      const std::size_t opener = at_;
      const char c = text_[at_++];
      if (c == '\\' && at_ < end_) {
        value += text_[at_++];
      } else if (c != '"' && c != '\'') {
        value += c;
      } else if (!read_until(c, value)) {
        list_.errors.push_back({{opener, opener + 1}, "this quote is not closed"});
        end_ = text_.size();
        return false;
      }
    }
    skip_blanks();
    if (at_ == end_ || text_[at_] == '#') return true;
    list_.errors.push_back({{at_, end_}, "something follows the value"});
    return false;
  }

  // The quoted may have several lines.
  bool read_until(char closer, std::string& value) {
    while (at_ < text_.size() && text_[at_] != closer) {
      // In double quotes these stand for themselves behind `\`.
      const bool is_escaped = closer == '"' && text_[at_] == '\\' && at_ + 1 < text_.size() &&
                              std::string_view("\"\\$`").find(text_[at_ + 1]) != std::string_view::npos;
      if (is_escaped) ++at_;
      value += text_[at_++];
    }
    if (at_ == text_.size()) return false;
    end_ = std::min(text_.find('\n', ++at_), text_.size());
    return true;
  }

  std::string_view text_;
  std::size_t at_;
  std::size_t end_ = 0;  // of the entry
  EnvironmentList list_;
};

}  // namespace

EnvironmentList read_environment_list(std::string_view text, std::size_t begin) {
  return EntryReader(text, begin).read();
}

}  // namespace honua::text
