// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "config/configuration.h"

namespace honua::config {

enum class Origin : std::uint8_t {
  written,        // in a file, at the setting's range
  default_value,  // nobody gave one
  label,          // `service "wfs"` has the type that its label names
};

// One value of the effective configuration.
struct EffectiveValue {
  std::string address;
  std::string_view label;  // of the block
  Origin origin = Origin::written;
  const Setting* setting = nullptr;  // of a written value
  std::string literal;               // of any other: as HCL has it
};

// `layer.roads`, `honua`.
[[nodiscard]] std::string address_of(const Block& block);

// All values of a block, in the order of the tables, then those that no table
// knows. Members of objects are values of their own, a list is one value. An
// object that is not written has no defaults: most exist only once they are.
[[nodiscard]] std::vector<EffectiveValue> effective_values(const Block& block);

}  // namespace honua::config
