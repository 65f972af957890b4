// SPDX-License-Identifier: MIT
#include <array>
#include <cmath>

#include "validation/areas.h"
#include "validation/epsg.h"

// `geometry.srid` against the EPSG register.
namespace honua::validation {

namespace {

constexpr Rule unknown_srid{"H1127", "srid-not-registered", Severity::warning, "geometry",
                            "an SRID is a code of the EPSG register"};
constexpr Rule unusual_srid{"H1128", "srid-not-horizontal", Severity::warning, "geometry",
                            "an SRID is that of a horizontal reference system"};
constexpr Rule deprecated_srid{"H1129", "srid-deprecated", Severity::info, "geometry",
                               "an SRID is one that the EPSG register still recommends"};

// Of codes up to here the register may have one that is not in the list yet; larger ones are others'.
constexpr std::int32_t largest_epsg_code = 32767;

const char* describe(EpsgKind kind) {
  switch (kind) {
    case EpsgKind::geographic_3d: return "a geographic system with heights";
    case EpsgKind::geocentric: return "a geocentric system";
    case EpsgKind::vertical: return "a vertical system";
    case EpsgKind::compound: return "a system compounded of a horizontal and a vertical one";
    default: return "no horizontal system";
  }
}

void check_srid(const Block& layer, Check& check) {
  const Setting* geometry = layer.find("geometry");
  const Setting* srid = geometry == nullptr ? nullptr : geometry->find("srid");
  const auto number = number_of(srid);
  if (!number || *number < 1 || *number > largest_srid || is_old_web_mercator(*number) ||
      is_esri_code(*number) || *number != std::trunc(*number))
    return;
  const auto code = static_cast<std::int32_t>(*number);
  const EpsgEntry* entry = find_epsg(code);
  const bool secret = is_secret(srid);
  const std::string name = secret ? "of this code" : "`EPSG:" + std::to_string(code) + "`";
  if (entry == nullptr) {
    check.report(unknown_srid, srid->range, "the EPSG register has no reference system " + name)
        .suggest(code > largest_epsg_code
                     ? "take a code of the register: clients do not know a database's own"
                     : "look the code up at epsg.org; WGS 84 is 4326, Web Mercator 3857");
  } else if (entry->kind != EpsgKind::projected && entry->kind != EpsgKind::geographic_2d) {
    check.report(unusual_srid, srid->range, (secret ? "this" : name) + " is " + describe(entry->kind))
        .suggest("maps need a projected or a two-dimensional geographic system");
  } else if (entry->deprecated) {
    check
        .report(deprecated_srid, srid->range,
                "the EPSG register advises against " + (secret ? "this code" : name))
        .suggest("look up at epsg.org what replaces it");
  }
}

constexpr std::array units = {
    each(BlockType::layer, &check_srid),
};

#define HONUA_SRID_EXAMPLE(code)                                                                    \
  "layer \"roads\" {\n  title       = \"Roads\"\n  data_source = data_source.db\n"                  \
  "  table       = \"public.roads\"\n  id_field    = \"id\"\n  geometry {\n    column = \"geom\"\n" \
  "    type   = \"LineString\"\n    srid   = " code "\n  }\n  services = [service.ogc_api]\n}\n"

constexpr std::array rules = {
    RuleInfo{&unknown_srid, "Clients cannot place a layer whose reference system nobody knows.",
             HONUA_SRID_EXAMPLE("4325"), HONUA_SRID_EXAMPLE("4326")},
    RuleInfo{&unusual_srid, "Map services draw in two dimensions and refuse or misplace other systems.",
             HONUA_SRID_EXAMPLE("4979"), HONUA_SRID_EXAMPLE("4326")},
    RuleInfo{&deprecated_srid,
             "A code that was withdrawn has an error in its definition or a better successor.",
             HONUA_SRID_EXAMPLE("2036"), HONUA_SRID_EXAMPLE("4326")},
};

#undef HONUA_SRID_EXAMPLE

}  // namespace

const Area reference_system_area{units, rules};

}  // namespace honua::validation
