// SPDX-License-Identifier: MIT
#include "editing/written_body.h"

#include <charconv>
#include <ranges>

#include "evaluation/traversal.h"
#include "syntax/literals.h"

namespace honua::editing {

namespace {

using syntax::Expression;
using syntax::NodeKind;

std::optional<std::string> key_of(Expression key) {
  if (key.kind() == NodeKind::identifier) return std::string(key.text());
  if (key.is_plain_string()) return syntax::plain_string_value(key);
  return std::nullopt;
}

WrittenBody read_object(Expression object) {
  WrittenBody body{object.range(), true, {}};
  for (const Expression item : object) {
    if (item.kind() != NodeKind::object_item) continue;
    if (auto name = key_of(item.child(0)))
      body.items.push_back({*std::move(name), item.range(), syntax::without_parentheses(item.child(1)),
                            std::nullopt, item.child(0).kind() != NodeKind::identifier});
  }
  return body;
}

}  // namespace

const WrittenItem* WrittenBody::find(std::string_view name) const {
  for (const WrittenItem& one : items | std::views::reverse) {
    if (one.name == name) return &one;
  }
  return nullptr;
}

WrittenBody read_body(syntax::Block block) {
  WrittenBody body{block.range(), false, {}};
  block.body().visit(
      [&](syntax::Attribute one) {
        body.items.push_back({one.name(), one.range(), syntax::without_parentheses(one.expression()),
                              std::nullopt, !one.bare_name()});
      },
      [&](syntax::Block one) {
        body.items.push_back({std::string(one.type()), one.range(), std::nullopt, one, false});
      });
  return body;
}

std::optional<WrittenBody> body_of(const WrittenItem& item) {
  if (item.block) return read_body(*item.block);
  if (item.value && item.value->kind() == NodeKind::object) return read_object(*item.value);
  return std::nullopt;
}

std::optional<std::string> text_of(const WrittenItem* item) {
  if (item == nullptr || !item->value || !item->value->is_plain_string()) return std::nullopt;
  return syntax::plain_string_value(*item->value);
}

std::optional<std::int64_t> number_of(const WrittenItem& item) {
  if (!item.value) return std::nullopt;
  const std::string text = text_of(&item).value_or(std::string(item.value->text()));
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [last, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && last == end ? std::optional(number) : std::nullopt;
}

std::optional<std::string> referenced_label(Expression reference, std::string_view type) {
  reference = syntax::without_parentheses(reference);
  if (reference.is_plain_string()) return syntax::plain_string_value(reference);
  const auto traversal = evaluation::static_traversal(reference);
  if (!traversal) return std::nullopt;
  if (traversal->steps.empty() && traversal->root != type) return traversal->root;
  if (traversal->root != type || traversal->steps.size() != 1 || traversal->steps[0].index)
    return std::nullopt;
  return traversal->steps[0].name;
}

}  // namespace honua::editing
