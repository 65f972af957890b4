// SPDX-License-Identifier: MIT
#include "syntax/printer.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "syntax/characters.h"
#include "syntax/expression_printer.h"
#include "syntax/literals.h"
#include "text/unicode.h"

namespace honua::syntax {

namespace {

// An attribute's text, kept until the width of its neighbours is known.
struct PrintedAttribute {
  std::string name;
  std::string value;
};

class BodyPrinter {
 public:
  std::string out;

  void body(Body node, unsigned indent) {
    bool first = true;
    node.visit(
        [&](Attribute attribute) {
          first = false;
          pending_.push_back({name_of(attribute), print_expression(attribute.expression(), indent)});
          // Only one-line values are aligned with each other.
          if (pending_.back().value.find('\n') != std::string::npos) flush(indent);
        },
        [&](Block one) {
          flush(indent);
          if (!first) out += '\n';
          first = false;
          block(one, indent);
        });
    flush(indent);
  }

 private:
  void block(Block node, unsigned indent) {
    pad(indent);
    out += node.type();
    for (const Label& label : node.labels()) out += ' ' + quoted_string(label.value());
    const Body inner = node.body();
    if (inner.data().first_child == no_node) {
      out += " {}\n";
      return;
    }
    if (one_line(inner, indent)) return;
    out += " {\n";
    // The nested body has attributes of its own to align.
    std::vector<PrintedAttribute> outer;
    outer.swap(pending_);
    body(inner, indent + 1);
    outer.swap(pending_);
    pad(indent);
    out += "}\n";
  }

  bool one_line(Body inner, unsigned indent) {
    const std::vector<Attribute> attributes = inner.attributes();
    if (!inner.has(flag::one_line) || attributes.size() != 1 || !inner.blocks().empty()) return false;
    const std::string value = print_expression(attributes.front().expression(), indent);
    if (value.find('\n') != std::string::npos) return false;
    out += " { " + name_of(attributes.front()) + " = " + value + " }\n";
    return true;
  }

  // Quotes stay only around names that are no identifiers.
  static std::string name_of(Attribute attribute) {
    const std::string name = attribute.name();
    return !name.empty() && identifier_end(name, 0) == name.size() ? name : quoted_string(name);
  }

  void flush(unsigned indent) {
    std::size_t width = 0;
    for (const PrintedAttribute& one : pending_) {
      if (one.value.find('\n') == std::string::npos) width = std::max(width, text::count_graphemes(one.name));
    }
    for (const PrintedAttribute& one : pending_) {
      pad(indent);
      out += one.name;
      if (one.value.find('\n') == std::string::npos) out.append(width - text::count_graphemes(one.name), ' ');
      out += " = " + one.value;
      if (!one.value.ends_with('\n')) out += '\n';
    }
    pending_.clear();
  }

  void pad(unsigned indent) { out.append(std::size_t{indent} * 2, ' '); }

  std::vector<PrintedAttribute> pending_;
};

}  // namespace

std::string print(const Tree& tree) {
  if (tree.node(tree.root()).kind != NodeKind::body) return print(tree.expression()) + "\n";
  BodyPrinter printer;
  printer.body(tree.body(), 0);
  return printer.out;
}

std::string print(Expression expression) { return print_expression(expression, 0); }

}  // namespace honua::syntax
