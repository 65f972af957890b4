// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

// What a Honua configuration may contain, as data: every block type with its
// attributes, every service type with its settings. The one table that
// decoding, suggestions, documentation, JSON Schema and completion read.
//
// Source: Honua's Configuration V2 as found in its model, its documentation
// and its example files. Where these contradict each other, the model's
// defaults and the documentation's spelling stand, unless a comment says why not.
namespace honua::config {

enum class ValueType : std::uint8_t {
  any,
  string,
  boolean,
  integer,
  number,
  string_list,
  reference,  // to a block of type `target`: `data_source.db`, `"db"`
  reference_list,
  object,      // one of `nested`, as a block or as an attribute
  object_map,  // objects of `nested` by name
  string_map,  // strings by name
};

// "a string", "a list of strings", "an object".
[[nodiscard]] std::string_view describe(ValueType type);

enum class BlockType : std::uint8_t {
  honua,
  data_source,
  service,
  layer,
  cache,
  rate_limit,
  variable,
  attachment_storage,
  logging,
  observability,
  high_availability,
  import,
};
inline constexpr std::size_t block_type_count = 12;

struct ObjectSchema;

// Inclusive bounds of a number. What lies outside is an error.
struct Bounds {
  double least = 0;
  double most = 0;
  bool given = false;
};
constexpr Bounds between(double least, double most) { return {least, most, true}; }
inline constexpr double int32_most = 2147483647;
constexpr Bounds at_least(double least) { return {least, int32_most, true}; }

struct AttributeSchema {
  std::string_view name;
  ValueType type = ValueType::any;
  std::string_view description;         // a sentence without its full stop
  std::string_view default_value = {};  // as HCL has it; "" for none
  bool required = false;
  Bounds bounds = {};
  std::string_view unit = {};                     // "s", "ms", "px", "bytes"
  std::span<const std::string_view> values = {};  // of a string, or of a list's elements
  bool values_are_all = true;                     // other values are errors, else they deserve a warning
  bool case_matters = false;                      // of the letters of all values
  bool order_matters = false;                     // of a list's elements, which else are a set
  const ObjectSchema* nested = nullptr;           // of object and object_map
  BlockType target = BlockType::data_source;      // of references
  std::string_view alias = {};                    // another spelling that is read as this one
  // The server's own parser knows it, provided that it knows what it is a part
  // of. What it knows beyond that is in upstream.h.
  bool read_upstream = true;
};

// A body's attributes.
struct ObjectSchema {
  std::string_view name;  // "cors", as in `honua.cors`
  std::span<const AttributeSchema> attributes;
  std::string_view description;

  // By name or alias; nullptr if there is none.
  [[nodiscard]] const AttributeSchema* find(std::string_view wanted) const;
};

struct BlockSchema {
  BlockType type;
  std::string_view keyword;  // "data_source"
  bool labelled;             // else there is at most one
  ObjectSchema body;
  bool read_upstream;  // the server's own parser knows the block
};

// All block types, in the order of BlockType.
[[nodiscard]] std::span<const BlockSchema> block_schemas();
[[nodiscard]] const BlockSchema& schema_of(BlockType type);
// By keyword; `var` is `variable`. nullptr if there is none.
[[nodiscard]] const BlockSchema* find_block_schema(std::string_view keyword);

// A kind of service: what its `type`, or else its label, names.
struct ServiceType {
  std::string_view id;       // "ogc_api"
  std::string_view aliases;  // other spellings, separated by spaces
  ObjectSchema settings;
  std::string_view base_path;  // where it answers unless told otherwise

  [[nodiscard]] bool is_called(std::string_view name) const;
};
[[nodiscard]] std::span<const ServiceType> service_types();
// By id or alias, without regard to case; nullptr if there is none.
[[nodiscard]] const ServiceType* find_service_type(std::string_view name);

}  // namespace honua::config
