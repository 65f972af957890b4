// SPDX-License-Identifier: MIT
#include "syntax/tree.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <iterator>

#include "base/assert.h"
#include "syntax/characters.h"
#include "syntax/literals.h"

namespace honua::syntax {

std::string_view to_string(NodeKind kind) {
  switch (kind) {
    case NodeKind::invalid: return "invalid";
    case NodeKind::body: return "body";
    case NodeKind::attribute: return "attribute";
    case NodeKind::block: return "block";
    case NodeKind::label: return "label";
    case NodeKind::identifier: return "identifier";
    case NodeKind::number: return "number";
    case NodeKind::boolean: return "boolean";
    case NodeKind::null: return "null";
    case NodeKind::string_template: return "template";
    case NodeKind::heredoc: return "heredoc";
    case NodeKind::string_literal: return "literal";
    case NodeKind::interpolation: return "interpolation";
    case NodeKind::if_directive: return "if-directive";
    case NodeKind::for_directive: return "for-directive";
    case NodeKind::template_sequence: return "sequence";
    case NodeKind::variable: return "variable";
    case NodeKind::attribute_access: return "access";
    case NodeKind::index: return "index";
    case NodeKind::legacy_index: return "legacy-index";
    case NodeKind::attribute_splat: return "attribute-splat";
    case NodeKind::full_splat: return "full-splat";
    case NodeKind::splat_item: return "splat-item";
    case NodeKind::call: return "call";
    case NodeKind::tuple: return "tuple";
    case NodeKind::object: return "object";
    case NodeKind::object_item: return "item";
    case NodeKind::for_tuple: return "for-tuple";
    case NodeKind::for_object: return "for-object";
    case NodeKind::conditional: return "conditional";
    case NodeKind::binary: return "binary";
    case NodeKind::unary: return "unary";
    case NodeKind::parentheses: return "parentheses";
    case NodeKind::env_reference: return "env-reference";
  }
  return "invalid";
}

std::string_view to_string(BinaryOperator op) {
  switch (op) {
    case BinaryOperator::logical_or: return "||";
    case BinaryOperator::logical_and: return "&&";
    case BinaryOperator::equal: return "==";
    case BinaryOperator::not_equal: return "!=";
    case BinaryOperator::less: return "<";
    case BinaryOperator::greater: return ">";
    case BinaryOperator::less_or_equal: return "<=";
    case BinaryOperator::greater_or_equal: return ">=";
    case BinaryOperator::add: return "+";
    case BinaryOperator::subtract: return "-";
    case BinaryOperator::multiply: return "*";
    case BinaryOperator::divide: return "/";
    case BinaryOperator::modulo: return "%";
  }
  return "?";
}

std::string_view to_string(UnaryOperator op) { return op == UnaryOperator::negate ? "-" : "!"; }

void Tree::grow() {
  constexpr std::size_t chunk_size = std::size_t{1} << chunk_bits;
  const bool single = chunks_.size() < single_chunks;
  const std::size_t count = single ? 1 : chunks_per_slab;
  slabs_.push_back(allocate_memory(count * chunk_size * sizeof(Node)));
  Node* slab = static_cast<Node*>(static_cast<void*>(slabs_.back().get()));
  for (std::size_t i = 0; i < count; ++i) chunks_.push_back(slab + i * chunk_size);
}

void Tree::shrink_to_fit() {
  if (chunks_.size() != 1) return;
  OwnedMemory smaller = allocate_memory(count_ * sizeof(Node));
  std::memcpy(smaller.get(), slabs_.front().get(), count_ * sizeof(Node));
  slabs_.front() = std::move(smaller);
  chunks_.front() = static_cast<Node*>(static_cast<void*>(slabs_.front().get()));
}

Body Tree::body() const {
  HONUA_ASSERT(root_ != no_node && node(root_).kind == NodeKind::body);
  return Body(*this, root_);
}

Expression Tree::expression() const {
  HONUA_ASSERT(root_ != no_node);
  return Expression(*this, root_);
}

void Tree::add_nested(NodeId owner, std::unique_ptr<source::SourceFile> text, std::unique_ptr<Tree> tree) {
  nested_.push_back(Nested{owner, std::move(text), std::move(tree)});
}

const Tree* Tree::nested(NodeId owner) const {
  const auto found = std::lower_bound(nested_.begin(), nested_.end(), owner,
                                      [](const Nested& one, NodeId id) { return one.owner < id; });
  return found != nested_.end() && found->owner == owner ? found->tree.get() : nullptr;
}

std::size_t Expression::child_count() const {
  std::size_t count = 0;
  for (NodeId id = data().first_child; id != no_node; id = tree_->node(id).next_sibling) ++count;
  return count;
}

Expression Expression::child(std::size_t position) const {
  NodeId id = data().first_child;
  for (; position > 0 && id != no_node; --position) id = tree_->node(id).next_sibling;
  HONUA_ASSERT(id != no_node);
  return Expression(*tree_, id);
}

namespace {

NodeId last_child(const Tree& tree, NodeId parent) {
  NodeId id = tree.node(parent).first_child;
  HONUA_ASSERT(id != no_node);
  while (tree.node(id).next_sibling != no_node) id = tree.node(id).next_sibling;
  return id;
}

// Only a label as first of two children: the attribute's name was quoted.
bool has_quoted_name(const Tree& tree, const Node& attribute) {
  return tree.node(attribute.first_child).kind == NodeKind::label;
}

// Where the name that an item starts with ends.
std::uint32_t name_end(const NodeView& item) {
  const Node& node = item.data();
  return node.detail > 0 ? node.begin + node.detail : identifier_end(item.tree().file().text(), node.begin);
}

}  // namespace

std::string Attribute::name() const {
  if (has(flag::implied)) return "default";
  if (const auto bare = bare_name()) return std::string(*bare);
  return Label(*tree_, data().first_child).value();
}

std::optional<std::string_view> Attribute::bare_name() const {
  if (has(flag::implied) || has_quoted_name(*tree_, data())) return std::nullopt;
  return tree_->file().text().substr(data().begin, name_end(*this) - data().begin);
}

source::SourceRange Attribute::name_range() const {
  if (has(flag::implied)) return range();
  const auto bare = bare_name();
  if (!bare) return tree_->range(data().first_child);
  return tree_->to_source(data().begin, data().begin + static_cast<std::uint32_t>(bare->size()));
}

Expression Attribute::expression() const { return Expression(*tree_, last_child(*tree_, id_)); }

std::string Label::value() const {
  if (!has(flag::quoted)) return std::string(text());
  return plain_string_value(Expression(*tree_, id_));
}

std::optional<std::string_view> Label::verbatim() const {
  if (!has(flag::quoted)) return text();
  if (has(flag::escaped) || has(flag::json)) return std::nullopt;
  return text().substr(1, text().size() - 2);
}

std::string_view Block::type() const {
  return tree_->file().text().substr(data().begin, name_end(*this) - data().begin);
}

source::SourceRange Block::type_range() const { return tree_->to_source(data().begin, name_end(*this)); }

std::vector<Label> Block::labels() const {
  std::vector<Label> result;
  for (NodeId id = data().first_child; id != no_node; id = tree_->node(id).next_sibling) {
    if (tree_->node(id).kind == NodeKind::label) result.emplace_back(*tree_, id);
  }
  return result;
}

Body Block::body() const { return Body(*tree_, last_child(*tree_, id_)); }

source::SourceRange Block::header_range() const {
  source::SourceRange result = type_range();
  for (const Label& label : labels()) result.end = label.range().end;
  return result;
}

std::vector<Attribute> Body::attributes() const {
  std::vector<Attribute> result;
  visit([&](Attribute attribute) { result.push_back(attribute); }, [](Block) {});
  return result;
}

std::size_t Body::item_count() const { return Expression(*tree_, id_).child_count(); }

std::vector<Block> Body::blocks() const {
  std::vector<Block> result;
  visit([](Attribute) {}, [&](Block block) { result.push_back(block); });
  return result;
}

std::vector<Expression> left_spine(Expression expression) {
  std::vector<Expression> spine{expression};
  for (;;) {
    switch (spine.back().kind()) {
      case NodeKind::binary:
      case NodeKind::attribute_access:
      case NodeKind::index:
      case NodeKind::legacy_index:
      case NodeKind::attribute_splat:
      case NodeKind::full_splat: spine.push_back(*spine.back().begin()); break;
      default: return spine;
    }
  }
}

}  // namespace honua::syntax
