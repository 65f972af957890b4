// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <vector>

#include "validation/areas.h"
#include "validation/epsg.h"

// `geometry` of a layer, and reference systems.
namespace honua::validation {

namespace {

constexpr Rule column_blank{"H1036", "geometry-column-blank", Severity::error, "geometry",
                            "a geometry names its column"};
constexpr Rule type_blank{"H1037", "geometry-type-blank", Severity::error, "geometry",
                          "a geometry has a type"};
constexpr Rule type_unknown{"H1038", "geometry-type-unknown", Severity::error, "geometry",
                            "a geometry's type is one that the server knows, spelt with its capitals"};
constexpr Rule srid_negative{"H1039", "srid-negative", Severity::error, "geometry", "`srid` is not negative"};
constexpr Rule srid_zero{"H1040", "srid-zero", Severity::warning, "geometry", "`srid` is not 0"};
constexpr Rule srid_no_epsg{"H1120", "srid-not-epsg", Severity::error, "geometry",
                            "`srid` is the number of a reference system in the EPSG registry"};
constexpr Rule crs_malformed{"H1122", "crs-malformed", Severity::error, "geometry",
                             "a reference system is `EPSG:n`, a URI or URN of the OGC, or `CRS84`"};
constexpr Rule crs_not_offered{"H1124", "storage-crs-not-offered", Severity::warning, "geometry",
                               "OGC API offers the reference systems that its layers are stored in"};
constexpr Rule geometry_is_key{"H1131", "geometry-is-id-or-name", Severity::error, "geometry",
                               "the geometry's column neither identifies nor names a row"};
constexpr Rule mixed_types{"H1138", "mixed-geometry-types", Severity::warning, "geometry",
                           "layers on maps have one type of geometry"};

constexpr double web_mercator = 3857;

// The same for a value that may be a number.
std::string shown_value(const Setting& value) {
  const auto number = value.number();
  if (value.sensitive || !number) return shown(value);
  return std::abs(*number) < 1e15 ? quoted(std::to_string(static_cast<long long>(*number))) : "this number";
}

const Setting* geometry_of(const Block& layer) {
  const Setting* geometry = layer.find("geometry");
  return geometry != nullptr && geometry->is(SettingKind::object) ? geometry : nullptr;
}

// --- column and type

void check_blank(const Block& layer, Check& check) {
  const Setting* geometry = geometry_of(layer);
  if (geometry == nullptr) return;
  for (const auto& [name, rule] : {std::pair{"column", &column_blank}, std::pair{"type", &type_blank}}) {
    const Setting* setting = geometry->find(name);
    if (!is_absent(setting) && !is_blank(setting)) continue;
    check
        .report(*rule, setting == nullptr ? geometry->name_range() : setting->range,
                "the geometry of " + address(layer) + " has no " + quoted(name))
        .suggest(rule == &column_blank ? "add `column = \"geom\"`, or what the column is called"
                                       : "add `type = \"Geometry\"`, or better the type that the column has");
  }
}

void check_type(const Block& layer, Check& check) {
  const Setting* geometry = geometry_of(layer);
  const Setting* type = geometry == nullptr ? nullptr : geometry->find("type");
  const auto text = text_of(type);
  if (!text || is_blank(type)) return;
  const auto values = type->schema()->values;
  if (std::find(values.begin(), values.end(), *text) != values.end()) return;
  auto& made = check.report(type_unknown, type->range,
                            shown_value(*type) + " is no geometry type that the server knows");
  const auto meant =
      std::find_if(values.begin(), values.end(), [&](auto one) { return same_word(one, *text); });
  if (meant != values.end()) {
    made.suggest("write " + quoted(*meant) + ": case counts").respelt(*meant, *text);
  } else if (!type->sensitive) {
    suggest_from(made, *text, {values.begin(), values.end()});
  }
}

void check_columns(const Block& layer, Check& check) {
  const Setting* geometry = geometry_of(layer);
  const Setting* column = geometry == nullptr ? nullptr : geometry->find("column");
  const auto name = text_of(column);
  if (!name || is_blank(column)) return;
  for (const auto& [field, task] :
       {std::pair{"id_field", "identifies a row"}, std::pair{"display_field", "names a row"}}) {
    const Setting* other = layer.find(field);
    if (text_of(other) != name) continue;
    check
        .report(geometry_is_key, other->range,
                "the column with the geometry also " + std::string(task) + ": " + shown_value(*other))
        .label(column->range, "the geometry's column")
        .suggest("name another column in " + quoted(field));
  }
}

bool is_drawn(const Block& service) {
  const std::string_view type = service_type(service);
  return is_surely_enabled(service) && (type == "wms" || type == "wmts" || type == "geoservices_rest");
}

void check_mixed_types(const Block& layer, Check& check) {
  const Setting* geometry = geometry_of(layer);
  const Setting* type = geometry == nullptr ? nullptr : geometry->find("type");
  const auto text = text_of(type);
  if (text != "Geometry" && text != "GeometryCollection") return;
  std::vector<std::string_view> drawn;
  for (const Block* service : check.services_of(layer)) {
    if (is_drawn(*service)) drawn.push_back(service->label);
  }
  if (drawn.empty()) return;
  check
      .report(mixed_types, type->range,
              "geometries of " + address(layer) + " may be of any type, and " + list_of(drawn) +
                  (drawn.size() == 1 ? " publishes it" : " publish it"))
      .label(layer.find("services")->range, "published here")
      .suggest("name the one type that the column has, or make a layer for each");
}

// --- srid

// A system for maps in good standing; all others have findings of their own.
bool is_plain(double srid) {
  if (srid < 1 || srid > largest_srid || is_old_web_mercator(srid)) return false;
  const EpsgEntry* entry = find_epsg(static_cast<std::int32_t>(srid));
  return entry != nullptr && !entry->deprecated &&
         (entry->kind == EpsgKind::projected || entry->kind == EpsgKind::geographic_2d);
}

void check_srid(const Block& layer, Check& check) {
  const Setting* geometry = geometry_of(layer);
  const Setting* setting = geometry == nullptr ? nullptr : geometry->find("srid");
  const auto srid = number_of(setting);
  if (!srid || *srid == 4326 || *srid == web_mercator) return;
  const auto range = setting->range;
  if (*srid < 0) {
    check.report(srid_negative, range, "`srid` is negative")
        .suggest("write `srid = 4326`, or what the column has");
  } else if (*srid == 0) {
    check.report(srid_zero, range, "`srid` is 0: the reference system is undefined")
        .suggest("write `srid = 4326`, or what the column has");
  } else if (is_old_web_mercator(*srid)) {
    check
        .report_as(Severity::warning, srid_no_epsg, range,
                   shown_value(*setting) + " is an outdated number of Web Mercator")
        .suggest("write `srid = 3857`");
  } else if (is_esri_code(*srid)) {
    check.report(srid_no_epsg, range, shown_value(*setting) + " is a number of ESRI's, not one of EPSG's")
        .suggest("look up the EPSG code of the same reference system");
  } else if (*srid > largest_srid) {
    check
        .report(srid_no_epsg, range, shown_value(*setting) + " is larger than any code of a reference system")
        .suggest("write an EPSG code, for instance 4326 or 3857");
  }
}

// --- reference systems in words

bool is_word(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  });
}

