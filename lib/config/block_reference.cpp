// SPDX-License-Identifier: MIT
#include "config/block_reference.h"

#include <algorithm>
#include <utility>

#include "config/literal.h"
#include "config/schema.h"
#include "text/json_writer.h"
#include "text/words.h"

namespace honua::config {

namespace {

// Names for programs; describe() has words for messages.
std::string_view type_id(ValueType type) {
  switch (type) {
    case ValueType::any: return "any";
    case ValueType::string: return "string";
    case ValueType::boolean: return "boolean";
    case ValueType::integer: return "integer";
    case ValueType::number: return "number";
    case ValueType::string_list: return "string_list";
    case ValueType::reference: return "reference";
    case ValueType::reference_list: return "reference_list";
    case ValueType::object: return "object";
    case ValueType::object_map: return "object_map";
    case ValueType::string_map: return "string_map";
  }
  return "any";
}

// --- for people

std::string plain(double number) {
  text::JsonWriter json;
  json.number(number);
  return std::move(json).take();
}

std::string range_of(const Bounds& bounds) {
  if (bounds.most == int32_most) return " from " + plain(bounds.least);
  return " " + plain(bounds.least) + " to " + plain(bounds.most);
}

}  // namespace

std::string type_text(const AttributeSchema& one) {
  std::string type(describe(one.type));
  type.erase(std::remove(type.begin(), type.end(), '`'), type.end());
  const bool refers = one.type == ValueType::reference || one.type == ValueType::reference_list;
  if (refers) type += " to " + std::string(schema_of(one.target).keyword);
  if (one.bounds.given) type += range_of(one.bounds);
  if (!one.unit.empty()) type += ", in " + std::string(one.unit);
  if (!one.values.empty())
    type += (one.values_are_all ? " of: " : " such as: ") + text::join(one.values, ", ");
  if (one.required) type += "; required";
  if (!one.default_value.empty()) type += "; default " + std::string(one.default_value);
  if (!one.alias.empty()) type += "; also " + std::string(one.alias);
  if (!one.read_upstream) type += "; not read by the server's own parser";
  return type;
}

namespace {

void add_attributes(std::span<const AttributeSchema> attributes, std::size_t depth, std::string& out) {
  const std::string indent(2 * depth, ' ');
  for (const AttributeSchema& one : attributes) {
    out += indent + std::string(one.name) + ": " + std::string(one.description) + '\n';
    out += indent + "    " + type_text(one) + '\n';
    if (one.nested != nullptr) add_attributes(one.nested->attributes, depth + 1, out);
  }
}

void add_services(std::string& out) {
  for (const ServiceType& type : service_types()) {
    out += "\nservice of type " + std::string(type.id);
    if (!type.aliases.empty()) out += ", also " + std::string(type.aliases);
    out +=
        ": " + std::string(type.settings.description) + "; answers at " + std::string(type.base_path) + '\n';
    add_attributes(type.settings.attributes, 1, out);
  }
}

// --- for programs

void write_attributes(std::span<const AttributeSchema> attributes, text::JsonWriter& json);

void write_words(std::string_view key, std::span<const std::string_view> words, text::JsonWriter& json) {
  json.key(key).begin_array();
  for (const std::string_view word : words) json.string(word);
  json.end_array();
}

void write_attribute(const AttributeSchema& one, text::JsonWriter& json) {
  json.begin_object();
  json.key("name").string(one.name);
  json.key("type").string(type_id(one.type));
  json.key("description").string(one.description);
  json.key("required").boolean(one.required);
  json.key("read_upstream").boolean(one.read_upstream);
  if (!one.alias.empty()) json.key("alias").string(one.alias);
  if (one.type == ValueType::reference || one.type == ValueType::reference_list)
    json.key("target").string(schema_of(one.target).keyword);
  if (!one.default_value.empty()) {
    json.key("default");
    write_literal(one.default_value, json);
  }
  if (!one.unit.empty()) json.key("unit").string(one.unit);
  if (one.bounds.given) {
    json.key("minimum").number(one.bounds.least);
    json.key("maximum").number(one.bounds.most);
  }
  if (!one.values.empty()) {
    write_words("values", one.values, json);
    json.key("values_are_all").boolean(one.values_are_all);
    json.key("case_matters").boolean(one.case_matters);
  }
  if (one.nested != nullptr) write_attributes(one.nested->attributes, json);
  json.end_object();
}

void write_attributes(std::span<const AttributeSchema> attributes, text::JsonWriter& json) {
  json.key("attributes").begin_array();
  for (const AttributeSchema& one : attributes) write_attribute(one, json);
  json.end_array();
}

void write_service_type(const ServiceType& type, text::JsonWriter& json) {
  json.begin_object();
  json.key("id").string(type.id);
  json.key("aliases").begin_array();
  std::string_view rest = type.aliases;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    json.string(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  json.end_array();
  json.key("description").string(type.settings.description);
  json.key("base_path").string(type.base_path);
  write_attributes(type.settings.attributes, json);
  json.end_object();
}

}  // namespace

std::string block_reference() {
  std::string out;
  for (const BlockSchema& block : block_schemas()) {
    if (!out.empty()) out += '\n';
    out += std::string(block.keyword) + (block.labelled ? " \"NAME\"" : "") + ": " +
           std::string(block.body.description) + '\n';
    if (!block.read_upstream) out += "    not read by the server's own parser\n";
    add_attributes(block.body.attributes, 1, out);
    if (block.type == BlockType::service) add_services(out);
  }
  return out;
}

std::string block_reference_json() {
  text::JsonWriter json(2);
  json.begin_object();
  json.key("version").integer(1);
  json.key("blocks").begin_array();
  for (const BlockSchema& block : block_schemas()) {
    json.begin_object();
    json.key("name").string(block.keyword);
    json.key("labelled").boolean(block.labelled);
    json.key("description").string(block.body.description);
    json.key("read_upstream").boolean(block.read_upstream);
    write_attributes(block.body.attributes, json);
    json.end_object();
  }
  json.end_array();
  json.key("service_types").begin_array();
  for (const ServiceType& type : service_types()) write_service_type(type, json);
  json.end_array();
  json.end_object();
  return std::move(json).take() + "\n";
}

}  // namespace honua::config
