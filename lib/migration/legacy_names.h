// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// What old servers called things, and what the configuration calls them. Case does not matter to any of it.
namespace honua::migration {

// What an old name comes to. Known names live as long as the program.
struct Conversion {
  std::string_view name;  // the configuration's; "" where it has none and needs none
  std::string_view note;  // what users should know of it: a clause, or ""
};

// Types of geometries, those of Esri included. Nothing for names that mean none. "" for tables without one.
[[nodiscard]] std::optional<Conversion> convert_geometry_type(std::string_view old_name);

// Types of fields, those of Esri included. Nothing for names that mean none.
[[nodiscard]] std::optional<Conversion> convert_field_type(std::string_view old_name);

// The service that a legacy service's type stands for. Nothing for names that mean none.
[[nodiscard]] std::optional<Conversion> convert_service_type(std::string_view old_name);

// A provider by the name that configurations have; a name that nobody knows stays what it is.
[[nodiscard]] std::string convert_provider(std::string_view old_name);

// The first provider among the words of a name, such as `main-postgis`, by the name that configurations have;
// "" if there is none.
[[nodiscard]] std::string provider_among(std::string_view words);

// As old servers checked it.
inline constexpr std::int32_t largest_srid = 999999;

// A reference system as legacy documents write it: `EPSG:4326`, a URI or a URN of OGC, CRS84, a number.
struct ReferenceSystem {
  std::int32_t srid = 0;
  std::string_view note;
};
[[nodiscard]] std::optional<ReferenceSystem> read_reference_system(std::string_view text);

}  // namespace honua::migration
