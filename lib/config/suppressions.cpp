// SPDX-License-Identifier: MIT
#include "config/suppressions.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "config/outline.h"

namespace honua::config {

namespace {

using source::SourceRange;

constexpr std::string_view blanks = " \t\r\n";

// What code may end with where a comment stands last in it.
constexpr std::string_view closers = "}])";

// The first byte of code from `at` on: neither white space nor in a comment.
std::size_t skip_to_code(std::string_view text, std::size_t at) {
  for (;;) {
    at = std::min(text.find_first_not_of(blanks, at), text.size());
    const std::string_view rest = text.substr(at);
    if (rest.starts_with('#') || rest.starts_with("//")) {
      at = std::min(text.find('\n', at), text.size());
    } else if (rest.starts_with("/*")) {
      const std::size_t end = text.find("*/", at + 2);
      at = end == std::string_view::npos ? text.size() : end + 2;
    } else {
      return at;
    }
  }
}

class ScopeFinder {
 public:
  explicit ScopeFinder(const syntax::Tree& tree) : tree_(&tree), file_(&tree.file()) {}

  std::vector<SourceRange> scopes_of(SourceRange comment, bool is_for_file) {
    const std::string_view text = file_->text();
    // What is missing in a file may be missed behind its last byte.
    if (is_for_file) return {range(0, text.size() + 1)};
    const SourceRange line = file_->line_range(file_->line_of(comment.begin));
    const std::string_view before = text.substr(line.begin, comment.begin - line.begin);
    if (before.find_first_not_of(blanks) != std::string_view::npos) return {with_end(line)};
    return behind(comment);
  }

 private:
  std::vector<SourceRange> behind(SourceRange comment) {
    const std::string_view text = file_->text();
    const std::size_t code = code_behind(comment.end);
    if (code == text.size() || closers.find(text[code]) != std::string_view::npos) return {};
    std::vector<SourceRange> scopes = {
        with_end(range(code, file_->line_range(file_->line_of(static_cast<std::uint32_t>(code))).end))};
    if (!outline_) outline_.emplace(*tree_, FileForm::native);
    const SourceRange item = outline_->item_from(static_cast<std::uint32_t>(code));
    if (item.begin == code) scopes.push_back(item);
    return scopes;
  }

  // The first byte of code from the end of a comment on. Comments come in order, and many may stand above the
  // same code: it is looked for once.
  std::size_t code_behind(std::size_t at) {
    if (at < looked_from_ || at > code_) {
      looked_from_ = at;
      code_ = skip_to_code(file_->text(), at);
    }
    return code_;
  }

  // A line with its end: what is missing in a line is missed there.
  [[nodiscard]] SourceRange with_end(SourceRange line) const {
    const std::string_view text = file_->text();
    if (line.end < text.size() && text[line.end] == '\r') ++line.end;
    ++line.end;
    return line;
  }

  [[nodiscard]] SourceRange range(std::size_t begin, std::size_t end) const {
    return {file_->id(), static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  const syntax::Tree* tree_;
  const source::SourceFile* file_;
  // Between the two there is no code.
  std::size_t looked_from_ = 1;
  std::size_t code_ = 0;
  std::optional<Outline> outline_;  // made for the first comment that needs it
};

}  // namespace

std::vector<diagnostics::Suppression> find_suppressions(const syntax::Tree& tree) {
  std::vector<diagnostics::Suppression> found;
  ScopeFinder scopes(tree);
  for (const SourceRange comment : tree.comments()) {
    auto content = diagnostics::read_suppression(tree.file().text(comment));
    if (!content) continue;
    std::vector<SourceRange> where = scopes.scopes_of(comment, content->is_for_file);
    found.push_back({comment, *std::move(content), std::move(where)});
  }
  return found;
}

}  // namespace honua::config
