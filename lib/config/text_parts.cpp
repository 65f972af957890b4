// SPDX-License-Identifier: MIT
#include "config/text_parts.h"

#include <algorithm>

#include "evaluation/traversal.h"
#include "syntax/literals.h"

namespace honua::config {

namespace {

using syntax::Expression;
using syntax::NodeKind;

void append_literal(std::string_view text, std::vector<TextPart>& out) {
  if (out.empty() || out.back().is_reference) out.push_back({});
  out.back().text += text;
}

void append_reference(std::string_view name, std::vector<TextPart>& out) {
  out.push_back({std::string(name), true});
}

// A number as a template has it, if it is a plain one.
bool is_plain_number(std::string_view text) {
  if (text.empty() || (text.size() > 1 && text.front() == '0')) return false;
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// `env("NAME")`, perhaps with a default.
bool append_call(Expression call, std::vector<TextPart>& out) {
  constexpr std::size_t with_default = 3;  // the function's name is a child, too
  const std::size_t count = call.child_count();
  if (call.child(0).text() != "env" || count < 2 || count > with_default) return false;
  if (!call.child(1).is_plain_string()) return false;
  append_reference(syntax::plain_string_value(call.child(1)), out);
  if (count == with_default) out.back().fallback.emplace(call.child(2));
  return true;
}

}  // namespace

TextParts::TextParts(std::span<const LoadInput> inputs) : expressions_(inputs), raw_(ignored_) {
  for (const LoadInput& input : inputs) {
    if (input.is_json) {
      raw_.add_json(*input.tree, input.is_overlay);
    } else {
      raw_.add_native(*input.tree, input.is_overlay);
    }
  }
}

std::optional<std::vector<TextPart>> TextParts::at(source::SourceRange range) const {
  const auto found = expressions_.at(range);
  return found ? of(*found) : std::nullopt;
}

std::optional<std::vector<TextPart>> TextParts::of(Expression value) const {
  Collected found;
  if (!append(value, 0, found)) return std::nullopt;
  return std::move(found.parts);
}

bool TextParts::append(Expression value, unsigned depth, Collected& out) const {
  if (++out.steps > max_text_steps) return false;
  value = bare_expression(value);
  switch (value.kind()) {
    case NodeKind::string_template:
    case NodeKind::heredoc:
      if (!value.is_plain_string()) return append_template(value, depth, out);
      append_literal(syntax::plain_string_value(value), out.parts);
      return true;
    case NodeKind::number:
      if (!is_plain_number(value.text())) return false;
      append_literal(value.text(), out.parts);
      return true;
    case NodeKind::boolean: append_literal(value.text(), out.parts); return true;
    case NodeKind::env_reference: append_reference(value.child(0).text(), out.parts); return true;
    case NodeKind::call: return append_call(value, out.parts);
    case NodeKind::attribute_access: return append_access(value, depth, out);
    default: return false;
  }
}

bool TextParts::append_template(Expression value, unsigned depth, Collected& out) const {
  const auto literals = syntax::template_literals(value);
  for (const Expression part : value) {
    bool done = false;
    if (part.kind() == NodeKind::string_literal) {
      const auto text = literals.find(part.id());
      done = text != literals.end();
      if (done) append_literal(text->second, out.parts);
    } else if (part.kind() == NodeKind::interpolation) {
      done = append(part.child(0), depth, out);
    }
    if (!done) return false;
  }
  return true;
}

bool TextParts::append_access(Expression access, unsigned depth, Collected& out) const {
  const auto traversal = evaluation::static_traversal(access);
  if (!traversal || traversal->steps.size() != 1 || !traversal->steps[0].is_attribute) return false;
  const std::string& name = traversal->steps[0].name;
  if (traversal->root == "env") {
    append_reference(name, out.parts);
    return true;
  }
  if (traversal->root != "var" || depth >= max_variable_depth) return false;
  const auto value = default_of(name);
  return value && append(*value, depth + 1, out);
}

std::optional<Expression> TextParts::default_of(std::string_view variable) const {
  const RawBlock* block = raw_.find(BlockType::variable, variable);
  std::optional<Expression> found;
  if (block == nullptr) return found;
  block->visit_bodies([&](const BodySource& body) {
    if (found) return;
    body.visit(
        [&](const ItemName& name, Expression value) {
          if (name.text == "default") found.emplace(value);
        },
        [](syntax::Block) {});
  });
  return found;
}

}  // namespace honua::config
