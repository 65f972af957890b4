// SPDX-License-Identifier: MIT
#include "syntax/indent_check.h"

#include <cstdint>
#include <string_view>

#include "diagnostics/file_rules.h"

namespace honua::syntax {

namespace {

class IndentCheck {
 public:
  IndentCheck(const Tree& tree, diagnostics::Diagnostics& sink) : text_(tree.file().text()), sink_(sink) {}

  void visit(Body body) {
    body.visit([this](Attribute one) { look_at(one.name_range()); },
               [this](Block one) {
                 look_at(one.type_range());
                 if (!is_done_) visit(one.body());
               });
  }

 private:
  void look_at(source::SourceRange item) {
    if (is_done_) return;
    std::uint32_t begin = item.begin;
    while (begin > 0 && (text_[begin - 1] == ' ' || text_[begin - 1] == '\t')) --begin;
    if (begin > 0 && text_[begin - 1] != '\n') return;  // not the first one on its line
    const std::string_view indent = text_.substr(begin, item.begin - begin);
    if (indent.empty()) return;
    const bool is_first = first_ == 0;
    if (is_first) first_ = indent.front();
    const bool has_tabs = first_ == '\t';
    if (indent.find(has_tabs ? ' ' : '\t') == std::string_view::npos) return;
    is_done_ = true;
    const bool is_within = indent.find(first_) != std::string_view::npos;
    sink_
        .report(diagnostics::rules::mixed_indents, {item.file, begin, item.begin},
                is_within  ? "this line is indented by blanks and tabs"
                : has_tabs ? "this line is indented by blanks, those before by tabs"
                           : "this line is indented by tabs, those before by blanks")
        .suggest(is_first || !has_tabs ? "indent all lines by blanks" : "indent all lines by tabs");
  }

  std::string_view text_;
  diagnostics::Diagnostics& sink_;
  char first_ = 0;  // of the first indent
  bool is_done_ = false;
};

}  // namespace

void check_indents(const Tree& tree, diagnostics::Diagnostics& sink) {
  if (tree.file().text().find('\t') == std::string_view::npos) return;
  IndentCheck(tree, sink).visit(tree.body());
}

}  // namespace honua::syntax
