// SPDX-License-Identifier: MIT
#include "config/json_schema.h"

#include <algorithm>
#include <utility>

#include "config/json_schema_writer.h"

namespace honua::config {

namespace {

constexpr std::string_view dialect = "https://json-schema.org/draft/2020-12/schema";
constexpr std::string_view schema_id = "urn:honua:schema:configuration";

bool is_nested(const AttributeSchema& attribute) {
  return attribute.nested != nullptr || attribute.name == "settings";
}

// Whether the settings of some service type have an attribute of this name:
// then theirs counts, and not the one that all services have.
bool is_shadowed(const AttributeSchema& attribute) {
  return std::ranges::any_of(service_types(), [&](const ServiceType& type) {
    return type.settings.find(attribute.name) != nullptr;
  });
}

class ConfigurationSchema {
 public:
  std::string write() {
    json_.begin_object();
    schema_.text("$schema", dialect);
    schema_.text("$id", schema_id);
    schema_.text("title", "Configuration of a Honua geospatial server");
    schema_.text(
        "description",
        "A configuration in HCL's JSON form: blocks are members, their labels nested objects. A text "
        "with `${` is an expression.");
    object_or_array("configuration", 0);
    definitions();
    json_.end_object();
    return std::move(json_).take() + "\n";
  }

 private:
  // An object, or an array of such objects; at most so many unless 0.
  void object_or_array(std::string_view definition, int max_items) {
    schema_.type("object array");
    schema_.reference(definition);
    json_.key("items").begin_object();
    schema_.type("object");
    schema_.reference(definition);
    json_.end_object();
    if (max_items > 0) json_.key("maxItems").integer(max_items);
  }

  void definitions() {
    json_.key("$defs").begin_object();
    configuration();
    for (const BlockSchema& block : block_schemas()) {
      if (block.type == BlockType::import) continue;
      if (block.labelled) labels(block);
      if (block.type == BlockType::service) {
        services(block);
      } else {
        body(block);
      }
      schema_.nested_definitions(block.body.attributes, block.keyword);
    }
    json_.end_object();
  }

  void configuration() {
    json_.key("configuration").begin_object();
    json_.key("properties").begin_object();
    json_.key("//").begin_object();
    schema_.text("description", "a comment");
    json_.end_object();
    for (const BlockSchema& block : block_schemas()) {
      // Nothing reads it: the validator refuses it.
      if (block.type == BlockType::import) continue;
      block_member(block, block.keyword);
      if (block.type == BlockType::variable) block_member(block, "var");
    }
    json_.end_object();
    json_.key("additionalProperties").boolean(false);
    json_.end_object();
  }

  void block_member(const BlockSchema& block, std::string_view keyword) {
    json_.key(keyword).begin_object();
    schema_.text("description", block.body.description);
    const std::string name(block.keyword);
    if (block.labelled) {
      object_or_array(name + ".labels", 0);
    } else {
      object_or_array(name, 1);
    }
    json_.end_object();
  }

  // Objects of bodies by label. A label that is given twice is an error.
  void labels(const BlockSchema& block) {
    json_.key(std::string(block.keyword) + ".labels").begin_object();
    if (block.type == BlockType::service) {
      json_.key("patternProperties").begin_object();
      for (const ServiceType& type : service_types()) {
        json_.key("^(" + names_of(type) + ")$").begin_object();
        object_or_array("service.labelled." + std::string(type.id), 1);
        json_.end_object();
      }
      json_.end_object();
    }
    json_.key("additionalProperties").begin_object();
    object_or_array(block.keyword, 1);
    json_.end_object();
    json_.end_object();
  }

  void body(const BlockSchema& block) {
    json_.key(block.keyword).begin_object();
    schema_.text("title", block.keyword);
    schema_.text("description", block.body.description);
    schema_.members(block.body.attributes, block.keyword);
    json_.end_object();
  }

  // --- services: open, for they may have settings that no table knows

