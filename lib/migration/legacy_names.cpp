// SPDX-License-Identifier: MIT
#include "migration/legacy_names.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

#include "connection/connection_text.h"
#include "text/unicode.h"
#include "text/words.h"
#include "validation/epsg.h"

namespace honua::migration {

namespace {

struct OldName {
  std::string_view old_name;  // in lower case
  std::string_view name;
  std::string_view note = {};
};

std::optional<Conversion> find(std::span<const OldName> names, std::string_view lower) {
  const auto found = std::ranges::find(names, lower, &OldName::old_name);
  if (found == names.end()) return std::nullopt;
  return Conversion{found->name, found->note};
}

constexpr std::string_view may_have_parts = "polylines of Esri may have several parts";

constexpr auto geometry_types = std::to_array<OldName>({
    {"point", "Point"},
    {"multipoint", "MultiPoint"},
    {"linestring", "LineString"},
    {"multilinestring", "MultiLineString"},
    {"polygon", "Polygon"},
    {"multipolygon", "MultiPolygon"},
    {"geometry", "Geometry"},
    {"geometrycollection", "GeometryCollection"},
    {"polyline", "LineString", may_have_parts},
    {"line", "LineString", may_have_parts},
    {"esrigeometrypoint", "Point"},
    {"esrigeometrymultipoint", "MultiPoint"},
    {"esrigeometrypolyline", "LineString", may_have_parts},
    {"esrigeometrypolygon", "Polygon"},
    {"esrigeometryenvelope", "Polygon", "an envelope is served as a polygon"},
    {"envelope", "Polygon", "an envelope is served as a polygon"},
    {"none", "", "the layer has no geometry"},
    {"table", "", "the layer has no geometry"},
    {"", "", "the layer has no geometry"},
});

constexpr std::string_view of_small_tables = "keys of small tables may be `int`";

constexpr auto field_types = std::to_array<OldName>({
    {"int", "int"},
    {"integer", "int"},
    {"int16", "int"},
    {"int32", "int"},
    {"smallint", "int"},
    {"short", "int"},
    {"esrifieldtypeinteger", "int"},
    {"esrifieldtypesmallinteger", "int"},
    {"int64", "long"},
    {"long", "long"},
    {"bigint", "long"},
    {"esrifieldtypebiginteger", "long"},
    {"esrifieldtypeoid", "long", of_small_tables},
    {"oid", "long", of_small_tables},
    {"float", "float"},
    {"single", "float"},
    {"real", "float"},
    {"esrifieldtypesingle", "float"},
    {"double", "double"},
    {"number", "double"},
    {"esrifieldtypedouble", "double"},
    {"decimal", "decimal"},
    {"numeric", "decimal"},
    {"money", "decimal"},
    {"string", "string"},
    {"text", "string"},
    {"varchar", "string"},
    {"char", "string"},
    {"esrifieldtypestring", "string"},
    {"esrifieldtypexml", "string"},
    {"bool", "bool"},
    {"boolean", "bool"},
    {"date", "date"},
    {"esrifieldtypedateonly", "date"},
    {"datetime", "datetime"},
    {"timestamp", "datetime"},
    {"esrifieldtypedate", "datetime"},
    {"datetimeoffset", "datetimeoffset"},
    {"timestamptz", "datetimeoffset"},
    {"esrifieldtypetimestampoffset", "datetimeoffset"},
    {"time", "time"},
    {"esrifieldtypetimeonly", "time"},
    {"guid", "guid"},
    {"uuid", "guid"},
    {"uniqueidentifier", "guid"},
    {"esrifieldtypeguid", "guid"},
    {"esrifieldtypeglobalid", "guid"},
    {"binary", "binary"},
    {"blob", "binary"},
    {"bytea", "binary"},
    {"esrifieldtypeblob", "binary"},
    {"esrifieldtyperaster", "binary"},
    {"json", "json"},
    {"jsonb", "json"},
    {"geometry", "geometry"},
    {"esrifieldtypegeometry", "geometry"},
});

constexpr std::string_view tiles = "tiles of any kind come from `wmts`";

constexpr auto service_names = std::to_array<OldName>({
    {"feature", "ogc_api"},
    {"", "ogc_api"},
    {"ogcfeatures", "ogc_api"},
    {"ogcapifeatures", "ogc_api"},
    {"ogcapi", "ogc_api"},
    {"ogc_api", "ogc_api"},
    {"featureserver", "geoservices_rest"},
    {"mapserver", "geoservices_rest"},
    {"imageserver", "geoservices_rest"},
    {"map", "geoservices_rest"},
    {"image", "geoservices_rest"},
    {"odata", "odata"},
    {"wfs", "wfs"},
    {"wms", "wms"},
    {"wmts", "wmts"},
    {"csw", "csw"},
    {"wcs", "wcs"},
    {"stac", "stac"},
    {"tile", "wmts", tiles},
    {"vector-tile", "wmts", tiles},
});

std::optional<std::int32_t> read_code(std::string_view digits) {
  std::int32_t code = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), code);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size() || code <= 0) return std::nullopt;
  return code;
}

