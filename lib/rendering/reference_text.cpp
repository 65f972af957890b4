// SPDX-License-Identifier: MIT
#include "rendering/reference_text.h"

#include <algorithm>

#include "config/upstream.h"
#include "evaluation/traversal.h"
#include "syntax/literals.h"

namespace honua::rendering {

namespace {

using config::upstream::TextTrouble;
using syntax::Expression;
using syntax::NodeKind;

// Variables whose defaults refer to variables: more steps than these are a circle.
constexpr unsigned max_variable_depth = 32;

void append_literal(std::string_view text, ReferenceText& out) {
  const std::string quoted = syntax::quoted_string(text);
  out.quoted.append(quoted, 1, quoted.size() - 2);
  out.bare += text;
}

bool append_reference(std::string_view name, ReferenceText& out) {
  // `$${` would be an escape.
  if (!config::upstream::is_variable_name(name) || out.quoted.ends_with('$')) return false;
  out.quoted += "${env:" + std::string(name) + "}";
  out.bare += ' ';
  return true;
}

// A number as a template has it, if it is a plain one.
bool is_plain_number(std::string_view text) {
  if (text.empty() || (text.size() > 1 && text.front() == '0')) return false;
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// `env("NAME")`, perhaps with a default.
bool append_call(Expression call, ReferenceText& out) {
  constexpr std::size_t with_default = 3;  // the function's name is a child, too
  const std::size_t count = call.child_count();
  if (call.child(0).text() != "env" || count < 2 || count > with_default) return false;
  if (!call.child(1).is_plain_string()) return false;
  if (!append_reference(syntax::plain_string_value(call.child(1)), out)) return false;
  if (count == with_default) out.lost_defaults.push_back(call.child(2).range());
  return true;
}

}  // namespace

ReferenceTexts::ReferenceTexts(std::span<const config::LoadInput> inputs)
    : expressions_(inputs), raw_(ignored_) {
  for (const config::LoadInput& input : inputs) {
    if (input.is_json) {
      raw_.add_json(*input.tree, input.is_overlay);
    } else {
      raw_.add_native(*input.tree, input.is_overlay);
    }
  }
}

std::optional<ReferenceText> ReferenceTexts::at(source::SourceRange range) const {
  const auto found = expressions_.at(range);
  if (!found) return std::nullopt;
  ReferenceText made;
  made.quoted = '"';
  if (!append(*found, 0, made)) return std::nullopt;
  // Of the whole text: what means nothing in its pieces may do so where they meet.
  if (config::upstream::trouble_with(made.bare, true) != TextTrouble::none) return std::nullopt;
  made.quoted += '"';
  return made;
}

bool ReferenceTexts::append(Expression value, unsigned depth, ReferenceText& out) const {
  value = config::bare_expression(value);
  switch (value.kind()) {
    case NodeKind::string_template:
    case NodeKind::heredoc:
      if (!value.is_plain_string()) return append_template(value, depth, out);
      append_literal(syntax::plain_string_value(value), out);
      return true;
    case NodeKind::number:
      if (!is_plain_number(value.text())) return false;
      append_literal(value.text(), out);
      return true;
    case NodeKind::boolean: append_literal(value.text(), out); return true;
    case NodeKind::env_reference: return append_reference(value.child(0).text(), out);
    case NodeKind::call: return append_call(value, out);
    case NodeKind::attribute_access: return append_access(value, depth, out);
    default: return false;
  }
}

bool ReferenceTexts::append_template(Expression value, unsigned depth, ReferenceText& out) const {
  const auto literals = syntax::template_literals(value);
  for (const Expression part : value) {
    bool done = false;
    if (part.kind() == NodeKind::string_literal) {
      const auto text = literals.find(part.id());
      done = text != literals.end();
      if (done) append_literal(text->second, out);
    } else if (part.kind() == NodeKind::interpolation) {
      done = append(part.child(0), depth, out);
    }
    if (!done) return false;
  }
  return true;
}

bool ReferenceTexts::append_access(Expression access, unsigned depth, ReferenceText& out) const {
  const auto traversal = evaluation::static_traversal(access);
  if (!traversal || traversal->steps.size() != 1 || !traversal->steps[0].is_attribute) return false;
  const std::string& name = traversal->steps[0].name;
  if (traversal->root == "env") return append_reference(name, out);
  if (traversal->root != "var" || depth >= max_variable_depth) return false;
  const auto value = default_of(name);
  return value && append(*value, depth + 1, out);
}

std::optional<Expression> ReferenceTexts::default_of(std::string_view variable) const {
  const config::RawBlock* block = raw_.find(config::BlockType::variable, variable);
  std::optional<Expression> found;
  if (block == nullptr) return found;
  block->visit_bodies([&](const config::BodySource& body) {
    if (found) return;
    body.visit(
        [&](const config::ItemName& name, Expression value) {
          if (name.text == "default") found.emplace(value);
        },
        [](syntax::Block) {});
  });
  return found;
}

}  // namespace honua::rendering
