// SPDX-License-Identifier: MIT
#include "config/schema.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/assert.h"
#include "config/name.h"
#include "config/schema_tables.h"

namespace honua::config {

namespace {

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

bool same_word(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::string_view describe(ValueType type) {
  switch (type) {
    case ValueType::any: return "a value";
    case ValueType::string: return "a string";
    case ValueType::boolean: return "`true` or `false`";
    case ValueType::integer: return "a whole number";
    case ValueType::number: return "a number";
    case ValueType::string_list: return "a list of strings";
    case ValueType::reference: return "a reference";
    case ValueType::reference_list: return "a list of references";
    case ValueType::object: return "an object";
    case ValueType::object_map: return "a map of objects";
    case ValueType::string_map: return "a map of strings";
  }
  return "a value";
}

const AttributeSchema* ObjectSchema::find(std::string_view wanted) const {
  for (const AttributeSchema& attribute : attributes) {
    if (is_same_name(attribute.name, wanted) || is_same_name(attribute.alias, wanted)) return &attribute;
  }
  return nullptr;
}

std::span<const BlockSchema> block_schemas() {
  static const std::array<BlockSchema, block_type_count> schemas = {{
      {BlockType::honua,
       "honua",
       false,
       {"honua", tables::honua_attributes, "settings of the whole server"},
       true},
      {BlockType::data_source,
       "data_source",
       true,
       {"data_source", tables::data_source_attributes, "a database"},
       true},
      {BlockType::service,
       "service",
       true,
       {"service", tables::service_attributes, "a protocol that the server speaks"},
       true},
      {BlockType::layer,
       "layer",
       true,
       {"layer", tables::layer_attributes, "a table that is published"},
       true},
      {BlockType::cache, "cache", true, {"cache", tables::cache_attributes, "a cache"}, true},
      {BlockType::rate_limit,
       "rate_limit",
       false,
       {"rate_limit", tables::rate_limit_attributes, "how many requests a client may make"},
       true},
      {BlockType::variable,
       "variable",
       true,
       {"variable", tables::variable_attributes, "a value with a name, used as `var.NAME`"},
       true},
      {BlockType::attachment_storage,
       "attachment_storage",
       true,
       {"attachment_storage", tables::attachment_storage_attributes, "where attachments are kept"},
       false},
      {BlockType::logging,
       "logging",
       false,
       {"logging", tables::logging_attributes, "what is logged"},
       false},
      {BlockType::observability,
       "observability",
       false,
       {"observability", tables::observability_attributes, "metrics and traces"},
       false},
      {BlockType::high_availability,
       "high_availability",
       false,
       {"high_availability", tables::high_availability_attributes, "several instances of one server"},
       false},
      {BlockType::import,
       "import",
       true,
       {"import", {}, "another file; planned, but read by nothing"},
       false},
  }};
  return schemas;
}

const BlockSchema& schema_of(BlockType type) { return block_schemas()[static_cast<std::size_t>(type)]; }

const BlockSchema* find_block_schema(std::string_view keyword) {
  if (keyword == "var") keyword = "variable";
  for (const BlockSchema& schema : block_schemas()) {
    if (is_same_name(schema.keyword, keyword)) return &schema;
  }
  return nullptr;
}

bool ServiceType::is_called(std::string_view name) const {
  if (same_word(id, name)) return true;
  std::string_view rest = aliases;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    if (same_word(rest.substr(0, end), name)) return true;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

std::span<const ServiceType> service_types() { return tables::services; }

const ServiceType* find_service_type(std::string_view name) {
  for (const ServiceType& type : service_types()) {
    if (type.is_called(name)) return &type;
  }
  return nullptr;
}

}  // namespace honua::config
