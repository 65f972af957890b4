// SPDX-License-Identifier: MIT
#include "config/json_schema_writer.h"

#include <algorithm>
#include <cctype>

#include "config/literal.h"

namespace honua::config {

namespace {

// `${`, unless a further `$` makes it plain text.
constexpr std::string_view expression_regex = R"((^|[^$])\$\{)";
constexpr std::string_view not_blank_regex = R"(\S)";

bool is_required_text(const AttributeSchema& attribute) {
  return attribute.required &&
         (attribute.type == ValueType::string || attribute.type == ValueType::reference);
}

std::string path_of(std::string_view path, std::string_view name) {
  return std::string(path) + "." + std::string(name);
}

// What `service.x` may not start with where a cache is expected.
std::string other_blocks_regex(BlockType target) {
  std::string words = "var";
  for (const BlockSchema& block : block_schemas()) {
    if (block.type != target) words += "|" + std::string(block.keyword);
  }
  return "^(" + words + R"()\.)";
}

}  // namespace

std::string any_case(std::string_view word) {
  std::string regex;
  for (const char c : word) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalpha(byte) == 0) {
      regex += c;
      continue;
    }
    regex += '[';
    regex += static_cast<char>(std::toupper(byte));
    regex += static_cast<char>(std::tolower(byte));
    regex += ']';
  }
  return regex;
}

void JsonSchemaWriter::reference(std::string_view definition) {
  text("$ref", "#/$defs/" + std::string(definition));
}