// Without what is said in front of codes of EPSG; nothing if it is no code of theirs.
std::optional<std::int32_t> read_epsg(std::string_view lower) {
  if (lower.starts_with('[') && lower.ends_with(']')) lower = lower.substr(1, lower.size() - 2);
  if (const auto code = read_code(lower)) return code;
  if (lower.starts_with("epsg:")) return read_code(lower.substr(lower.find_last_of(':') + 1));
  const std::size_t epsg = lower.find("epsg");
  const bool is_name = lower.starts_with("urn:") || lower.starts_with("http:") || lower.starts_with("https:");
  if (!is_name || epsg == std::string_view::npos) return std::nullopt;
  return read_code(lower.substr(lower.find_last_of(":/") + 1));
}

}  // namespace

std::optional<Conversion> convert_geometry_type(std::string_view old_name) {
  const std::string lower = text::ascii_lower(text::trimmed(old_name));
  if (const auto found = find(geometry_types, lower)) return found;
  // `PointZ`, `PolygonZM`: the configuration does not say how many ordinates there are.
  for (const std::string_view ordinates : {"zm", "z", "m"}) {
    if (!lower.ends_with(ordinates)) continue;
    const auto found =
        find(geometry_types, std::string_view(lower).substr(0, lower.size() - ordinates.size()));
    if (found && !found->name.empty()) return Conversion{found->name, "ordinates are the column's own"};
  }
  return std::nullopt;
}

std::optional<Conversion> convert_field_type(std::string_view old_name) {
  return find(field_types, text::ascii_lower(text::trimmed(old_name)));
}

std::optional<Conversion> convert_service_type(std::string_view old_name) {
  return find(service_names, text::ascii_lower(text::trimmed(old_name)));
}

std::string convert_provider(std::string_view old_name) {
  const connection::Provider* found = connection::find_provider(text::trimmed(old_name));
  return std::string(found == nullptr ? old_name : found->canonical);
}

std::string provider_among(std::string_view words) {
  std::string word;
  for (const char c : std::string(words) + ' ') {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      word += c;
      continue;
    }
    if (const connection::Provider* found = connection::find_provider(word))
      return std::string(found->canonical);
    word.clear();
  }
  return "";
}

std::optional<ReferenceSystem> read_reference_system(std::string_view text) {
  const std::string lower = text::ascii_lower(text::trimmed(text));
  const std::string_view name = std::string_view(lower).substr(lower.find_last_of(":/") + 1);
  constexpr std::int32_t wgs_84 = 4326;
  constexpr std::int32_t web_mercator = 3857;
  if (name == "crs84" || lower == "84") return ReferenceSystem{wgs_84, "the order of the axes differs"};
  if (name == "crs84h") return ReferenceSystem{wgs_84, "heights are not part of it"};
  const auto code = read_epsg(lower);
  if (!code) return std::nullopt;
  if (validation::is_old_web_mercator(*code)) return ReferenceSystem{web_mercator, "by its number of EPSG"};
  if (*code > largest_srid) return std::nullopt;
  return ReferenceSystem{*code, ""};
}

}  // namespace honua::migration
