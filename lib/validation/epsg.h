// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace honua::validation {

enum class EpsgKind : std::uint8_t {
  geographic_2d,
  geographic_3d,
  geocentric,
  projected,
  vertical,
  compound,
  other,
};

// A coordinate reference system of the EPSG register, as PROJ's database had
// it when this program was built.
struct EpsgEntry {
  std::int32_t code;
  EpsgKind kind;
  bool deprecated;
};

// nullptr if the register has no system with this code.
[[nodiscard]] const EpsgEntry* find_epsg(std::int32_t code);

}  // namespace honua::validation
