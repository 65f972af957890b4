// SPDX-License-Identifier: MIT
#include "syntax/line_end_check.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "diagnostics/file_rules.h"

namespace honua::syntax {

namespace {

using diagnostics::Edit;
using diagnostics::FixSafety;
using source::SourceRange;

class LineEndCheck {
 public:
  LineEndCheck(const Tree& tree, diagnostics::Diagnostics& sink)
      : file_(tree.file().id()), text_(tree.file().text()), sink_(sink) {
    find_heredocs(tree);
  }

  void run() {
    std::optional<bool> first;
    visit_ends([&](std::size_t feed, bool has_return) {
      if (first.value_or(has_return) == has_return) {
        first = has_return;
        return true;
      }
      report(feed, has_return);
      return false;
    });
  }

 private:
  void find_heredocs(const Tree& tree) {
    for (NodeId id = 0; id < tree.node_count(); ++id) {
      const Node& node = tree.node(id);
      if (node.kind == NodeKind::heredoc) heredocs_.push_back({file_, node.begin, node.end});
    }
    std::sort(heredocs_.begin(), heredocs_.end(),
              [](SourceRange a, SourceRange b) { return a.begin < b.begin; });
  }

  // Calls `visit_one` with each line feed outside of heredocs, and whether a carriage return is in front of
  // it, until it says no.
  template <class Visit>
  void visit_ends(Visit visit_one) const {
    auto heredoc = heredocs_.begin();
    for (std::size_t feed = text_.find('\n'); feed != std::string_view::npos;
         feed = text_.find('\n', feed + 1)) {
      while (heredoc != heredocs_.end() && heredoc->end <= feed) ++heredoc;
      if (heredoc != heredocs_.end() && heredoc->begin <= feed) continue;
      if (!visit_one(feed, feed > 0 && text_[feed - 1] == '\r')) return;
    }
  }

  void report(std::size_t feed, bool has_return) {
    diagnostics::Diagnostic& made = sink_.report(
        diagnostics::rules::mixed_line_ends, range(has_return ? feed - 1 : feed, has_return ? 2 : 1),
        has_return ? "this line ends with a carriage return, the first one does not"
                   : "this line ends without a carriage return, the first one with it");
    made.suggest("save the file with one kind of line ends");
    if (!heredocs_.empty()) made.suggest("those of heredocs are part of their values");
    if (!may_hide_heredocs())
      made.fixed_by(FixSafety::safe, "end all lines like the first one", edits(!has_return));
  }

  // Whether something that looks like a heredoc's opener stands outside of all that are known.
  [[nodiscard]] bool may_hide_heredocs() const {
    constexpr std::string_view opener = "<<";
    auto heredoc = heredocs_.begin();
    for (std::size_t at = text_.find(opener); at != std::string_view::npos;
         at = text_.find(opener, at + opener.size())) {
      while (heredoc != heredocs_.end() && heredoc->end <= at) ++heredoc;
      if (heredoc == heredocs_.end() || heredoc->begin > at) return true;
    }
    return false;
  }

  // What gives all lines the same end, with a carriage return or without.
  [[nodiscard]] std::vector<Edit> edits(bool with_return) const {
    std::vector<Edit> made;
    visit_ends([&](std::size_t feed, bool has_return) {
      if (with_return && !has_return) made.push_back({range(feed, 0), "\r"});
      if (!with_return && has_return) made.push_back({range(feed - 1, 1), ""});
      return true;
    });
    return made;
  }

  [[nodiscard]] SourceRange range(std::size_t begin, std::size_t size) const {
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + size)};
  }

  source::FileId file_;
  std::string_view text_;
  diagnostics::Diagnostics& sink_;
  std::vector<SourceRange> heredocs_;  // by begin; one in another's interpolation changes nothing
};

}  // namespace

void check_line_ends(const Tree& tree, diagnostics::Diagnostics& sink) {
  if (tree.file().text().find('\r') == std::string_view::npos) return;
  LineEndCheck(tree, sink).run();
}

}  // namespace honua::syntax
