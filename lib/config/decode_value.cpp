// SPDX-License-Identifier: MIT
#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "config/decoder.h"
#include "config/rules.h"
#include "evaluation/conversion.h"
#include "evaluation/traversal.h"
#include "text/sanitize.h"

// From expressions to settings. Literals, which nearly everything is, are read
// from the tree; the rest is evaluated.
namespace honua::config {

using evaluation::Value;
using evaluation::ValueKind;
using syntax::NodeKind;

namespace {

// So many digits are exact in a double.
constexpr std::size_t max_quick_digits = 15;

// In HCL's JSON form a block may be an object or an array of objects; of those
// that may stand only once, an array of one.
std::optional<syntax::Expression> block_in_array(syntax::Expression tuple) {
  const syntax::Tree& tree = tuple.tree();
  if (tree.node(tree.root()).kind == NodeKind::body || tuple.child_count() != 1) return std::nullopt;
  const syntax::Expression only = tuple.child(0);
  return only.kind() == NodeKind::object ? std::optional(only) : std::nullopt;
}

ValueType element_type(ValueType type) {
  switch (type) {
    case ValueType::string_list: return ValueType::string;
    case ValueType::reference_list: return ValueType::reference;
    default: return ValueType::any;
  }
}

}  // namespace

void Decoder::decode_value(Expression value, const AttributeSchema* schema, ValueType type, Setting& out) {
  value = syntax::without_parentheses(value);
  out.range = value.range();
  switch (value.kind()) {
    case NodeKind::invalid: return;
    case NodeKind::tuple:
      if (type == ValueType::object) {
        if (const auto block = block_in_array(value)) return decode_object(*block, schema, type, out);
      }
      return decode_list(value, schema, type, out);
    case NodeKind::object: return decode_object(value, schema, type, out);
    default: break;
  }
  if (decode_literal(value, out)) return;
  if ((type == ValueType::reference || type == ValueType::reference_list) &&
      decode_reference(value, schema, out))
    return;
  evaluate(value, schema, type, out);
}

bool Decoder::decode_literal(Expression value, Setting& out) {
  switch (value.kind()) {
    case NodeKind::null: out.set_null(); return true;
    case NodeKind::boolean: out.set(value.data().detail == 1); return true;
    case NodeKind::number: {
      const std::string_view text = value.text();
      if (text.size() > max_quick_digits) return false;
      double number = 0;
      for (const char c : text) {
        if (c < '0' || c > '9') return false;
        number = number * 10 + (c - '0');
      }
      out.set(number);
      return true;
    }
    case NodeKind::string_template: {
      if (!evaluation::is_trivially_valid(value)) return false;
      if (const auto text = syntax::verbatim_string(value)) {
        out.set_text(*text);
      } else {
        out.set_text(configuration_.keep(syntax::plain_string_value(value)));
      }
      return true;
    }
    default: return false;
  }
}

// `data_source.db`, `data_source["db"]`, `db`.
bool Decoder::decode_reference(Expression value, const AttributeSchema* schema, Setting& out) {
  const auto traversal = evaluation::static_traversal(value);
  if (!traversal) return false;
  const BlockSchema* block = find_block_schema(traversal->root);
  if (traversal->steps.empty() && block == nullptr && traversal->root != "env") {
    out.set_reference(schema->target, configuration_.keep(traversal->root));
    return true;
  }
  if (block == nullptr || !block->labelled || block->type == BlockType::variable) return false;
  if (traversal->steps.size() != 1 || traversal->steps[0].index.has_value()) return false;
  out.set_reference(block->type, configuration_.keep(traversal->steps[0].name));
  return true;
}

// `null` stands for an attribute that is not given; an element is there.
void Decoder::check_element(const AttributeSchema* schema, ValueType type, Setting& element) {
  if (!element.is(SettingKind::null) || type == ValueType::any) return check_type(schema, type, element);
  report_type(element, type, {});
  element.set_unknown();
}

void Decoder::decode_list(Expression tuple, const AttributeSchema* schema, ValueType type, Setting& out) {
  Gathered elements(stack_);
  const ValueType wanted = type == ValueType::object_map ? ValueType::any : element_type(type);
  const AttributeSchema* element_schema = wanted == ValueType::reference ? schema : nullptr;
  for (const Expression element : tuple) {
    Setting made;
    made.range = element.range();
    decode_value(element, element_schema, wanted, made);
    check_element(element_schema, wanted, made);
    elements.add(made);
  }
  out.set_items(SettingKind::list, configuration_.keep(elements.settings()));
  if (type == ValueType::object_map) named_list_to_map(schema, out);
}

void Decoder::report_unnamed(const Setting& element, const Setting* name, const AttributeSchema& schema) {
  if (!element.is_known()) return;
  if (!element.is(SettingKind::object)) {
    context_.sink
        .report(rules::wrong_type, element.range,
                "an element of " + text::quoted(schema.name) + " must be an object, found " +
                    std::string(describe(element.kind)))
        .suggest("write `" + std::string(schema.name) + " = { NAME = { ... } }`");
    return;
  }
  if (name != nullptr) return report_type(*name, ValueType::string, "name");
  context_.sink
      .report(rules::wrong_type, element.range,
              "an element of " + text::quoted(schema.name) + " has no " + text::quoted("name"))
      .suggest("add `name = \"...\"`, or write a map: `" + std::string(schema.name) +
               " = { NAME = { ... } }`");
}

// `fields = [{ name = "id", type = "int" }]` is the map with these names.
void Decoder::named_list_to_map(const AttributeSchema* schema, Setting& out) {
  std::vector<Setting> members;
  NamePositions positions;
  for (const Setting& element : out.items()) {
    const Setting* name = element.find("name");
    // Names are printed: none may come from the environment.
    if (name != nullptr && (name->sensitive || !name->is_known())) return out.set_unknown();
    if (name == nullptr || !name->is(SettingKind::text)) {
      report_unnamed(element, name, *schema);
      return out.set_unknown();
    }
    Setting member = element;
    member.set_name(configuration_.keep_name(*name->text()));
    member.set_name_range(name->range);
    std::vector<Setting> attributes;
    for (Setting attribute : element.items()) {
      if (attribute.name() == "name") continue;
      const AttributeSchema* known = look_up({schema->nested, nullptr, false, schema->nested->name},
                                             attribute.name(), attribute.name_range());
      if (known == nullptr) continue;
      attribute.set_schema(known);
      check_type(known, known->type, attribute);
      attributes.push_back(attribute);
    }
    member.set_items(SettingKind::object, configuration_.keep(attributes));
    const std::size_t earlier = positions.find(member.name(), members);
    if (earlier == members.size()) {
      members.push_back(member);
    } else {
      report_twice(members[earlier], member, member.name_range());
    }
  }
  out.set_items(SettingKind::object, configuration_.keep(members));
}

// Whether no key is computed and none is given twice.
bool Decoder::has_fixed_keys(Expression object) {
  keys_.clear();
  for (const Expression item : object) {
    if (item.kind() != NodeKind::object_item) continue;
    const Expression key = item.child(0);
    if (key.kind() == NodeKind::identifier) {
      keys_.push_back(key.text());
    } else if (const auto name = syntax::verbatim_string(key)) {
      keys_.push_back(*name);
    } else if (key.is_plain_string()) {
      keys_.push_back(configuration_.keep(syntax::plain_string_value(key)));
    } else {
      return false;
    }
  }
  std::sort(keys_.begin(), keys_.end());
  return std::adjacent_find(keys_.begin(), keys_.end()) == keys_.end();
}

void Decoder::decode_object(Expression object, const AttributeSchema* schema, ValueType type, Setting& out) {
  // Other keys are the evaluator's business.
  if (!has_fixed_keys(object)) return evaluate(object, schema, type, out);
  const BodySource body(object);
  if (type == ValueType::object && schema != nullptr) {
    out.set_items(SettingKind::object, decode_nested(body, schema->nested, schema->nested->name));
    return;
  }
  decode_map(body, schema, type, out);
}

std::optional<Value> Decoder::compute(Expression value) {
  Value result = evaluation::evaluate(value, context_);
  // What is left of a broken expression has a value that nobody meant.
  if (has_syntax_error(value.range())) return std::nullopt;
  if (!evaluation::spend_on_copy(result, value.range(), context_)) return std::nullopt;
  return result;
}

void Decoder::evaluate(Expression value, const AttributeSchema* schema, ValueType type, Setting& out) {
  const auto result = compute(value);
  if (!result) return out.set_unknown();
  from_value(*result, value.range(), schema, type, out);
}

std::optional<std::string> Decoder::text_of(Expression value) {
  if (value.is_plain_string()) return syntax::plain_string_value(value);
  const auto result = compute(value);
  if (!result || result->kind() != ValueKind::string || result->is_sensitive()) return std::nullopt;
  return result->as_string();
}

void Decoder::decode_settings(Expression value, const Shape& around, Setting& out) {
  value = syntax::without_parentheses(value);
  if (value.kind() == NodeKind::tuple) value = block_in_array(value).value_or(value);
  out.range = value.range();
  if (value.kind() == NodeKind::object && has_fixed_keys(value))
    return out.set_items(SettingKind::object, decode_kept(BodySource(value), settings_of(around)));
  const auto result = compute(value);
  if (!result || result->is_sensitive()) return out.set_unknown();
  if (result->kind() == ValueKind::object || result->kind() == ValueKind::map)
    return from_settings(*result, around, out);
  from_value(*result, value.range(), nullptr, ValueType::any, out);
  check_type(nullptr, ValueType::object, out);
}

void Decoder::from_settings(const Value& value, const Shape& around, Setting& out) {
  std::vector<Setting> members;
  for (const evaluation::Member& member : value.members()) {
    const AttributeSchema* known = look_up(around, member.key, out.range);
    Setting made = make({member.key, out.range}, known);
    const ValueType type = known != nullptr ? known->type : ValueType::any;
    from_value(member.value, out.range, known, type, made);
    check_type(known, type, made);
    members.push_back(made);
  }
  out.set_items(SettingKind::object, configuration_.keep(members));
}

void Decoder::from_value(const Value& value, source::SourceRange range, const AttributeSchema* schema,
                         ValueType type, Setting& out) {
  out.range = range;
  out.sensitive = value.is_sensitive();
  switch (value.kind()) {
    case ValueKind::null: return out.set_null();
    case ValueKind::unknown: return out.set_unknown();
    case ValueKind::boolean: return out.set(value.as_boolean());
    case ValueKind::number: return out.set(value.as_number().to_double());
    case ValueKind::string: return out.set_text(configuration_.keep(value.as_string()));
    case ValueKind::tuple:
    case ValueKind::list:
    case ValueKind::set: {
      std::vector<Setting> elements;
      const ValueType wanted = element_type(type);
      const AttributeSchema* element_schema = wanted == ValueType::reference ? schema : nullptr;
      for (const Value& element : value.elements()) {
        Setting made;
        from_value(element.with_sensitive(out.sensitive || element.is_sensitive()), range, element_schema,
                   wanted, made);
        check_element(element_schema, wanted, made);
        elements.push_back(made);
      }
      out.set_items(SettingKind::list, configuration_.keep(elements));
      if (type == ValueType::object_map && schema != nullptr) named_list_to_map(schema, out);
      return;
    }
    case ValueKind::object:
    case ValueKind::map:
      // The names of its members are secrets as well: no message may hold them.
      if (out.sensitive) return out.set_unknown();
      return from_members(value, schema, type, out);
  }
}

void Decoder::from_members(const Value& value, const AttributeSchema* schema, ValueType type, Setting& out) {
  std::vector<Setting> members;
  const bool nested = type == ValueType::object && schema != nullptr;
  for (const evaluation::Member& member : value.members()) {
    const AttributeSchema* known =
        nested ? look_up({schema->nested, nullptr, false, schema->nested->name}, member.key, out.range)
               : nullptr;
    if (nested && known == nullptr) continue;
    Setting made = make({member.key, out.range}, known);
    const ValueType member_type = known != nullptr                ? known->type
                                  : type == ValueType::object_map ? ValueType::object
                                  : type == ValueType::string_map ? ValueType::string
                                                                  : ValueType::any;
    const AttributeSchema* member_schema = type == ValueType::object_map ? schema : known;
    from_value(member.value, out.range, member_schema, member_type, made);
    check_type(member_schema, member_type, made);
    members.push_back(made);
  }
  out.set_items(SettingKind::object, configuration_.keep(members));
}

}  // namespace honua::config
