// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/schema.h"
#include "text/json_writer.h"

namespace honua::config {

// The parts that a JSON Schema of the tables is built from: attributes and
// objects. An object's members stand in `$defs` under the object's path, such
// as `layer.geometry`, without saying that it is an object: `type` and `$ref`
// side by side keep what validators report short.
class JsonSchemaWriter {
 public:
  explicit JsonSchemaWriter(text::JsonWriter& json) : json_(json) {}

  // An attribute of the object with this path, with its name and its alias.
  void property(const AttributeSchema& one, std::string_view path);
  // The members `properties`, `required` and `additionalProperties` of an object.
  void members(std::span<const AttributeSchema> attributes, std::string_view path);
  // The definitions of everything nested in these attributes.
  void nested_definitions(std::span<const AttributeSchema> attributes, std::string_view path);

  // An object with this definition: also an array of one, or a text with an expression.
  void object_value(std::string_view definition, bool or_null);
  void text(std::string_view key, std::string_view value) { json_.key(key).string(value); }
  void reference(std::string_view definition);
  // `"type": ...` with one or several names, separated by spaces.
  void type(std::string_view names);
  void texts(std::string_view key, std::span<const std::string_view> values);
  // That a text must be an expression; says nothing of other values.
  void expression_pattern();

 private:
  void attribute(const AttributeSchema& one, std::string_view path, std::string_view alias_of);
  void annotations(const AttributeSchema& one, std::string_view alias_of);
  void value(const AttributeSchema& one, std::string_view path);
  void string_value(const AttributeSchema& one, bool or_null);
  void number_value(const AttributeSchema& one);
  void reference_value(const AttributeSchema& one, bool or_null);
  void list_value(const AttributeSchema& one);
  void map_value(const AttributeSchema& one, std::string_view definition);
  void required(std::span<const AttributeSchema> attributes);

  text::JsonWriter& json_;
};

// A regular expression for one of the words, whatever the case of its letters.
[[nodiscard]] std::string any_case(std::string_view word);

}  // namespace honua::config
