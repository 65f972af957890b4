// SPDX-License-Identifier: MIT
#include "migration/unsupported.h"

#include <algorithm>
#include <array>

#include "syntax/literals.h"
#include "text/json_writer.h"
#include "text/mask.h"
#include "text/unicode.h"

namespace honua::migration {

namespace {

constexpr std::string_view no_catalog = "the server names its catalogue itself";
constexpr std::string_view no_folders = "all services are in one folder";
constexpr std::string_view no_group =
    "services are protocols now, and groups of layers have no words of their own";
constexpr std::string_view no_words = "a layer has a title and a description only";
constexpr std::string_view no_styles = "the configuration has no styles";
constexpr std::string_view no_rasters = "the configuration has no rasters";
constexpr std::string_view no_groups_of_layers = "the configuration has no groups of layers";
constexpr std::string_view no_time = "a layer has no dimension of time";
constexpr std::string_view no_heights = "ordinates are the column's own";
constexpr std::string_view no_extent = "the server computes extents";
constexpr std::string_view no_scales = "a layer is drawn at every scale";
constexpr std::string_view no_limit = "limits are those of services";
constexpr std::string_view no_parameters = "all parameters are supported";
constexpr std::string_view no_filter = "a layer has no filter";
constexpr std::string_view no_editing = "services switch editing on, for all their layers";
constexpr std::string_view no_attachments = "a layer has no attachments of its own";
constexpr std::string_view no_relations = "layers have no relationships";
constexpr std::string_view no_query = "a layer is a table or view";
constexpr std::string_view no_profile = "a layer has no profile of this kind";
constexpr std::string_view no_field_detail = "a field has a name and a type only";
constexpr std::string_view no_schema = "it describes the document, not the server";
constexpr std::string_view no_cors = "methods and headers are not limited";
constexpr std::string_view no_roles = "the configuration has no roles";

constexpr auto known = std::to_array<KnownMember>({
    {"$schema", no_schema},
    {"apiversion", no_schema},
    {"catalog", no_catalog, true},
    {"datasources", "it is empty"},
    {"datasources[]", "it is empty"},
    {"datasources[].connection", "it is empty"},
    {"datasources[].connectionstring", "another member counts"},
    {"datasources[].name", "a data source has a label only"},
    {"datasources[].provider", "another member counts"},
    {"datasources[].type", "another member counts"},
    {"description", no_schema},
    {"folders", no_folders, true},
    {"geometryservice", "it is empty"},
    {"geometryservice.operations", "the server offers all of them", true},
    {"kind", no_schema},
    {"layergroups", no_groups_of_layers, true},
    {"layers", "it is empty"},
    {"layers[]", "it is a comment", true},
    {"metadata", no_schema, true},
    {"rasterdatasets", no_rasters, true},
    {"server", "it is empty"},
    {"server.allowedhosts", "it is empty", true},
    {"server.cors", "it is switched off"},
    {"server.cors.allowanyorigin", "it is switched off"},
    {"server.cors.allowcredentials", "it is switched off, and no origin is allowed"},
    {"server.cors.allowedheaders", no_cors, true},
    {"server.cors.allowedmethods", no_cors, true},
    {"server.cors.allowedorigins", "it is switched off", true},
    {"server.cors.enabled", "no origin is allowed"},
    {"server.cors.exposedheaders", no_cors, true},
    {"server.cors.maxage", "it is switched off, or another member says it"},
    {"server.cors.maxageseconds", "it is switched off"},
    {"server.rbac", no_roles, true},
    {"server.security", "it is empty"},
    {"server.security.allowedrasterdirectories", no_rasters, true},
    {"services", "it is empty"},
    {"services[]", no_group},
    {"services[].catalog", no_group, true},
    {"services[].datasourceid", "its layers say it themselves, or there are none"},
    {"services[].description", no_group},
    {"services[].enabled", "services are switched off for all their layers"},
    {"services[].esri", no_profile, true},
    {"services[].folder", no_folders},
    {"services[].folderid", no_folders},
    {"services[].geoservices", no_profile, true},
    {"services[].id", no_group},
    {"services[].keywords", no_group, true},
    {"services[].layers", "it is empty"},
    {"services[].links", no_group, true},
    {"services[].name", no_group},
    {"services[].ogc", "it is empty"},
    {"services[].ogc.additionalcrs", "it is empty, or no layer of it has collections", true},
    {"services[].ogc.collectionsenabled", "its layers are comments"},
    {"services[].ogc.conformanceclasses", "it is empty, or no layer of it has collections", true},
    {"services[].ogc.cswenabled", "its layers are comments"},
    {"services[].ogc.defaultcrs", "no layer of it has collections"},
    {"services[].ogc.exportformats", "the server always offers it, or no layer of it has collections", true},
    {"services[].ogc.itemlimit", "no layer of it has collections"},
    {"services[].ogc.storedqueries", "the configuration has no stored queries", true},
    {"services[].ogc.wcsenabled", "its layers are comments"},
    {"services[].ogc.wfsenabled", "its layers are comments"},
    {"services[].ogc.wmsenabled", "its layers are comments"},
    {"services[].ogc.wmtsenabled", "its layers are comments"},
    {"services[].provider", "data sources have providers"},
    {"services[].servicetype", "its layers are comments"},
    {"services[].servicetypes", "it is switched off", true},
    {"services[].title", no_group},
    {"services[].type", "its layers are comments"},
    {"services[].vectortileoptions", no_profile, true},
    {"styles", no_styles, true},
    {"title", no_schema},
    {"version", no_schema},
});

// Of layers, wherever they stand.
constexpr auto known_of_layers = std::to_array<KnownMember>({
    {"attachments", no_attachments, true},
    {"caching", "the cache has no such setting", true},
    {"catalog", no_words, true},
    {"crs", "a layer has one reference system", true},
    {"datasource", "it is empty", true},
    {"datasourceid", "another member counts"},
    {"defaultstyleid", no_styles},
    {"description", "another member counts"},
    {"displayfield", "another member counts"},
    {"editing", no_editing},
    {"editing.capabilities", no_editing, true},
    {"editing.constraints", no_editing, true},
    {"extent", no_extent, true},
    {"fields", "it is empty"},
    {"fields[]", no_field_detail, true},
    {"formats", "formats are those of services", true},
    {"geometrycolumn", "the layer has no geometry"},
    {"geometryfield", "the layer has no geometry", true},
    {"geometrytype", "it is no type of geometries"},
    {"hasm", no_heights},
    {"hasz", no_heights},
    {"id", "it is a comment"},
    {"idcolumn", "another member counts"},
    {"identitycolumn", "another member counts"},
    {"idfield", "another member counts"},
    {"iso19115", no_profile, true},
    {"itemtype", "a layer has features"},
    {"keywords", no_words, true},
    {"links", no_words, true},
    {"maxscale", no_scales},
    {"minscale", no_scales},
    {"name", "another member counts"},
    {"openrosa", no_profile, true},
    {"properties", "it is empty"},
    {"properties[]", no_field_detail, true},
    {"query", "it is empty"},
    {"query.autofilter", no_filter, true},
    {"query.maxrecordcount", no_limit},
    {"query.supportedparameters", no_parameters, true},
    {"relationships", no_relations, true},
    {"schema", "another member counts"},
    {"schemamapping", "a field has a name and a type, and this has no types", true},
    {"serviceid", "another member counts"},
    {"sqlview", no_query, true},
    {"srid", "another member counts"},
    {"stac", no_profile, true},
    {"storage", "it is empty"},
    {"storage.crs", "it is no reference system of EPSG"},
    {"storage.geometrycolumn", "the layer has no geometry"},
    {"storage.hasm", no_heights},
    {"storage.hasz", no_heights},
    {"storage.primarykey", "another member counts"},
    {"storage.schema", "another member counts"},
    {"storage.srid", "the layer has no geometry"},
    {"storage.table", "another member counts"},
    {"storage.temporalcolumn", no_time},
    {"styleids", no_styles, true},
    {"styles", no_styles, true},
    {"table", "another member counts"},
    {"tablename", "another member counts"},
    {"temporal", no_time, true},
    {"title", "another member counts"},
    {"zfield", no_heights},
});

static_assert(std::ranges::is_sorted(known, {}, &KnownMember::path));
static_assert(std::ranges::is_sorted(known_of_layers, {}, &KnownMember::path));

// The member, or the closest one around it that is known with all that is in it.
template <std::size_t Size>
const KnownMember* find_in(const std::array<KnownMember, Size>& table, std::string_view path) {
  for (bool is_exact = true; !path.empty(); is_exact = false) {
    const auto found = std::ranges::lower_bound(table, path, {}, &KnownMember::path);
    if (found != table.end() && found->path == path && (is_exact || found->is_whole)) return found;
    const std::size_t last = path.find_last_of(".[");
    path = last == std::string_view::npos ? "" : path.substr(0, last);
  }
  return nullptr;
}

// What follows of the path of a layer's member; npos for other paths.
std::size_t layer_member(std::string_view path) {
  for (const std::string_view layer : {"services[].layers[].", "layers[]."}) {
    if (path.starts_with(layer)) return layer.size();
  }
  return std::string_view::npos;
}

constexpr std::string_view mark = "# legacy ";

// `is_secret`: the value has the name of a secret, or is in what has.
void write_masked(const LegacyValue& value, bool is_secret, text::JsonWriter& json) {
  switch (value.kind()) {
    case ValueKind::object:
      json.begin_object();
      value.each_member([&](const std::string& member, const LegacyValue& one) {
        json.key(member);
        write_masked(one, is_secret || text::is_name_of_secret(member), json);
      });
      return json.end_object();
    case ValueKind::array:
      json.begin_array();
      value.each_element([&](const LegacyValue& one) { write_masked(one, is_secret, json); });
      return json.end_array();
    case ValueKind::string:
      return json.string(is_secret && !value.text().empty()
                             ? "***"
                             : text::mask_secrets(value.text(), text::TextForm::value));
    case ValueKind::number:
      if (is_secret) return json.string("***");
      return json.verbatim(value.digits());
    case ValueKind::boolean: return json.boolean(value.boolean());
    case ValueKind::null: break;
  }
  json.null();
}

}  // namespace

const KnownMember* find_known(std::string_view path) {
  const std::size_t member = layer_member(path);
  if (member != std::string_view::npos) return find_in(known_of_layers, path.substr(member));
  if (path == "services[].layers[]") return find_in(known, "layers[]");
  return find_in(known, path);
}

std::string known_pattern(std::string_view pointer) {
  std::string pattern;
  std::string path;
  for (std::size_t at = 0; at < pointer.size();) {
    const std::size_t next = std::min(pointer.find('/', at + 1), pointer.size());
    const std::string_view token = pointer.substr(at + 1, next - at - 1);
    at = next;
    const bool is_number = !token.empty() && token.find_first_not_of("0123456789") == std::string_view::npos;
    pattern += '/';
    pattern += is_number ? "*" : token;
    path += is_number ? "[]" : (path.empty() ? "" : ".") + text::ascii_lower(token);
    const KnownMember* known = find_known(path);
    // Of fields people want to know which of their details are lost.
    if (known != nullptr && known->is_whole && !path.ends_with("[]")) break;
  }
  return pattern;
}

std::vector<std::string_view> known_beside(std::string_view path) {
  const std::size_t member = layer_member(path);
  const std::string_view inner = member == std::string_view::npos ? path : path.substr(member);
  const std::size_t dot = inner.rfind('.');
  const std::string_view parent = dot == std::string_view::npos ? "" : inner.substr(0, dot + 1);
  std::vector<std::string_view> names;
  const auto add = [&](const KnownMember& one) {
    if (!one.path.starts_with(parent)) return;
    const std::string_view name = one.path.substr(parent.size());
    if (!name.empty() && name.find_first_of(".[") == std::string_view::npos) names.push_back(name);
  };
  if (member == std::string_view::npos)
    std::ranges::for_each(known, add);
  else
    std::ranges::for_each(known_of_layers, add);
  return names;
}

std::string kept_line(std::string_view place, std::string_view json) {
  static constexpr std::array<bool, 256> plain = [] {
    std::array<bool, 256> table{};
    for (const std::string_view all :
         {"abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789", "/_-~.$@[]#"}) {
      for (const char c : all) table.at(static_cast<unsigned char>(c)) = true;
    }
    return table;
  }();
  const bool is_plain =
      std::ranges::all_of(place, [](char c) { return plain[static_cast<unsigned char>(c)]; });
  std::string line(mark);
  line.reserve(mark.size() + place.size() + 2 + json.size());
  if (is_plain)
    line += place;
  else
    line += text::json_string(place);
  return line.append(": ").append(json);
}

std::optional<KeptMember> read_kept_line(std::string_view line) {
  if (!line.starts_with(mark)) return std::nullopt;
  line.remove_prefix(mark.size());
  std::size_t end = line.find(": ");
  if (line.starts_with('"')) {
    end = 1;
    while (end < line.size() && line[end] != '"') end += line[end] == '\\' ? std::size_t{2} : std::size_t{1};
    ++end;
  }
  if (end == std::string_view::npos || !line.substr(std::min(end, line.size())).starts_with(": "))
    return std::nullopt;
  const std::string_view place = line.substr(0, end);
  const bool is_quoted = place.starts_with('"');
  if (!is_quoted && !place.starts_with('/') && place.find("#/") == std::string_view::npos)
    return std::nullopt;
  return KeptMember{is_quoted ? syntax::decode_json(place.substr(1, place.size() - 2)) : std::string(place),
                    std::string(line.substr(end + 2))};
}

std::string masked_json(const LegacyValue& value, std::string_view name, Masking masking) {
  text::JsonWriter json;
  write_masked(value, masking == Masking::all || text::is_name_of_secret(name), json);
  return std::move(json).take();
}

}  // namespace honua::migration
