// SPDX-License-Identifier: MIT
#include "evaluation/traversal.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "syntax/literals.h"

namespace honua::evaluation {

namespace {

using syntax::Expression;
using syntax::NodeKind;
namespace flag = syntax::flag;

// The next byte that is neither white space nor part of a comment.
std::uint32_t skip_trivia(std::string_view text, std::uint32_t at) {
  while (at < text.size()) {
    const std::string_view rest = text.substr(at, 2);
    if (rest[0] == ' ' || rest[0] == '\t' || rest[0] == '\n' || rest[0] == '\r') {
      ++at;
    } else if (rest[0] == '#' || rest == "//") {
      at = static_cast<std::uint32_t>(std::min(text.find('\n', at), text.size()));
    } else if (rest == "/*") {
      const std::size_t end = text.find("*/", at + 2);
      at = static_cast<std::uint32_t>(end == std::string_view::npos ? text.size() : end + 2);
    } else {
      break;
    }
  }
  return at;
}

// Collects references; `bound` are the names of the loops around.
class ReferenceCollector {
 public:
  void visit(Expression expression) {
    const std::vector<Expression> spine = syntax::left_spine(expression);
    const std::size_t used = visit_leftmost(spine);
    for (std::size_t i = spine.size() - 1; i-- > 0;) {
      // The steps of a traversal have been read with it.
      const bool is_step = spine.size() - 1 - i <= used;
      if (!is_step && spine[i].kind() != NodeKind::attribute_access) visit(spine[i].child(1));
    }
  }

  std::vector<Traversal> found;

 private:
  std::size_t visit_leftmost(const std::vector<Expression>& spine) {
    const Expression last = spine.back();
    if (last.kind() != NodeKind::variable) {
      visit_children(last);
      return 0;
    }
    Traversal traversal = read_traversal(spine);
    const std::size_t used = traversal.steps.size();
    if (std::find(bound_.begin(), bound_.end(), traversal.root) == bound_.end())
      found.push_back(std::move(traversal));
    return used;
  }

  void visit_children(Expression expression) {
    switch (expression.kind()) {
      case NodeKind::for_tuple:
      case NodeKind::for_object:
      case NodeKind::for_directive: visit_loop(expression); return;
      case NodeKind::object_item:
        if (expression.child(0).kind() != NodeKind::identifier) visit(expression.child(0));
        visit(expression.child(1));
        return;
      default: break;
    }
    if (const syntax::Tree* nested = expression.tree().nested(expression.id())) visit(nested->expression());
    for (const Expression child : expression) {
      if (child.kind() != NodeKind::identifier) visit(child);
    }
  }

  void visit_loop(Expression loop) {
    const std::size_t names = loop.has(flag::has_key) ? 2 : 1;
    std::size_t position = 0;
    for (const Expression child : loop) {
      if (position == names) visit(child);
      if (position == names) {
        for (std::size_t i = 0; i < names; ++i) bound_.emplace_back(loop.child(i).text());
      }
      if (position > names) visit(child);
      ++position;
    }
    if (position > names) bound_.resize(bound_.size() - names);
  }

  std::vector<std::string> bound_;
};

}  // namespace

source::SourceRange step_range(Expression step) {
  const Expression source = step.child(0);
  const std::uint32_t begin = skip_trivia(step.tree().file().text(), source.data().end);
  return step.tree().to_source(std::min(begin, step.data().end), step.data().end);
}

std::optional<TraversalStep> static_step(Expression step) {
  const NodeKind kind = step.kind();
  if (kind == NodeKind::attribute_access) {
    return TraversalStep{std::string(step.child(1).text()), std::nullopt, true, step_range(step)};
  }
  if (kind != NodeKind::index && kind != NodeKind::legacy_index) return std::nullopt;
  const Expression key = step.child(1);
  if (key.is_plain_string()) {
    return TraversalStep{syntax::plain_string_value(key), std::nullopt, false, step_range(step)};
  }
  if (key.kind() != NodeKind::number) return std::nullopt;
  const auto number = Number::parse(key.text());
  if (!number) return std::nullopt;
  return TraversalStep{{}, *number, false, step_range(step)};
}

Traversal read_traversal(const std::vector<Expression>& spine) {
  Traversal traversal;
  traversal.root = std::string(spine.back().text());
  traversal.root_range = spine.back().range();
  for (std::size_t i = spine.size() - 1; i-- > 0;) {
    auto step = static_step(spine[i]);
    if (!step) break;
    traversal.steps.push_back(std::move(*step));
  }
  return traversal;
}

std::optional<Traversal> static_traversal(Expression expression, bool keywords) {
  const std::vector<Expression> spine = syntax::left_spine(expression);
  const NodeKind root = spine.back().kind();
  const bool keyword = root == NodeKind::boolean || root == NodeKind::null || root == NodeKind::identifier;
  if (root != NodeKind::variable && !(keywords && keyword)) return std::nullopt;
  Traversal traversal = read_traversal(spine);
  if (traversal.steps.size() + 1 != spine.size()) return std::nullopt;
  return traversal;
}

std::vector<Traversal> references(Expression expression) {
  ReferenceCollector collector;
  collector.visit(expression);
  return std::move(collector.found);
}

}  // namespace honua::evaluation
