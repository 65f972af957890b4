// SPDX-License-Identifier: MIT
#include "migration/setting_value.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "connection/connection_text.h"
#include "rendering/quoted_text.h"
#include "text/unicode.h"

namespace honua::migration {

using config::AttributeSchema;
using config::ValueType;

std::string snake_case(std::string_view name) {
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  std::string made;
  for (std::size_t at = 0; at < name.size(); ++at) {
    // A capital starts a word, unless it goes on with one of capitals only.
    const bool starts = at > 0 && is_upper(name[at]) && name[at - 1] != '_' &&
                        (!is_upper(name[at - 1]) || (at + 1 < name.size() && !is_upper(name[at + 1])));
    if (starts) made += '_';
    made += text::ascii_lower(name.substr(at, 1));
  }
  return made;
}

const AttributeSchema* find_setting(const config::ObjectSchema& settings, std::string_view name) {
  const std::string wanted = connection::compact(name);
  const auto found = std::ranges::find_if(settings.attributes, [&](const AttributeSchema& one) {
    return connection::compact(one.name) == wanted;
  });
  return found == settings.attributes.end() ? nullptr : &*found;
}

namespace {

// Texts and, where those are allowed, numbers.
std::optional<std::string> list_of_scalars(const LegacyValue& list, bool takes_numbers) {
  if (!list.is(ValueKind::array) || list.is_empty()) return std::nullopt;
  std::vector<std::string> elements;
  bool is_fit = true;
  list.each_element([&](const LegacyValue& one) {
    const bool is_number = takes_numbers && one.integer().has_value();
    is_fit = is_fit && (is_number || one.is(ValueKind::string));
    elements.push_back(is_number ? std::to_string(*one.integer()) : rendering::quoted_text(one.text()));
  });
  return is_fit ? std::optional(list_of(elements)) : std::nullopt;
}

}  // namespace

std::optional<std::string> expression_of(const AttributeSchema& schema, const LegacyValue& value) {
  switch (schema.type) {
    case ValueType::boolean:
      if (const auto truth = value.truth()) return *truth ? "true" : "false";
      break;
    case ValueType::integer: {
      const auto number = value.integer();
      const auto approximately = static_cast<double>(number.value_or(0));
      const bool is_within = !schema.bounds.given ||
                             (approximately >= schema.bounds.least && approximately <= schema.bounds.most);
      if (number && is_within) return std::to_string(*number);
      break;
    }
    case ValueType::string:
      if (value.is(ValueKind::string)) return rendering::quoted_text(value.text());
      break;
    case ValueType::any:
    case ValueType::string_list: return list_of_scalars(value, schema.type == ValueType::any);
    default: break;
  }
  return std::nullopt;
}

void offer_setting(const LegacyValue& value, const AttributeSchema& schema, BlockNumber block,
                   const Path& path, Context& context) {
  if (value.is(ValueKind::string) && Context::holds_secret(value.text()))
    return context.map_secret(value, context.block(block).label + "_" + std::string(schema.name), block,
                              path);
  auto expression = expression_of(schema, value);
  if (!expression) return context.keep(value, "the setting cannot have this value");
  const bool is_same = (schema.type == ValueType::boolean && value.is(ValueKind::boolean)) ||
                       (schema.type == ValueType::integer && value.is(ValueKind::number)) ||
                       schema.type == ValueType::string;
  if (!value.is(ValueKind::array))
    return context.offer(value, block, path, *std::move(expression),
                         is_same ? Outcome::mapped : Outcome::converted);
  if (context.is_outweighed(value, block, path, *expression)) return;
  context.block(block).set(path, *std::move(expression));
  context.claim_all(value, Outcome::mapped, block, path);
}

}  // namespace honua::migration