void JsonSchemaWriter::type(std::string_view names) {
  json_.key("type");
  if (names.find(' ') == std::string_view::npos) return json_.string(names);
  json_.begin_array();
  while (!names.empty()) {
    const std::size_t end = std::min(names.find(' '), names.size());
    json_.string(names.substr(0, end));
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  json_.end_array();
}

void JsonSchemaWriter::texts(std::string_view key, std::span<const std::string_view> values) {
  json_.key(key).begin_array();
  for (const std::string_view one : values) json_.string(one);
  json_.end_array();
}

void JsonSchemaWriter::expression_pattern() { text("pattern", expression_regex); }

// --- attributes

void JsonSchemaWriter::property(const AttributeSchema& one, std::string_view path) {
  json_.key(one.name);
  attribute(one, path, "");
  if (one.alias.empty()) return;
  json_.key(one.alias);
  attribute(one, path, one.name);
}

void JsonSchemaWriter::attribute(const AttributeSchema& one, std::string_view path,
                                 std::string_view alias_of) {
  json_.begin_object();
  annotations(one, alias_of);
  value(one, path);
  json_.end_object();
}

void JsonSchemaWriter::annotations(const AttributeSchema& one, std::string_view alias_of) {
  std::string description(one.description);
  if (!one.unit.empty()) description += "; in " + std::string(one.unit);
  if (!alias_of.empty()) description += "; another spelling of `" + std::string(alias_of) + "`";
  text("description", description);
  if (!one.unit.empty()) text("x-unit", one.unit);
  if (!alias_of.empty()) json_.key("deprecated").boolean(true);
  if (one.default_value.empty()) return;
  json_.key("default");
  write_literal(one.default_value, json_);
}

void JsonSchemaWriter::value(const AttributeSchema& one, std::string_view path) {
  switch (one.type) {
    case ValueType::any: return;
    case ValueType::string: return string_value(one, !one.required);
    case ValueType::boolean: type("boolean string null"); return expression_pattern();
    case ValueType::integer:
    case ValueType::number: return number_value(one);
    case ValueType::reference: return reference_value(one, !one.required);
    case ValueType::string_list:
    case ValueType::reference_list: return list_value(one);
    case ValueType::object: return object_value(path_of(path, one.name), true);
    case ValueType::object_map:
    case ValueType::string_map: return map_value(one, path_of(path, one.name));
  }
}

// The words stand in an `enum` where they are all, and beside a schema that
// accepts any text where they are not: editors propose them either way.
void JsonSchemaWriter::string_value(const AttributeSchema& one, bool or_null) {
  if (one.values.empty()) {
    type(or_null ? "string null" : "string");
    if (is_required_text(one)) text("pattern", not_blank_regex);
    return;
  }
  json_.key("anyOf").begin_array();
  json_.begin_object();
  texts("enum", one.values);
  json_.end_object();
  json_.begin_object();
  type(or_null ? "string null" : "string");
  if (one.values_are_all) {
    std::string words;
    for (const std::string_view word : one.values)
      words += (words.empty() ? "" : "|") + (one.case_matters ? std::string(word) : any_case(word));
    text("pattern", "^(" + words + ")$|" + std::string(expression_regex));
  } else if (is_required_text(one)) {
    text("pattern", not_blank_regex);
  }
  json_.end_object();
  json_.end_array();
}

void JsonSchemaWriter::number_value(const AttributeSchema& one) {
  type(one.type == ValueType::integer ? "integer string null" : "number string null");
  if (one.bounds.given) {
    json_.key("minimum").number(one.bounds.least);
    json_.key("maximum").number(one.bounds.most);
  }
  expression_pattern();
}

void JsonSchemaWriter::reference_value(const AttributeSchema& one, bool or_null) {
  type(or_null ? "string null" : "string");
  if (is_required_text(one)) text("pattern", not_blank_regex);
  json_.key("not").begin_object();
  type("string");
  text("pattern", other_blocks_regex(one.target));
  json_.end_object();
}

void JsonSchemaWriter::list_value(const AttributeSchema& one) {
  type("array string null");
  json_.key("items").begin_object();
  if (one.type == ValueType::reference_list) {
    reference_value(one, false);
  } else {
    string_value(one, false);
  }
  json_.end_object();
  expression_pattern();
}

// An object, or an array of one: how HCL's JSON form may write a block.
void JsonSchemaWriter::object_value(std::string_view definition, bool or_null) {
  type(or_null ? "object array string null" : "object array string");
  reference(definition);
  json_.key("items").begin_object();
  type("object");
  reference(definition);
  json_.end_object();
  json_.key("minItems").integer(1);
  json_.key("maxItems").integer(1);
  expression_pattern();
}

void JsonSchemaWriter::map_value(const AttributeSchema& one, std::string_view definition) {
  const bool objects = one.type == ValueType::object_map;
  type(objects ? "object array string null" : "object string null");
  json_.key("additionalProperties").begin_object();
  if (objects) {
    object_value(definition, true);
  } else {
    type("string null");
  }
  json_.end_object();
  if (objects) {
    json_.key("items").begin_object();
    type("object");
    reference(std::string(definition) + ".named");
    json_.end_object();
  }
  expression_pattern();
}

// --- objects

void JsonSchemaWriter::members(std::span<const AttributeSchema> attributes, std::string_view path) {
  json_.key("properties").begin_object();
  json_.key("//").begin_object();
  text("description", "a comment");
  json_.end_object();
  for (const AttributeSchema& one : attributes) property(one, path);
  json_.end_object();
  required(attributes);
  json_.key("additionalProperties").boolean(false);
}

void JsonSchemaWriter::required(std::span<const AttributeSchema> attributes) {
  std::vector<std::string_view> names;
  std::vector<const AttributeSchema*> with_alias;
  for (const AttributeSchema& one : attributes) {
    if (!one.required) continue;
    if (one.alias.empty()) {
      names.push_back(one.name);
    } else {
      with_alias.push_back(&one);
    }
  }
  if (!names.empty()) texts("required", names);
  if (with_alias.empty()) return;
  json_.key("allOf").begin_array();
  for (const AttributeSchema* one : with_alias) {
    json_.begin_object();
    json_.key("anyOf").begin_array();
    for (const std::string_view spelling : {one->name, one->alias}) {
      json_.begin_object();
      texts("required", std::span(&spelling, 1));
      json_.end_object();
    }
    json_.end_array();
    json_.end_object();
  }
  json_.end_array();
}

void JsonSchemaWriter::nested_definitions(std::span<const AttributeSchema> attributes,
                                          std::string_view path) {
  for (const AttributeSchema& one : attributes) {
    if (one.nested == nullptr) continue;
    const std::string name = path_of(path, one.name);
    const auto inner = one.nested->attributes;
    json_.key(name).begin_object();
    text("title", one.nested->name);
    text("description", one.nested->description);
    members(inner, name);
    json_.end_object();
    if (one.type == ValueType::object_map) {
      // `[{"name": "id", "type": "int"}]` is another spelling of the map.
      static constexpr AttributeSchema key{
          .name = "name", .type = ValueType::string, .description = "the key", .required = true};
      std::vector<AttributeSchema> named = {key};
      named.insert(named.end(), inner.begin(), inner.end());
      json_.key(name + ".named").begin_object();
      text("title", one.nested->name);
      text("description", one.nested->description);
      members(named, name);
      json_.end_object();
    }
    nested_definitions(inner, name);
  }
}

}  // namespace honua::config
