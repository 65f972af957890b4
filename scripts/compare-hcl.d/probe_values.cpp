// SPDX-License-Identifier: MIT
#include "probe_values.h"

#include "evaluation/evaluator.h"
#include "syntax/literals.h"

namespace honua::compare {
namespace {

using evaluation::append_json_string;
using evaluation::Number;
using evaluation::Value;
using evaluation::ValueKind;

// What both programs take references for that nothing binds: their own text,
// with white space counting as one blank; in the JSON form, where they lie in
// decoded strings, their names with dots between.
class TextScope final : public evaluation::Scope {
 public:
  TextScope(const source::SourceFile& file, bool is_json) : file_(file), is_json_(is_json) {}

  [[nodiscard]] std::optional<evaluation::Resolution> resolve(
      const evaluation::Traversal& traversal) const override {
    return evaluation::Resolution{Value::string(is_json_ ? dotted(traversal) : text(traversal)),
                                  traversal.steps.size()};
  }

 private:
  static std::string dotted(const evaluation::Traversal& traversal) {
    std::string out = traversal.root;
    for (const evaluation::TraversalStep& step : traversal.steps) {
      if (step.is_attribute) out += "." + step.name;
    }
    return out;
  }

  [[nodiscard]] std::string text(const evaluation::Traversal& traversal) const {
    const auto begin = traversal.root_range.begin;
    const auto end = traversal.steps.empty() ? traversal.root_range.end : traversal.steps.back().range.end;
    std::string out;
    for (const char c : file_.text({file_.id(), begin, end})) {
      const bool space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
      if (space && out.ends_with(' ')) continue;
      out += space ? ' ' : c;
    }
    return out;
  }

  const source::SourceFile& file_;
  bool is_json_;
};

class ValueWriter {
 public:
  ValueWriter(const source::SourceFile& file, bool is_json, diagnostics::Diagnostics& sink)
      : sink_(sink), scope_(file, is_json), context_(scope_, environment_, sink, syntax::Dialect::hcl) {}

  void write_body(const syntax::Body& body) {
    out_ += "{\"attributes\":{";
    bool first = true;
    for (const syntax::Attribute& attribute : body.attributes())
      write_attribute(attribute.name(), attribute.expression(), first);
    out_ += "},\"blocks\":[";
    first = true;
    for (const syntax::Block& block : body.blocks()) {
      separate(first);
      write_block(block);
    }
    out_ += "]}";
  }

  // The root of a JSON document: without a schema every property is an
  // attribute, but for the comment `//`.
  void write_root(const syntax::Expression& root) {
    out_ += "{\"attributes\":{";
    bool first = true;
    for (const syntax::Expression& item : root) {
      const std::string name = syntax::plain_string_value(item.child(0));
      if (name != "//") write_attribute(name, item.child(1), first);
    }
    out_ += "},\"blocks\":[]}";
  }

  [[nodiscard]] std::string take() && { return std::move(out_); }

 private:
  void separate(bool& first) {
    if (!first) out_ += ',';
    first = false;
  }

  void write_attribute(const std::string& name, const syntax::Expression& expression, bool& first) {
    separate(first);
    append_json_string(out_, name);
    out_ += ':';
    const std::size_t errors = sink_.count(diagnostics::Severity::error);
    const Value value = evaluation::evaluate(expression, context_);
    if (sink_.count(diagnostics::Severity::error) > errors) {
      out_ += "{\"$error\":true}";
    } else {
      write(value);
    }
  }

  void write_block(const syntax::Block& block) {
    out_ += "{\"type\":";
    append_json_string(out_, block.type());
    out_ += ",\"labels\":[";
    bool first = true;
    for (const syntax::Label& label : block.labels()) {
      separate(first);
      append_json_string(out_, label.value());
    }
    out_ +=
        "],\"line\":" + std::to_string(block.tree().file().position(block.range().begin).line) + ",\"body\":";
    write_body(block.body());
    out_ += '}';
  }

  void write(const Value& value) {
    switch (value.kind()) {
      case ValueKind::null: out_ += "null"; return;
      case ValueKind::unknown: out_ += "{\"$unknown\":true}"; return;
      case ValueKind::boolean: out_ += value.as_boolean() ? "true" : "false"; return;
      case ValueKind::number: write_number(value.as_number()); return;
      case ValueKind::string: append_json_string(out_, value.as_string()); return;
      case ValueKind::tuple:
      case ValueKind::list:
      case ValueKind::set: write_elements(value); return;
      case ValueKind::object:
      case ValueKind::map: write_members(value); return;
    }
  }

  void write_elements(const Value& value) {
    out_ += '[';
    bool first = true;
    for (const Value& element : value.elements()) {
      separate(first);
      write(element);
    }
    out_ += ']';
  }

  void write_members(const Value& value) {
    out_ += '{';
    bool first = true;
    for (const evaluation::Member& member : value.members()) {
      separate(first);
      append_json_string(out_, member.key);
      out_ += ':';
      write(member.value);
    }
    out_ += '}';
  }

  // Digits without trailing zeros, `e`, exponent: 1500 is 15e2, 0.25 is 25e-2.
  void write_number(const Number& number) {
    if (number.is_infinite()) {
      out_ += std::string("{\"$number\":\"") + (number.sign() < 0 ? "-" : "+") + "Inf\"}";
      return;
    }
    const Number::Digits digits = number.digits();
    if (digits.digits.empty()) {
      out_ += "0e0";
      return;
    }
    if (digits.negative) out_ += '-';
    out_ += digits.digits;
    out_ += 'e' + std::to_string(digits.point - static_cast<int>(digits.digits.size()));
  }

  diagnostics::Diagnostics& sink_;
  TextScope scope_;
  MapEnvironment environment_{{{"HCLCASE_X", "xval"}}};
  evaluation::EvaluationContext context_;
  std::string out_;
};

}  // namespace

std::string values_as_json(const syntax::Tree& tree, diagnostics::Diagnostics& sink) {
  const syntax::NodeKind root = tree.node(tree.root()).kind;
  ValueWriter writer(tree.file(), root != syntax::NodeKind::body, sink);
  if (root == syntax::NodeKind::body) {
    writer.write_body(tree.body());
  } else if (root == syntax::NodeKind::object) {
    writer.write_root(tree.expression());
  } else {
    return "null";
  }
  return std::move(writer).take();
}

}  // namespace honua::compare