std::optional<long> epsg_number(std::string_view text) {
  long code = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code);
  if (error != std::errc() || end != text.data() + text.size() || code <= 0) return std::nullopt;
  return code;
}

// An authority's code: EPSG's number, or 0 for what has none; nothing if it is none.
std::optional<long> code_of(std::string_view authority, std::string_view code) {
  if (!is_word(authority) || !is_word(code)) return std::nullopt;
  if (same_word(authority, "EPSG")) return epsg_number(code);
  // The same as EPSG:4326 but for the order of its axes.
  return same_word(code, "CRS84") || same_word(code, "CRS84h") ? 4326 : 0;
}

// `authority/version/code`, where the version may be left out of a URN.
std::optional<long> versioned_code(std::string_view text, char separator) {
  const std::size_t first = text.find(separator);
  const std::size_t second = first == std::string_view::npos ? first : text.find(separator, first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const std::string_view version = text.substr(first + 1, second - first - 1);
  if (version.empty() ? separator == '/' : !is_word(version)) return std::nullopt;
  return code_of(text.substr(0, first), text.substr(second + 1));
}

std::optional<long> read_crs(std::string_view text) {
  for (const std::string_view start :
       {"http://www.opengis.net/def/crs/", "https://www.opengis.net/def/crs/"}) {
    if (text.starts_with(start)) return versioned_code(text.substr(start.size()), '/');
  }
  constexpr std::string_view urn = "urn:ogc:def:crs:";
  if (same_word(text.substr(0, urn.size()), urn)) return versioned_code(text.substr(urn.size()), ':');
  if (same_word(text, "CRS84") || same_word(text, "CRS84h")) return 4326;
  if (text.size() > 2 && text.front() == '[' && text.back() == ']') text = text.substr(1, text.size() - 2);
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view authority = text.substr(0, colon);
  if (!same_word(authority, "EPSG") && !same_word(authority, "OGC")) return std::nullopt;
  const auto code = code_of(authority, text.substr(colon + 1));
  return code == 0 ? std::nullopt : code;
}

// Each reference system that the service names.
template <typename Visit>
void visit_crs(const Block& service, Visit visit) {
  for (const std::string_view name : {"default_crs", "crs"}) {
    if (const Setting* setting = service.find(name)) visit(*setting);
  }
  const Setting* more = service.find("additional_crs");
  if (more == nullptr) return;
  if (!more->is(SettingKind::list)) return visit(*more);
  for (const Setting& one : more->items()) visit(one);
}

void check_crs(const Block& service, Check& check) {
  visit_crs(service, [&](const Setting& crs) {
    const auto text = text_of(&crs);
    if (!text || read_crs(*text)) return;
    check.report(crs_malformed, crs.range, shown_value(crs) + " is not the name of a reference system")
        .suggest("write for instance `EPSG:4326` or `http://www.opengis.net/def/crs/EPSG/0/3857`");
  });
}

// The EPSG codes that a service offers; nothing if that is not known.
std::optional<std::set<long>> offered_by(const Block& service) {
  std::set<long> offered = {4326};  // by the standard
  bool known = true;
  visit_crs(service, [&](const Setting& crs) {
    if (crs.is(SettingKind::null)) return;
    const auto code = crs.is(SettingKind::text) ? read_crs(*crs.text()) : std::nullopt;
    known = known && code.has_value();
    if (code) offered.insert(*code);
  });
  return known ? std::optional(std::move(offered)) : std::nullopt;
}

struct Stored {
  const Setting* srid = nullptr;
  std::size_t layers = 0;
};

std::map<long, Stored> not_offered(const Block& service, const std::set<long>& offered, const Check& check) {
  std::map<long, Stored> found;
  for (const Block* layer : check.layers_of(service)) {
    const Setting* geometry = geometry_of(*layer);
    const Setting* srid = geometry == nullptr ? nullptr : geometry->find("srid");
    const auto number = number_of(srid);
    if (!number || srid->sensitive || !is_plain(*number)) continue;
    const long code = static_cast<long>(*number);
    if (offered.contains(code)) continue;
    Stored& stored = found[code];
    if (stored.layers++ == 0) stored.srid = srid;
  }
  return found;
}

void check_offered(const Block& service, Check& check) {
  if (service_type(service) != "ogc_api" || !is_surely_enabled(service)) return;
  const auto offered = offered_by(service);
  if (!offered) return;
  const Setting* more = service.find("additional_crs");
  const Setting* place = is_absent(more) ? service.find("default_crs") : more;
  const bool said = !is_absent(place);
  for (const auto& [code, stored] : not_offered(service, *offered, check)) {
    const std::string name = "EPSG:" + std::to_string(code);
    check
        .report_as(said ? Severity::warning : Severity::info, crs_not_offered,
                   said ? place->range : service.label_range,
                   address(service) + " does not offer " + quoted(name) + ", in which " +
                       (stored.layers == 1 ? "one layer is" : std::to_string(stored.layers) + " layers are") +
                       " stored")
        .label(stored.srid->range, "stored so")
        .suggest("add " + quoted("\"" + name + "\"") + " to `additional_crs`");
  }
}

constexpr std::array units = {
    each(BlockType::layer, &check_blank),     each(BlockType::layer, &check_type),
    each(BlockType::layer, &check_columns),   each(BlockType::layer, &check_mixed_types),
    each(BlockType::layer, &check_srid),      each(BlockType::service, &check_crs),
    each(BlockType::service, &check_offered),
};

#define HONUA_LAYER(id, name, geometry, service)                                                \
  "layer \"roads\" {\n  title         = \"Roads\"\n  data_source   = data_source.db\n"          \
  "  table         = \"public.roads\"\n  id_field      = \"" id "\"\n  display_field = \"" name \
  "\"\n"                                                                                        \
  "  geometry {\n" geometry "  }\n  services = [service." service "]\n}\n"
#define HONUA_GEOMETRY(column, type, srid) \
  HONUA_LAYER("id", "name",                \
              "    column = \"" column "\"\n    type   = \"" type "\"\n    srid   = " srid "\n", "ogc_api")
#define HONUA_TYPED(type, service) \
  HONUA_LAYER("id", "name", "    column = \"geom\"\n    type   = \"" type "\"\n    srid   = 4326\n", service)
#define HONUA_WMS "service \"wms\" {\n  enabled = true\n}\n"

constexpr std::array rules = {
    RuleInfo{&column_blank, "The server cannot guess which column holds the geometry.",
             HONUA_GEOMETRY("", "LineString", "4326"), HONUA_GEOMETRY("geom", "LineString", "4326")},
    RuleInfo{&type_blank, "Clients and styles need to know the geometry's type beforehand.",
             HONUA_GEOMETRY("geom", "", "4326"), HONUA_GEOMETRY("geom", "LineString", "4326")},
    RuleInfo{&type_unknown, "The server compares the type with its capitals and refuses all others.",
             HONUA_GEOMETRY("geom", "linestring", "4326"), HONUA_GEOMETRY("geom", "LineString", "4326")},
    RuleInfo{&srid_negative, "Reference systems are numbered from 1.",
             HONUA_GEOMETRY("geom", "LineString", "-1"), HONUA_GEOMETRY("geom", "LineString", "4326")},
    RuleInfo{&srid_zero, "Without a reference system nobody knows where the coordinates are on the earth.",
             HONUA_GEOMETRY("geom", "LineString", "0"), HONUA_GEOMETRY("geom", "LineString", "4326")},
    RuleInfo{&srid_no_epsg,
             "The server publishes the number as an EPSG code, which clients then fail to find.",
             HONUA_GEOMETRY("geom", "LineString", "900913"), HONUA_GEOMETRY("geom", "LineString", "4326")},
    RuleInfo{&crs_malformed, "Clients are told this name and look it up.",
             "service \"ogc_api\" {\n  max_page_size = 1000\n  default_crs   = \"EPSG: 4326\"\n}\n",
             "service \"ogc_api\" {\n  max_page_size = 1000\n  default_crs   = \"EPSG:4326\"\n}\n"},
    RuleInfo{
        &crs_not_offered,
        "Coordinates are then always transformed, and clients cannot ask for them as they are. Where the "
        "service "
        "names no reference systems at all, this is a note.",
        "service \"ogc_api\" {\n  max_page_size = 1000\n  default_crs   = \"EPSG:4326\"\n}\n" HONUA_GEOMETRY(
            "geom", "LineString", "25832"),
        "service \"ogc_api\" {\n  max_page_size = 1000\n  default_crs   = \"EPSG:25832\"\n}\n" HONUA_GEOMETRY(
            "geom", "LineString", "25832")},
    RuleInfo{&geometry_is_key, "A geometry can neither stand in a URL nor be read by people.",
             HONUA_LAYER("id", "geom", "    column = \"geom\"\n    type   = \"LineString\"\n", "ogc_api"),
             HONUA_LAYER("id", "name", "    column = \"geom\"\n    type   = \"LineString\"\n", "ogc_api")},
    RuleInfo{
        &mixed_types,
        "There is no default style for geometries of any type, and Esri's clients cannot show them at all.",
        HONUA_WMS HONUA_TYPED("Geometry", "wms"), HONUA_WMS HONUA_TYPED("LineString", "wms")},
};

#undef HONUA_LAYER
#undef HONUA_GEOMETRY
#undef HONUA_TYPED
#undef HONUA_WMS

}  // namespace

const Area geometry_area{units, rules};

}  // namespace honua::validation
