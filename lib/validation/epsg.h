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

// Larger ones are no SRIDs: PostGIS keeps those for itself.
inline constexpr double largest_srid = 998999;
// Numbers that Web Mercator had before it got its own.
[[nodiscard]] constexpr bool is_old_web_mercator(double srid) {
  return srid == 900913 || srid == 102100 || srid == 102113 || srid == 3785;
}
// ESRI numbers its reference systems in a range that EPSG leaves free.
[[nodiscard]] constexpr bool is_esri_code(double srid) { return srid >= 102000 && srid <= 104999; }

// nullptr if the register has no system with this code.
[[nodiscard]] const EpsgEntry* find_epsg(std::int32_t code);

}  // namespace honua::validation
