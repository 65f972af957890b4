// SPDX-License-Identifier: MIT
#include "syntax/expression_printer.h"

#include <string_view>
#include <utility>

#include "syntax/characters.h"
#include "syntax/literals.h"

namespace honua::syntax {

namespace {

// How the source wrote a template whose parts are printed in double quotes.
enum class Written { as_printed, in_single_quotes, without_quotes };

class ExpressionPrinter {
 public:
  explicit ExpressionPrinter(unsigned indent) : indent_(indent) {}

  std::string take() {
    if (after_heredoc_) out_ += '\n';
    return std::move(out_);
  }

  void expression(Expression top) {
    const std::vector<Expression> spine = left_spine(top);
    operand(spine.back());
    for (std::size_t i = spine.size() - 1; i > 0; --i) step(spine[i - 1]);
  }

 private:
  // A heredoc's marker ends its line: whatever follows starts a new one.
  void write(std::string_view text) {
    if (after_heredoc_ && !text.empty()) {
      after_heredoc_ = false;
      if (text.front() != '\n') new_line();
    }
    out_ += text;
  }
  void new_line() {
    after_heredoc_ = false;
    out_ += '\n';
    out_.append(std::size_t{indent_} * 2, ' ');
  }

  // The right-hand side of one level of a left-nested chain.
  void step(Expression node) {
    const Expression second = node.child(1);
    switch (node.kind()) {
      case NodeKind::binary:
        write(" ");
        write(to_string(node.binary_operator()));
        write(" ");
        expression(second);
        return;
      case NodeKind::attribute_access:
        write(".");
        write(second.text());
        return;
      case NodeKind::legacy_index:
        // `.0.1` would read as the number 0.1.
        if (!out_.empty() && class_of(out_.back()) == CharacterClass::digit) write(" ");
        write(".");
        write(second.text());
        return;
      case NodeKind::index:
        write("[");
        expression(second);
        write("]");
        return;
      case NodeKind::attribute_splat:
        write(".*");
        expression(second);
        return;
      default: write("[*]"); expression(second);
    }
  }

  void operand(Expression node) {
    switch (node.kind()) {
      case NodeKind::splat_item: return;
      case NodeKind::unary:
        write(to_string(node.unary_operator()));
        expression(node.child(0));
        return;
      case NodeKind::parentheses:
        write("(");
        expression(node.child(0));
        write(")");
        return;
      case NodeKind::conditional:
        expression(node.child(0));
        write(" ? ");
        expression(node.child(1));
        write(" : ");
        expression(node.child(2));
        return;
      case NodeKind::string_template: string_template(node); return;
      case NodeKind::heredoc: heredoc(node); return;
      case NodeKind::env_reference: env_call(node); return;
      case NodeKind::call: call(node); return;
      case NodeKind::tuple: tuple(node); return;
      case NodeKind::object: object(node); return;
      case NodeKind::for_tuple:
      case NodeKind::for_object: loop(node); return;
      default: write(node.text());
    }
  }

  void env_call(Expression node) {
    write("env(");
    write(quoted_string(node.child(0).text()));
    write(")");
  }

  void string_template(Expression node) {
    if (const Tree* nested = node.tree().nested(node.id())) {
      write("\"");
      parts(nested->expression(), Written::without_quotes);
      write("\"");
    } else if (node.is_plain_string() && (node.has(flag::json) || node.has(flag::single_quoted))) {
      write(quoted_string(plain_string_value(node)));
    } else if (node.is_plain_string()) {
      write(node.text());
    } else {
      write("\"");
      parts(node, node.has(flag::single_quoted) ? Written::in_single_quotes : Written::as_printed);
      write("\"");
    }
  }

  void heredoc(Expression node) {
    const std::string_view text = node.text();
    write(text.substr(0, text.find('\n') + 1));
    parts(node, Written::as_printed);
    const std::size_t feed = text.rfind('\n');
    write(text.substr(feed + 1));
    after_heredoc_ = true;
  }

  void parts(Expression parent, Written written) {
    for (const Expression part : parent) {
      switch (part.kind()) {
        case NodeKind::string_literal: literal(part, written); break;
        case NodeKind::interpolation:
          write(part.has(flag::strip_before) ? "${~ " : "${");
          expression(*part.begin());
          write(part.has(flag::strip_after) ? " ~}" : "}");
          break;
        case NodeKind::if_directive: if_directive(part, written); break;
        case NodeKind::for_directive: for_directive(part, written); break;
        default: write(part.text());
      }
    }
  }

