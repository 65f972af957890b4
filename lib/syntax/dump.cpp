// SPDX-License-Identifier: MIT
#include "syntax/dump.h"

#include <string_view>

#include "syntax/literals.h"

namespace honua::syntax {

namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default: out += c;
    }
  }
  return out + '"';
}

using Literals = std::unordered_map<NodeId, std::string>;

class Dumper {
 public:
  std::string out;

  void body(Body node, int indent) {
    node.visit(
        [&](Attribute attribute) {
          line(indent) += "attribute " + attribute.name() + ' ';
          expression(attribute.expression(), nullptr);
          out += '\n';
        },
        [&](Block block) {
          line(indent) += "block " + std::string(block.type());
          for (const Label& label : block.labels()) out += ' ' + quoted(label.value());
          out += '\n';
          body(block.body(), indent + 1);
        });
  }

  void expression(Expression top, const Literals* literals) {
    // Left-nested chains are opened from the outside and finished from the inside.
    const std::vector<Expression> spine = left_spine(top);
    for (std::size_t i = 0; i + 1 < spine.size(); ++i) open(spine[i]);
    operand(spine.back(), literals);
    for (std::size_t i = spine.size() - 1; i > 0; --i) {
      out += ' ';
      expression(spine[i - 1].child(1), literals);
      out += ')';
    }
  }

 private:
  std::string& line(int indent) { return out.append(static_cast<std::size_t>(indent) * 2, ' '); }

  void open(Expression node) {
    out += '(';
    if (node.kind() == NodeKind::binary) {
      out += to_string(node.binary_operator());
    } else {
      out += to_string(node.kind());
    }
    out += ' ';
  }

  void operand(Expression node, const Literals* literals) {
    switch (node.kind()) {
      case NodeKind::identifier:
      case NodeKind::variable:
      case NodeKind::number:
      case NodeKind::boolean:
      case NodeKind::null: out += node.text(); return;
      case NodeKind::splat_item: out += '*'; return;
      case NodeKind::string_literal:
        out += quoted(literals == nullptr ? node.text() : std::string_view(literals->at(node.id())));
        return;
      case NodeKind::string_template:
      case NodeKind::heredoc: text_template(node); return;
      case NodeKind::unary: list(to_string(node.unary_operator()), node, literals); return;
      default: list(to_string(node.kind()), node, literals); return;
    }
  }

  void text_template(Expression node) {
    if (const Tree* nested = node.tree().nested(node.id())) {
      expression(nested->expression(), nullptr);
      return;
    }
    if (node.is_plain_string()) {
      out += quoted(plain_string_value(node));
      return;
    }
    const Literals literals = template_literals(node);
    list(to_string(node.kind()), node, &literals);
  }

  void list(std::string_view name, Expression node, const Literals* literals) {
    out += '(';
    out += name;
    if (node.kind() == NodeKind::for_object && node.has(flag::grouping)) out += " ...";
    if (node.kind() == NodeKind::call && node.has(flag::expand_final)) out += " ...";
    if ((node.kind() == NodeKind::for_object || node.kind() == NodeKind::for_tuple) &&
        node.has(flag::has_condition)) {
      out += " if";
    }
    for (const Expression child : node) {
      out += ' ';
      expression(child, literals);
    }
    out += ')';
  }
};

}  // namespace

std::string dump(const Tree& tree) {
  Dumper dumper;
  if (tree.node(tree.root()).kind == NodeKind::body) {
    dumper.body(tree.body(), 0);
  } else {
    dumper.expression(tree.expression(), nullptr);
    dumper.out += '\n';
  }
  return dumper.out;
}

std::string dump(Expression expression) {
  Dumper dumper;
  dumper.expression(expression, nullptr);
  return dumper.out;
}

}  // namespace honua::syntax
