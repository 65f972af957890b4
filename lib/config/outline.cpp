// SPDX-License-Identifier: MIT
#include "config/outline.h"

#include <algorithm>
#include <ranges>

#include "config/address.h"
#include "config/json_model.h"
#include "syntax/literals.h"
#include "text/ascii.h"
#include "text/unicode.h"

namespace honua::config {

namespace {

using syntax::Expression;
using syntax::NodeKind;

std::string key_text(Expression key) {
  return key.kind() == NodeKind::identifier ? std::string(key.text()) : syntax::plain_string_value(key);
}

bool is_fixed_key(Expression key) { return key.kind() == NodeKind::identifier || key.is_plain_string(); }

// `max_page_size` of `MaxPageSize`.
std::string in_snake_case(std::string_view name) {
  std::string text;
  for (const char c : name) {
    const bool is_upper = c >= 'A' && c <= 'Z';
    if (is_upper && !text.empty()) text += '_';
    text += text::ascii_lower(c);
  }
  return text;
}

}  // namespace

Outline::Outline(const syntax::Tree& tree, FileForm form) : tree_(&tree), form_(form) {
  if (form == FileForm::native) {
    add_body(tree.body(), no_parent);
  } else {
    add_value(tree.expression(), no_parent);
  }
}

std::uint32_t Outline::add(const syntax::NodeView& item, std::uint32_t parent) {
  items_.push_back({item.range().begin, item.range().end, parent, item.id()});
  return static_cast<std::uint32_t>(items_.size() - 1);
}

void Outline::add_body(syntax::Body body, std::uint32_t parent) {
  body.visit([&](syntax::Attribute one) { add_value(one.expression(), add(one, parent)); },
             [&](syntax::Block one) { add_body(one.body(), add(one, parent)); });
}

// No deeper than the parser's nesting limit.
void Outline::add_value(Expression value, std::uint32_t parent) {
  if (value.kind() != NodeKind::object && value.kind() != NodeKind::tuple) return;
  for (const Expression one : value) {
    if (one.kind() == NodeKind::object_item) {
      const bool is_named = is_fixed_key(one.child(0));
      add_value(one.child(1), is_named ? add(one, parent) : parent);
    } else {
      add_value(one, parent);
    }
  }
}

// Whether a member of a model is no setting but the name of, say, a layer in `Layers`.
bool Outline::is_model_label(const Item& item) const {
  const Item& parent = items_[item.parent];
  if (parent.parent != no_parent) return false;
  const BlockSchema* schema = find_model_member(key_text(Expression(*tree_, parent.node).child(0)));
  return schema != nullptr && schema->labelled;
}

std::string Outline::below(const std::string& parent, const Item& item) const {
  switch (tree_->node(item.node).kind) {
    case NodeKind::attribute: return address_below(parent, syntax::Attribute(*tree_, item.node).name());
    case NodeKind::block: return block_address(parent, syntax::Block(*tree_, item.node));
    default: break;
  }
  const std::string name = key_text(Expression(*tree_, item.node).child(0));
  if (form_ != FileForm::model) return address_below(parent, name);
  if (item.parent == no_parent) {
    const BlockSchema* schema = find_model_member(name);
    return address_below(parent, schema == nullptr ? name : schema->keyword);
  }
  return address_below(parent, is_model_label(item) ? name : in_snake_case(name));
}

std::string Outline::address_of(std::uint32_t item) const {
  std::vector<std::uint32_t> path;
  for (; item != no_parent; item = items_[item].parent) path.push_back(item);
  std::string address;
  for (const std::uint32_t one : std::views::reverse(path)) address = below(address, items_[one]);
  return address;
}

std::string Outline::address_at(source::SourceRange range) const {
  const auto behind = std::upper_bound(items_.begin(), items_.end(), range.begin,
                                       [](std::uint32_t at, const Item& one) { return at < one.begin; });
  if (behind == items_.begin()) return "";
  auto item = static_cast<std::uint32_t>(behind - items_.begin() - 1);
  while (item != no_parent && items_[item].end < range.end) item = items_[item].parent;
  return item == no_parent ? "" : address_of(item);
}

source::SourceRange Outline::item_from(std::uint32_t byte) const {
  const auto found = std::lower_bound(items_.begin(), items_.end(), byte,
                                      [](const Item& one, std::uint32_t at) { return one.begin < at; });
  const source::FileId file = tree_->file().id();
  if (found == items_.end()) {
    const auto end = static_cast<std::uint32_t>(tree_->file().text().size());
    return {file, end, end};
  }
  return {file, found->begin, found->end};
}

}  // namespace honua::config
