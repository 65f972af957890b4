// SPDX-License-Identifier: MIT
#include <array>

#include "evaluation/evaluator.h"
#include "evaluation/text_checks.h"

// The walk that looks for findings in expressions, made for files of which
// nearly everything is literal.
namespace honua::evaluation {

using syntax::Expression;
using syntax::Node;
using syntax::NodeId;
using syntax::NodeKind;
using syntax::Tree;

namespace {

// Objects with more items than this are evaluated: comparing all keys with
// each other would take too long.
constexpr std::size_t max_quick_items = 12;

std::string_view text_of(const Tree& tree, const Node& node) {
  return tree.file().text().substr(node.begin, node.end - node.begin);
}

bool is_trivial_number(std::string_view text) {
  // Short ones without exponent are within all limits.
  return text.size() <= 18 && text.find_first_of("eE") == std::string_view::npos;
}

bool is_trivial_string(const Tree& tree, NodeId id, const Node& node) {
  if (node.first_child != syntax::no_node || tree.nested(id) != nullptr) return false;
  const std::string_view text = text_of(tree, node);
  if ((node.flags & syntax::flag::escaped) != 0 && text.find_first_of("uU") != std::string_view::npos)
    return false;
  return !may_hold_reference(text);
}

bool is_trivial(const Tree& tree, NodeId id);

bool is_trivial_object(const Tree& tree, const Node& object) {
  std::array<std::string_view, max_quick_items> keys;
  std::size_t count = 0;
  for (NodeId id = object.first_child; id != syntax::no_node; id = tree.node(id).next_sibling) {
    const Node& item = tree.node(id);
    if (item.kind != NodeKind::object_item || count == max_quick_items) return false;
    const Node& key = tree.node(item.first_child);
    // Other keys may be spelt in more than one way.
    if (key.kind != NodeKind::identifier) return false;
    const std::string_view name = text_of(tree, key);
    for (std::size_t i = 0; i < count; ++i) {
      if (keys[i] == name) return false;
    }
    keys[count++] = name;
    if (!is_trivial(tree, key.next_sibling)) return false;
  }
  return true;
}

bool is_trivial(const Tree& tree, NodeId id) {
  const Node& node = tree.node(id);
  switch (node.kind) {
    case NodeKind::boolean:
    case NodeKind::null: return true;
    case NodeKind::number: return is_trivial_number(text_of(tree, node));
    case NodeKind::string_template: return is_trivial_string(tree, id, node);
    case NodeKind::tuple:
      for (NodeId child = node.first_child; child != syntax::no_node; child = tree.node(child).next_sibling) {
        if (!is_trivial(tree, child)) return false;
      }
      return true;
    case NodeKind::object: return is_trivial_object(tree, node);
    default: return false;
  }
}

// In source order, which is the order in memory.
void check_items(const Tree& tree, NodeId body, EvaluationContext& context) {
  for (NodeId id = tree.node(body).first_child; id != syntax::no_node; id = tree.node(id).next_sibling) {
    const Node& item = tree.node(id);
    if (item.first_child == syntax::no_node) continue;
    // The value or the body comes last.
    NodeId last = item.first_child;
    while (tree.node(last).next_sibling != syntax::no_node) last = tree.node(last).next_sibling;
    if (item.kind == NodeKind::block) {
      check_items(tree, last, context);
    } else if (item.kind == NodeKind::attribute && !is_trivial(tree, last)) {
      (void)evaluate(Expression(tree, last), context);
    }
  }
}

}  // namespace

bool is_trivially_valid(Expression expression) { return is_trivial(expression.tree(), expression.id()); }

// Recursion is as deep as blocks are nested, which the parser limits.
void check_body(syntax::Body body, EvaluationContext& context) {
  check_items(body.tree(), body.id(), context);
}

}  // namespace honua::evaluation
