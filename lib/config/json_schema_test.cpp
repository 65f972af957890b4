// SPDX-License-Identifier: MIT
// What the schema accepts is tested by scripts/check-schemas: here is no
// validator of JSON Schema.
#include "config/json_schema.h"

#include <set>
#include <string>

#include <doctest/doctest.h>

#include "config/block_reference.h"
#include "config/json_schema_writer.h"
#include "config/literal.h"

namespace honua::config {

namespace {

std::string literal_as_json(std::string_view literal) {
  text::JsonWriter json;
  write_literal(literal, json);
  return std::move(json).take();
}

void check_defaults(std::span<const AttributeSchema> attributes) {
  for (const AttributeSchema& one : attributes) {
    CAPTURE(one.name);
    if (!one.default_value.empty()) {
      std::string plain(one.default_value);
      std::erase(plain, ' ');
      std::string json = literal_as_json(one.default_value);
      std::erase(json, ' ');
      CHECK(json == plain);
    }
    if (one.nested != nullptr) check_defaults(one.nested->attributes);
  }
}

}  // namespace

TEST_CASE("literals become JSON") {
  CHECK(literal_as_json("true") == "true");
  CHECK(literal_as_json("10.81") == "10.81");
  CHECK(literal_as_json("-1") == "-1");
  CHECK(literal_as_json("\"a b\"") == "\"a b\"");
  CHECK(literal_as_json("[]") == "[]");
  CHECK(literal_as_json("[\"a\", \"b\"]") == "[\"a\",\"b\"]");
}

TEST_CASE("every default in the tables is a literal") {
  for (const BlockSchema& block : block_schemas()) check_defaults(block.body.attributes);
  for (const ServiceType& type : service_types()) check_defaults(type.settings.attributes);
}

TEST_CASE("every reference within the schema leads to a definition that is there once") {
  const std::string schema = json_schema();
  std::set<std::string> wanted;
  static constexpr std::string_view start = "\"$ref\": \"#/$defs/";
  for (std::size_t at = schema.find(start); at != std::string::npos; at = schema.find(start, at + 1)) {
    const std::size_t begin = at + start.size();
    wanted.insert(schema.substr(begin, schema.find('"', begin) - begin));
  }
  CHECK(wanted.size() > 40);
  for (const std::string& name : wanted) {
    CAPTURE(name);
    const std::string definition = "\n    \"" + name + "\": {";
    const std::size_t first = schema.find(definition);
    CHECK(first != std::string::npos);
    CHECK(schema.find(definition, first + 1) == std::string::npos);
  }
}

TEST_CASE("words are matched whatever the case of their letters") {
  CHECK(any_case("ogc-2") == "[Oo][Gg][Cc]-2");
}

TEST_CASE("the block reference tells of every block and service type") {
  const std::string text = block_reference();
  const std::string json = block_reference_json();
  for (const BlockSchema& block : block_schemas()) {
    CHECK(("\n" + text).find("\n" + std::string(block.keyword)) != std::string::npos);
    CHECK(json.find("\"name\": \"" + std::string(block.keyword) + "\"") != std::string::npos);
  }
  for (const ServiceType& type : service_types()) {
    CHECK(text.find("\nservice of type " + std::string(type.id)) != std::string::npos);
    CHECK(json.find("\"id\": \"" + std::string(type.id) + "\"") != std::string::npos);
  }
}

}  // namespace honua::config