  // Text that was not in double quotes needs their escapes.
  void literal(Expression part, Written written) {
    const std::string_view text = part.text();
    if (written == Written::as_printed) {
      write(text);
      return;
    }
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (text[at] == '\\' && written == Written::in_single_quotes && at + 1 < text.size()) {
        // The escapes are those of double quotes, and `\'`.
        ++at;
        if (text[at] != '\'') write("\\");
        write(text.substr(at, 1));
      } else if (text[at] == '"' || text[at] == '\\' || static_cast<unsigned char>(text[at]) < 0x20) {
        const std::string escaped = quoted_string(text.substr(at, 1));
        write(std::string_view(escaped).substr(1, escaped.size() - 2));
      } else {
        write(text.substr(at, 1));
      }
    }
  }

  void marker(Expression node, std::string_view text, std::uint16_t before, std::uint16_t after) {
    write(node.has(before) ? "%{~ " : "%{ ");
    write(text);
    write(node.has(after) ? " ~}" : " }");
  }

  void if_directive(Expression node, Written written) {
    write(node.has(flag::strip_before) ? "%{~ if " : "%{ if ");
    expression(node.child(0));
    write(node.has(flag::strip_after) ? " ~}" : " }");
    parts(node.child(1), written);
    if (node.child_count() > 2) {
      marker(node, "else", flag::else_strip_before, flag::else_strip_after);
      parts(node.child(2), written);
    }
    marker(node, "endif", flag::end_strip_before, flag::end_strip_after);
  }

  void for_directive(Expression node, Written written) {
    write(node.has(flag::strip_before) ? "%{~ for " : "%{ for ");
    std::size_t next = variables(node);
    expression(node.child(next++));
    write(node.has(flag::strip_after) ? " ~}" : " }");
    parts(node.child(next), written);
    marker(node, "endfor", flag::end_strip_before, flag::end_strip_after);
  }

  // `name, name in `; returns the position of the collection.
  std::size_t variables(Expression node) {
    write(node.child(0).text());
    std::size_t next = 1;
    if (node.has(flag::has_key)) {
      write(", ");
      write(node.child(next++).text());
    }
    write(" in ");
    return next;
  }

  void call(Expression node) {
    std::size_t position = 0;
    for (const Expression child : node) {
      if (position == 0) {
        write(child.text());
        write("(");
      } else {
        if (position > 1) write(", ");
        expression(child);
      }
      ++position;
    }
    if (node.has(flag::expand_final)) write("...");
    write(")");
  }

  static bool spans_lines(Expression node) { return node.text().find('\n') != std::string_view::npos; }

  void tuple(Expression node) {
    const bool lines = spans_lines(node);
    write("[");
    if (lines) ++indent_;
    bool first = true;
    for (const Expression element : node) {
      if (!first) write(lines ? "," : ", ");
      if (lines) new_line();
      expression(element);
      first = false;
    }
    if (lines) {
      if (!first) write(",");
      --indent_;
      new_line();
    }
    write("]");
  }

  void object(Expression node) {
    if (node.begin() == node.end()) {
      write("{}");
      return;
    }
    const bool lines = spans_lines(node);
    write(lines ? "{" : "{ ");
    if (lines) ++indent_;
    bool first = true;
    for (const Expression item : node) {
      if (lines) {
        new_line();
      } else if (!first) {
        write(", ");
      }
      expression(item.child(0));
      write(" = ");
      expression(item.child(1));
      first = false;
    }
    if (lines) {
      --indent_;
      new_line();
    }
    write(lines ? "}" : " }");
  }

  void loop(Expression node) {
    const bool object = node.kind() == NodeKind::for_object;
    write(object ? "{ for " : "[for ");
    std::size_t next = variables(node);
    expression(node.child(next++));
    write(" : ");
    expression(node.child(next++));
    if (object) {
      write(" => ");
      expression(node.child(next++));
    }
    if (node.has(flag::grouping)) write("...");
    if (node.has(flag::has_condition)) {
      write(" if ");
      expression(node.child(next));
    }
    write(object ? " }" : "]");
  }

  std::string out_;
  unsigned indent_;
  bool after_heredoc_ = false;
};

}  // namespace

std::string print_expression(Expression expression, unsigned indent) {
  ExpressionPrinter printer(indent);
  printer.expression(expression);
  return printer.take();
}

}  // namespace honua::syntax
