// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "text/suggest.h"
#include "validation/areas.h"

// What all services have: a type, settings of it, a path, layers.
namespace honua::validation {

namespace {

using Text = std::string_view;

constexpr Rule no_service{"H1020", "service-missing", Severity::warning, "service",
                          "a configuration has a service"};
constexpr Rule label_blank{"H1021", "service-label-blank", Severity::error, "service",
                           "a service's label is not blank"};
constexpr Rule type_blank{"H1022", "service-type-blank", Severity::error, "service",
                          "a service's type is not blank"};
constexpr Rule type_unknown{"H1101", "service-type-unknown", Severity::error, "service",
                            "a service's type is one that the server knows, by its own name"};
constexpr Rule label_differs{"H1102", "service-label-differs", Severity::warning, "service",
                             "a service's label is its type"};
constexpr Rule type_twice{"H1103", "service-type-twice", Severity::warning, "service",
                          "of each type one service is enabled"};
constexpr Rule setting_unknown{"H1104", "service-setting-unknown", Severity::warning, "service",
                               "a service has settings of its own type"};
constexpr Rule path_collision{"H1111", "base-path-collision", Severity::error, "service",
                              "each enabled service answers below a path of its own"};
constexpr Rule path_form{"H1112", "base-path-malformed", Severity::error, "service",
                         "a base path starts with a slash and ends without one"};
constexpr Rule path_reserved{"H1113", "base-path-reserved", Severity::error, "service",
                             "a base path is none that the server itself answers"};
constexpr Rule unsuitable{"H1142", "service-unsuitable", Severity::warning, "service",
                          "a layer is listed for services that publish layers"};
constexpr Rule no_layer{"H2006", "service-without-layers", Severity::warning, "service",
                        "an enabled service has layers"};

void check_any(Check& check) {
  const Configuration& configuration = check.configuration();
  if (!configuration.of(BlockType::service).empty() || !check.has_all_blocks()) return;
  SourceRange place;
  for (const BlockType type : {BlockType::honua, BlockType::data_source, BlockType::layer}) {
    if (configuration.of(type).empty()) continue;
    place = configuration.of(type).front().header_range;
    break;
  }
  check.report(no_service, place, "no service is defined: the server offers nothing")
      .suggest("add one, for instance `service \"ogc_api\" { enabled = true }`");
}

void check_label(const Block& service, Check& check) {
  if (!is_blank_text(service.label)) return;
  check.report(label_blank, service.label_range, "this service's label is blank")
      .suggest("name it as its type, for instance `ogc_api`");
}

// --- Types

void report_type(Check& check, SourceRange range, Text given) {
  std::vector<Text> names;
  for (const config::ServiceType& type : config::service_types()) names.push_back(type.id);
  suggest_from(check.report(type_unknown, range, "the server knows no service type " + quoted(given)), given,
               names);
}

void check_type(const Block& service, Check& check) {
  const Setting* type = service.find("type");
  if (is_blank(type)) {
    check.report(type_blank, type->range, "the type of " + address(service) + " is blank")
        .suggest("name a type such as `ogc_api`, or remove the line where the label names it");
    return;
  }
  if (is_absent(type)) type = nullptr;
  if (type != nullptr && !type->is(SettingKind::text)) return;
  const Text given = type == nullptr ? service.label : *type->text();
  const SourceRange range = type == nullptr ? service.label_range : type->range;
  if (is_blank_text(given) || (type != nullptr && type->sensitive)) return;
  if (service.service_type == nullptr) return report_type(check, range, given);
  const Text id = service.service_type->id;
  if (same_word(id, given)) return;
  check
      .report_as(Severity::warning, type_unknown, range,
                 quoted(given) + " is another spelling of the service type " + quoted(id))
      .suggest("write " + quoted(id));
}

void check_label_is_type(const Block& service, Check& check) {
  if (service.service_type == nullptr || is_blank_text(service.label)) return;
  if (is_secret(service.find("type"))) return;
  if (service.service_type->is_called(service.label)) return;
  const Text id = service.service_type->id;
  check
      .report(label_differs, service.label_range,
              address(service) + " is a service of type " + quoted(id) + ", which its label does not say")
      .suggest("label it " + quoted(id) + ": the server's plugins look for the label");
}

void check_types_once(Check& check) {
  std::unordered_map<const config::ServiceType*, const Block*> seen;
  for (const Block& service : check.configuration().of(BlockType::service)) {
    if (service.service_type == nullptr || !is_surely_enabled(service)) continue;
    const auto [earlier, is_new] = seen.emplace(service.service_type, &service);
    if (is_new || earlier->second->label == service.label) continue;
    if (is_secret(service.find("type")) || is_secret(earlier->second->find("type"))) continue;
    check
        .report(type_twice, service.label_range,
                address(service) + " is a second enabled service of type " + quoted(service.service_type->id))
        .label(earlier->second->label_range, "the first one")
        .suggest("merge the two, or disable one: both answer at the same path");
  }
}

// --- Settings

void suggest_setting(Diagnostic& made, const Block& service, Text name) {
  for (const config::ServiceType& type : config::service_types()) {
    if (type.settings.find(name) != nullptr) {
      made.suggest("services of type " + quoted(type.id) + " have it");
      return;
    }
  }
  std::vector<Text> own;
  for (const auto& known : service.service_type->settings.attributes) own.push_back(known.name);
  std::vector<Text> all = own;
  for (const auto& known : service.schema->body.attributes) all.push_back(known.name);
  suggest_from(made, name, text::suggest(name, all) ? all : own);
}

void check_settings(const Block& service, Check& check) {
  if (service.service_type == nullptr) return;
  const bool is_hidden = is_secret(service.find("type"));
  for (const Setting& setting : service.settings) {
    if (setting.schema() != nullptr || setting.name().empty()) continue;
    // Where the type is computed, the decoder knew no schema.
    if (service.service_type->settings.find(setting.name()) != nullptr) continue;
    const bool is_shown = !check.is_unheard(setting_unknown);
    auto& made =
        check.report(setting_unknown, setting.name_range(),
                     "services of " + (is_hidden ? "this type" : "type " + quoted(service.service_type->id)) +
                         " have no setting " + quoted(setting.name()));
    // Looking for similar names takes its time.
    if (is_shown && !is_hidden) suggest_setting(made, service, setting.name());
  }
}

// --- Paths

// Lower case, since the server compares so, and without slashes at the end.
// Nothing where it is not known, or malformed.
std::optional<std::string> path_of(const Block& service) {
  const Setting* path = service.find("base_path");
  if (is_absent(path)) {
    if (service.service_type == nullptr) return std::nullopt;
    return lower(service.service_type->base_path);
  }
  const auto text = path->text();
  if (!text || !text->starts_with('/')) return std::nullopt;
  std::string made = lower(*text);
  while (made.size() > 1 && made.back() == '/') made.pop_back();
  return made;
}

bool has_own_path(const Block& service, const std::string& path) {
  return service.service_type == nullptr || lower(service.service_type->base_path) != path;
}

void check_path(const Block& service, Check& check) {
  const Setting* path = service.find("base_path");
  const auto text = text_of(path);
  if (!text || path->sensitive) return;
  if (!text->starts_with('/')) {
    check.report(path_form, path->range, "the base path " + quoted(*text) + " does not start with a slash")
        .suggest("write " + quoted("/" + std::string(*text)));
    return;
  }
  if (text->size() > 1 && text->ends_with('/')) {
    check
        .report_as(Severity::warning, path_form, path->range,
                   "the base path " + quoted(*text) + " ends with a slash")
        .suggest("write " + quoted(text->substr(0, text->find_last_not_of('/') + 1)));
  }
  const std::string start = lower(text->substr(0, text->find('/', 1)));
  constexpr std::array<Text, 4> reserved = {"/admin", "/v1", "/swagger", "/metrics"};
  if (!start.starts_with("/health") && std::find(reserved.begin(), reserved.end(), start) == reserved.end())
    return;
  check.report(path_reserved, path->range, "the server itself answers below " + quoted(start))
      .suggest("choose another base path" + (service.service_type == nullptr
                                                 ? std::string()
                                                 : ", such as " + quoted(service.service_type->base_path)));
}

void report_collision(Check& check, const Block& service, const std::string& path, const Block& other,
                      const std::string& above) {
  const Setting* own = service.find("base_path");
  const Setting* others = other.find("base_path");
  check
      .report(path_collision, own != nullptr ? own->range : service.label_range,
              address(service) + " answers at " + quoted(path) +
                  (path == above ? ", and so does " + address(other)
                                 : ", below " + address(other) + " at " + quoted(above)))
      .label(others != nullptr ? others->range : other.label_range, "the other path")
      .suggest("give one of the two another `base_path`");
}

// The path of a service that is surely served there; a path from the environment is not for printing.
std::optional<std::string> compared_path(const Block& service) {
  const Setting* given = service.find("base_path");
  if (!is_surely_enabled(service) || (given != nullptr && given->sensitive)) return std::nullopt;
  return path_of(service);
}

// Longer ones no browser or proxy takes; each part of a path is looked up.
constexpr std::size_t longest_path = 2048;

using ServicesByPath = std::unordered_map<std::string, const Block*>;

// Services whose path is a part of this one's.
void check_paths_above(const Block& service, const std::string& path, const ServicesByPath& by_path,
                       Check& check) {
  if (path.size() > longest_path) return;
  std::string_view rest = path;
  while (rest.size() > 1) {
    rest = rest.substr(0, std::max<std::size_t>(rest.rfind('/'), 1));
    const auto above = by_path.find(std::string(rest));
    if (above == by_path.end()) continue;
    if (!has_own_path(service, path) && !has_own_path(*above->second, above->first)) continue;
    report_collision(check, service, path, *above->second, above->first);
  }
}

void check_paths(Check& check) {
  ServicesByPath by_path;
  const auto& services = check.configuration().of(BlockType::service);
  for (const Block& service : services) {
    if (auto path = compared_path(service)) by_path.emplace(std::move(*path), &service);
  }
  for (const Block& service : services) {
    const auto path = compared_path(service);
    if (!path) continue;
    const Block& first = *by_path.at(*path);
    // What no one moved is fine, and two of one type are another rule's.
    if (&first != &service && (has_own_path(service, *path) || has_own_path(first, *path)))
      report_collision(check, service, *path, first, *path);
    check_paths_above(service, *path, by_path, check);
  }
}

// --- Layers

// What publishes rasters, or nothing of its own.
constexpr std::array<Text, 5> without_layers = {"wcs", "zarr", "print", "csw", "carto"};
constexpr std::array<Text, 6> with_layers = {"odata", "ogc_api", "wfs", "wms", "wmts", "geoservices_rest"};

void check_suitable(const Block& service, Check& check) {
  const Text type = service_type(service);
  if (std::find(without_layers.begin(), without_layers.end(), type) == without_layers.end()) return;
  const Block* last = nullptr;
  for (const Block* layer : check.layers_of(service)) {
    if (layer == last) continue;  // names the service twice
    last = layer;
    for (const Setting& named : layer->find("services")->items()) {
      if (named.text() != service.label) continue;
      check
          .report(unsuitable, named.range,
                  check.is_unheard(unsuitable) ? std::string()
                                               : address(*layer) + " is a table, which services of type " +
                                                     quoted(type) + " do not publish")
          .suggest("remove it from `services`; the service needs no layers");
      break;
    }
  }
}

// Whether each layer says with known names where it is published, and any is.
// Layers that are not, or not where they meant, have findings of their own.
bool publication_is_clear(const Configuration& configuration) {
  bool any = false;
  for (const Block& layer : configuration.of(BlockType::layer)) {
    const Setting* services = layer.find("services");
    if (is_absent(services)) continue;
    if (!services->is_known()) return false;
    for (const Setting& named : services->items()) {
      const auto label = named.text();
      if (!label || configuration.find(BlockType::service, *label) == nullptr) return false;
      any = true;
    }
  }
  return any;
}

void check_has_layers(Check& check) {
  std::vector<const Block*> bare;
  for (const Block& service : check.configuration().of(BlockType::service)) {
    if (std::find(with_layers.begin(), with_layers.end(), service_type(service)) == with_layers.end())
      continue;
    if (is_surely_enabled(service) && check.layers_of(service).empty()) bare.push_back(&service);
  }
  if (bare.empty() || !check.has_all_blocks() || !publication_is_clear(check.configuration())) return;
  for (const Block* service : bare) {
    check.report(no_layer, service->label_range, "no layer is published by " + address(*service))
        .suggest("add `service." + std::string(service->label) +
                 "` to the `services` of a layer, or disable it");
  }
}

constexpr std::array units = {
    once(&check_any),
    each(BlockType::service, &check_label),
    each(BlockType::service, &check_type),
    each(BlockType::service, &check_label_is_type),
    once(&check_types_once),
    each(BlockType::service, &check_settings),
    each(BlockType::service, &check_path),
    once(&check_paths),
    each(BlockType::service, &check_suitable),
    once(&check_has_layers),
};

// The layer `roads`, published by what follows.
#define ROADS_IN(services)                                                                          \
  "layer \"roads\" {\n  title       = \"Roads\"\n  data_source = data_source.db\n"                  \
  "  table       = \"public.roads\"\n  id_field    = \"id\"\n  geometry {\n    column = \"geom\"\n" \
  "    type   = \"LineString\"\n    srid   = 4326\n  }\n  services = [" services "]\n}\n"

constexpr std::array rules = {
    RuleInfo{&no_service, "Without a service nobody can ask the server for anything.",
             "/*\nservice \"ogc_api\" is still to come\n*/\n" ROADS_IN("env(\"ROADS_SERVICE\")"),
             "service \"ogc_api\" {\n  enabled = true\n}\n"},
    RuleInfo{&label_blank, "Layers name a service by its label, and the server's plugins look for it.",
             "service \"\" {\n  type    = \"wfs\"\n  enabled = false\n}\nservice \"ogc_api\" {\n  "
             "enabled = true\n}\n",
             "service \"wfs\" {\n  enabled = false\n}\nservice \"ogc_api\" {\n  enabled = true\n}\n"},
    RuleInfo{&type_blank, "The type says which protocol the service speaks.",
             "service \"ogc_api\" {\n  type = \"\"\n}\n", "service \"ogc_api\" {\n  type = \"ogc_api\"\n}\n"},
    RuleInfo{&type_unknown,
             "The server does nothing for a type that it does not know. Other spellings of a type are "
             "understood by "
             "some of its parts only.",
             "service \"ogc_api\" {\n  type = \"ogc_apis\"\n}\n",
             "service \"ogc_api\" {\n  type = \"ogc_api\"\n}\n"},
    RuleInfo{&label_differs,
             "The server's plugins look for a service by its label and never see its type. Under another "
             "label it is "
             "not started.",
             "service \"features\" {\n  type = \"ogc_api\"\n}\n" ROADS_IN("service.features"),
             "service \"ogc_api\" {\n  enabled = true\n}\n" ROADS_IN("service.ogc_api")},
    RuleInfo{&type_twice, "Two services of one type answer at the same path, and only one of them is heard.",
             "service \"ogc_api\" {\n  enabled = true\n}\nservice \"ogcapi\" {\n  type = "
             "\"ogc_api\"\n}\n" ROADS_IN("service.ogc_api, service.ogcapi"),
             "service \"ogc_api\" {\n  enabled = true\n}\n" ROADS_IN("service.ogc_api")},
    RuleInfo{&setting_unknown, "The server drops settings that it does not know without a word.",
             "service \"ogc_api\" {\n  max_page_sise = 500\n}\n",
             "service \"ogc_api\" {\n  max_page_size = 500\n}\n"},
    RuleInfo{&path_collision,
             "Requests below a path can only go to one service. The other one is never asked, or the server "
             "refuses to start.",
             "service \"ogc_api\" {\n  base_path = \"/ogc\"\n}\nservice \"wfs\" {\n  base_path = "
             "\"/ogc/wfs\"\n}\n" ROADS_IN("service.ogc_api, service.wfs"),
             "service \"ogc_api\" {\n  base_path = \"/ogc\"\n}\nservice \"wfs\" {\n  base_path = "
             "\"/wfs\"\n}\n" ROADS_IN("service.ogc_api, service.wfs")},
    RuleInfo{&path_form, "The server puts its routes together from this text as it stands.",
             "service \"ogc_api\" {\n  base_path = \"ogc\"\n}\n",
             "service \"ogc_api\" {\n  base_path = \"/ogc\"\n}\n"},
    RuleInfo{&path_reserved,
             "Health checks, metrics and administration have paths of their own, which a service would hide.",
             "service \"ogc_api\" {\n  base_path = \"/admin/ogc\"\n}\n",
             "service \"ogc_api\" {\n  base_path = \"/ogc\"\n}\n"},
    RuleInfo{&unsuitable,
             "Every layer is a table of features. Coverages, catalogues and printing do not publish tables.",
             "service \"wcs\" {\n  enabled = true\n}\nservice \"ogc_api\" {\n  enabled = true\n}\n" ROADS_IN(
                 "service.ogc_api, service.wcs"),
             "service \"wcs\" {\n  enabled = true\n}\nservice \"ogc_api\" {\n  enabled = true\n}\n" ROADS_IN(
                 "service.ogc_api")},
    RuleInfo{&no_layer, "The service is offered to everybody and has nothing to show.",
             "service \"ogc_api\" {\n  enabled = true\n}\nservice \"wfs\" {\n  enabled = true\n}\n",
             "service \"ogc_api\" {\n  enabled = true\n}\nservice \"wfs\" {\n  enabled = true\n}\n" ROADS_IN(
                 "service.ogc_api, service.wfs")},
};

#undef ROADS_IN

}  // namespace

const Area service_area{units, rules};

}  // namespace honua::validation
