// SPDX-License-Identifier: MIT
#include "merging/item_reader.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "merging/layout_reader.h"
#include "syntax/dump.h"
#include "syntax/literals.h"
#include "text/digest.h"

namespace honua::merging {

namespace {

using syntax::Expression;
using syntax::NodeKind;

// Keys hold names, which have no control characters but by escapes of their own file.
constexpr char label_mark = '\0';
constexpr char repeat_mark = '\1';

bool is_fixed_name(Expression key) { return key.kind() == NodeKind::identifier || key.is_plain_string(); }

// One that means the same whether a block or an object holds the items, in whatever order.
std::string meaning_of(const std::vector<Item>& items) {
  std::vector<std::string> entries;
  entries.reserve(items.size());
  for (const Item& one : items) {
    entries.push_back(std::to_string(one.key.size()) + ':' + one.key + std::to_string(one.meaning.size()) +
                      ':' + one.meaning);
  }
  std::ranges::sort(entries);
  std::string all;
  for (const std::string& one : entries) all += one;
  return "items " + text::sha256(all);
}

// `"${env:NAME}"` is the tolerated form of `env("NAME")`.
std::string meaning_of(Expression value) {
  if (value.kind() == NodeKind::string_template && !value.is_plain_string() && value.child_count() == 1) {
    const Expression part = value.child(0);
    if (part.kind() == NodeKind::interpolation && part.child(0).kind() == NodeKind::env_reference)
      return "(call env \"" + std::string(part.child(0).child(0).text()) + "\")";
  }
  return syntax::dump(value);
}

std::string key_of_block(const syntax::Block& block) {
  std::string key(block.type());
  for (const syntax::Label& label : block.labels()) key += label_mark + label.value();
  return key;
}

// Tells items of the same name apart. Whether there are any.
bool number_repeats(std::vector<Item>& items) {
  std::unordered_map<std::string, std::size_t> seen;
  bool any = false;
  for (Item& one : items) {
    const std::size_t count = ++seen[one.key];
    if (count == 1) continue;
    any = true;
    one.key += repeat_mark + std::to_string(count);
  }
  return any;
}

bool is_structure(NodeKind kind) {
  return kind == NodeKind::tuple || kind == NodeKind::object || kind == NodeKind::for_tuple ||
         kind == NodeKind::for_object || kind == NodeKind::heredoc;
}

// Whether a marker is the last thing in an expression.
bool ends_in_heredoc(Expression value) {
  while (value.kind() != NodeKind::heredoc) {
    std::optional<Expression> last;
    for (const Expression one : value) last = one;
    if (!last || last->range().end != value.range().end) return false;
    value = *last;
  }
  return true;
}

bool is_number_value(Expression value) {
  return value.kind() == NodeKind::number ||
         (value.kind() == NodeKind::unary && value.child(0).kind() == NodeKind::number);
}

}  // namespace

std::string key_of(Expression key) {
  return key.kind() == NodeKind::identifier ? std::string(key.text()) : syntax::plain_string_value(key);
}

Item ItemReader::new_item(const syntax::NodeView& node, std::string key) const {
  Item item;
  item.document = document_;
  item.node = node.id();
  item.key = std::move(key);
  item.begin = node.range().begin;
  item.end = node.range().end;
  return item;
}

std::optional<Container> ItemReader::read_file() const {
  Items items = read_body(document_->tree().body());
  const bool has_repeats = number_repeats(items);
  auto container = LayoutReader(*document_).read_file(std::move(items));
  if (container) container->has_repeats = has_repeats;
  return container;
}

ItemReader::Items ItemReader::read_body(syntax::Body body) const {
  Items items;
  body.visit(
      [&](syntax::Attribute one) {
        Item item = new_item(one, one.name());
        item.is_portable = one.bare_name().has_value();
        read_value(item, one.expression());
        items.push_back(std::move(item));
      },
      [&](syntax::Block one) {
        Item item = new_item(one, key_of_block(one));
        read_block(item, one);
        items.push_back(std::move(item));
      });
  return items;
}

void ItemReader::read_block(Item& item, syntax::Block block) const {
  const syntax::Body body = block.body();
  Items items = read_body(body);
  const bool has_repeats = number_repeats(items);
  item.meaning = meaning_of(items);
  if (body.has(syntax::flag::implied)) return;
  item.inside = LayoutReader(*document_).read(Form::body, body.range(), std::move(items));
  if (item.inside != nullptr) item.inside->has_repeats = has_repeats;
}

std::optional<ItemReader::Items> ItemReader::read_object(Expression object) const {
  Items items;
  std::unordered_set<std::string> names;
  for (const Expression one : object) {
    const Expression key = one.child(0);
    if (!is_fixed_name(key) || !names.insert(key_of(key)).second) return std::nullopt;
    Item item = new_item(one, key_of(key));
    item.is_portable = key.kind() == NodeKind::identifier && !one.has(syntax::flag::colon);
    read_value(item, one.child(1));
    items.push_back(std::move(item));
  }
  return items;
}

ItemReader::Items ItemReader::read_tuple(Expression tuple) const {
  Items items;
  for (const Expression one : tuple) {
    Item item = new_item(one, meaning_of(one));
    item.meaning = item.key;
    item.is_plain = !is_structure(one.kind());
    item.is_number = is_number_value(one);
    items.push_back(std::move(item));
  }
  return items;
}

void ItemReader::read_value(Item& item, Expression value) const {
  item.ends_in_heredoc = ends_in_heredoc(value);
  source::SourceRange inside = value.range();
  ++inside.begin;
  --inside.end;
  if (value.kind() == NodeKind::object) {
    auto items = read_object(value);
    if (items) {
      item.meaning = meaning_of(*items);
      item.inside = LayoutReader(*document_).read(Form::object, inside, *std::move(items));
      return;
    }
  }
  item.meaning = meaning_of(value);
  if (value.kind() != NodeKind::tuple) return;
  Items items = read_tuple(value);
  const bool has_repeats = number_repeats(items);
  item.inside = LayoutReader(*document_).read(Form::tuple, inside, std::move(items));
  if (item.inside != nullptr) item.inside->has_repeats = has_repeats;
}

}  // namespace honua::merging