  static std::string names_of(const ServiceType& type) {
    std::string regex = any_case(type.id);
    std::string_view rest = type.aliases;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      regex += "|" + any_case(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return regex;
  }

  void services(const BlockSchema& block) {
    by_type();
    common(block);
    for (const ServiceType& type : service_types()) {
      by_label(type);
      settings(block, type);
      service_type(block, type);
    }
  }

  // Where the label names no type, `type` does.
  void by_type() {
    json_.key("service").begin_object();
    schema_.text("title", "service");
    static constexpr std::string_view type_name[] = {"type"};
    schema_.texts("required", type_name);
    json_.key("allOf").begin_array();
    json_.begin_object();
    schema_.reference("service.common");
    json_.end_object();
    for (const ServiceType& type : service_types()) {
      json_.begin_object();
      json_.key("if").begin_object();
      json_.key("properties").begin_object();
      json_.key("type").begin_object();
      schema_.type("string");
      schema_.text("pattern", "^(" + names_of(type) + ")$");
      json_.end_object();
      json_.end_object();
      schema_.texts("required", type_name);
      json_.end_object();
      json_.key("then").begin_object();
      schema_.reference("service_type." + std::string(type.id));
      json_.end_object();
      json_.end_object();
    }
    json_.end_array();
    json_.end_object();
  }

  // `service "wfs"` is of that type unless it has another one.
  void by_label(const ServiceType& type) {
    json_.key("service.labelled." + std::string(type.id)).begin_object();
    json_.key("if").begin_object();
    static constexpr std::string_view type_name[] = {"type"};
    schema_.texts("required", type_name);
    json_.end_object();
    json_.key("then").begin_object();
    schema_.reference("service");
    json_.end_object();
    json_.key("else").begin_object();
    schema_.reference("service_type." + std::string(type.id));
    json_.end_object();
    json_.end_object();
  }

  // What all services have, flat or inside of `settings`.
  void common(const BlockSchema& block) {
    json_.key("service.common").begin_object();
    json_.key("properties").begin_object();
    for (const AttributeSchema& one : block.body.attributes) {
      if (one.name == "type") {
        type_attribute(one);
      } else if (!is_nested(one) && !is_shadowed(one)) {
        schema_.property(one, block.keyword);
      }
    }
    json_.end_object();
    json_.end_object();
  }

  void type_attribute(const AttributeSchema& type) {
    std::vector<std::string_view> ids;
    std::string names;
    for (const ServiceType& one : service_types()) {
      ids.push_back(one.id);
      names += (names.empty() ? "" : "|") + names_of(one);
    }
    json_.key(type.name).begin_object();
    schema_.text("description", type.description);
    json_.key("anyOf").begin_array();
    json_.begin_object();
    schema_.texts("enum", ids);
    json_.end_object();
    json_.begin_object();
    schema_.type("string");
    schema_.text("pattern", "^(" + names + ")$");
    json_.end_object();
    json_.begin_object();
    schema_.type("string");
    schema_.expression_pattern();
    json_.end_object();
    json_.end_array();
    json_.end_object();
  }

  void settings(const BlockSchema& block, const ServiceType& type) {
    json_.key("service_type." + std::string(type.id) + ".settings").begin_object();
    schema_.reference("service.common");
    json_.key("properties").begin_object();
    for (const AttributeSchema& one : type.settings.attributes) schema_.property(one, block.keyword);
    for (const AttributeSchema& one : block.body.attributes) {
      const bool own = type.settings.find(one.name) != nullptr;
      if (!own && is_shadowed(one)) schema_.property(one, block.keyword);
    }
    json_.end_object();
    json_.end_object();
  }

  void service_type(const BlockSchema& block, const ServiceType& type) {
    const std::string name = "service_type." + std::string(type.id);
    json_.key(name).begin_object();
    schema_.text("title", type.id);
    schema_.text("description", type.settings.description);
    schema_.reference(name + ".settings");
    json_.key("properties").begin_object();
    for (const AttributeSchema& one : block.body.attributes) {
      if (one.name == "settings") {
        json_.key(one.name).begin_object();
        schema_.text("description", one.description);
        schema_.object_value(name + ".settings", true);
        json_.end_object();
      } else if (is_nested(one)) {
        schema_.property(one, block.keyword);
      }
    }
    json_.end_object();
    json_.end_object();
  }

  text::JsonWriter json_{2};
  JsonSchemaWriter schema_{json_};
};

}  // namespace

std::string json_schema() { return ConfigurationSchema().write(); }

}  // namespace honua::config
