// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <vector>

#include "validation/areas.h"

// Layers and the services that publish them.
namespace honua::validation {

namespace {

constexpr Rule no_service{"H1044", "layer-without-service", Severity::warning, "layer",
                          "a layer is published by a service"};
constexpr Rule none_enabled{"H2010", "layer-services-disabled", Severity::warning, "layer",
                            "one of a layer's services is enabled"};
constexpr Rule no_geometry{"H1137", "layer-without-geometry", Severity::warning, "layer",
                           "layers of services for maps and features have a geometry"};
constexpr Rule named_twice{"H1139", "service-named-twice", Severity::error, "layer",
                           "a layer names each service once"};
constexpr Rule ids_collide{"H1140", "published-ids-collide", Severity::error, "layer",
                           "published layers have different ids"};
constexpr Rule some_disabled{"H1141", "layer-names-disabled-service", Severity::error, "layer",
                             "the services of a layer are all enabled or all disabled"};
constexpr Rule written_replica{"H2103", "replica-written", Severity::error, "layer",
                               "services that write have no layers on read-only data sources"};
constexpr Rule several_sources{"H2110", "service-of-several-data-sources", Severity::warning, "service",
                               "the layers of a service are in one data source"};

std::span<const Setting> services_named_by(const Block& layer) {
  const Setting* services = layer.find("services");
  return services == nullptr ? std::span<const Setting>() : services->items();
}

const Setting* place_of(const Block& layer, const Block& service) {
  for (const Setting& one : services_named_by(layer)) {
    if (one.text() == service.label) return &one;
  }
  return nullptr;
}

void check_any_service(const Block& layer, Check& check) {
  const Setting* services = layer.find("services");
  const bool none = is_absent(services) || (services->is(SettingKind::list) && services->items().empty());
  if (!none) return;
  check
      .report(no_service, services == nullptr ? layer.label_range : services->range,
              address(layer) + " names no service: nobody can reach it")
      .suggest("add `services = [service.NAME]`");
}

// --- disabled services

// Of each disabled service, so that nothing is to do where all are enabled.
void check_disabled(const Block& service, Check& check) {
  if (is_enabled(service)) return;
  const Block* last = nullptr;
  for (const Block* layer : check.layers_of(service)) {
    if (layer == last) continue;
    last = layer;
    const auto services = check.services_of(*layer);
    const bool any =
        std::any_of(services.begin(), services.end(), [](const Block* one) { return is_enabled(*one); });
    const Setting* place = place_of(*layer, service);
    const SourceRange off = service.find("enabled")->range;
    if (any && place != nullptr) {
      check.report(some_disabled, place->range, address(*layer) + " names the disabled " + address(service))
          .label(off, "disabled here")
          .suggest("remove it from `services`, or enable it");
    } else if (!any && services.front() == &service && services.size() == services_named_by(*layer).size()) {
      check
          .report(none_enabled, layer->find("services")->range,
                  "no service of " + address(*layer) + " is enabled")
          .label(off, "disabled here")
          .suggest("enable one of them, or remove the layer");
    }
  }
}

// --- what a layer's services need

bool needs_geometry(const Block& service) {
  const std::string_view type = service_type(service);
  return is_surely_enabled(service) &&
         (type == "wms" || type == "wmts" || type == "wfs" || type == "geoservices_rest");
}

void check_geometry(const Block& layer, Check& check) {
  if (!is_absent(layer.find("geometry"))) return;
  for (const Setting& one : services_named_by(layer)) {
    const auto label = one.text();
    const Block* service = label ? check.configuration().find(BlockType::service, *label) : nullptr;
    if (service == nullptr || !needs_geometry(*service)) continue;
    check
        .report(no_geometry, layer.label_range,
                address(layer) + " has no geometry, and " + address(*service) + " publishes it")
        .label(one.range, "published here")
        .suggest("add `geometry { ... }`, or publish the table by services without maps, such as OData");
    return;
  }
}

void check_named_twice(const Block& layer, Check& check) {
  const auto services = services_named_by(layer);
  if (services.size() < 2) return;
  std::vector<const Setting*> sorted;
  sorted.reserve(services.size());
  for (const Setting& one : services) {
    if (one.text()) sorted.push_back(&one);
  }
  std::sort(sorted.begin(), sorted.end(), [](const Setting* a, const Setting* b) {
    return a->text() != b->text() ? a->text() < b->text() : a < b;
  });
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    if (sorted[i - 1]->text() != sorted[i]->text()) continue;
    check.report(named_twice, sorted[i]->range, address(layer) + " names " + shown(*sorted[i]) + " twice")
        .label(sorted[i - 1]->range, "named here already")
        .suggest("remove one of them");
  }
}

// --- ids

// Longer labels are a finding of their own.
constexpr std::size_t longest_label = 128;

// The labels of a layer's services, each once; empty if they are not all known.
std::vector<std::string_view> labels_of_services(const Block& layer) {
  std::vector<std::string_view> labels;
  for (const Setting& one : services_named_by(layer)) {
    const auto label = one.text();
    if (!label) return {};
    labels.push_back(*label);
  }
  std::sort(labels.begin(), labels.end());
  labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
  return labels;
}

// The service of `shorter` under which it is published with the same id as the
// layer called `shorter_rest`; "" if there is none.
std::string_view colliding_service(std::string_view rest, const std::vector<std::string_view>& services,
                                   const std::vector<std::string_view>& of_shorter) {
  for (const std::string_view one : of_shorter) {
    if (services.size() == 1 && one == rest) return one;
    if (services.size() == 1 || !one.starts_with(rest) || one.size() <= rest.size() + 1 ||
        one[rest.size()] != '_')
      continue;
    if (std::binary_search(services.begin(), services.end(), one.substr(rest.size() + 1))) return one;
  }
  return {};
}

// A layer of one service is published as `layer`, of several as
// `layer_service` for each.
void check_id(const Block& layer, Check& check) {
  const std::string_view label = layer.label;
  if (label.size() > longest_label) return;
  for (std::size_t cut = label.find('_'); cut != std::string_view::npos; cut = label.find('_', cut + 1)) {
    const Block* shorter = check.configuration().find(BlockType::layer, label.substr(0, cut));
    if (shorter == nullptr) continue;
    const auto services = labels_of_services(layer);
    const auto of_shorter = labels_of_services(*shorter);
    if (services.empty() || of_shorter.size() < 2) continue;
    const std::string_view common = colliding_service(label.substr(cut + 1), services, of_shorter);
    if (common.empty()) continue;
    check
        .report(ids_collide, layer.label_range,
                address(layer) + " and " + address(*shorter) + " are both published as " +
                    quoted(std::string(shorter->label) + "_" + std::string(common)))
        .label(shorter->label_range, "of several services: each adds its label to the id")
        .suggest("rename one of the layers");
  }
}

// --- data sources

void check_replicas(Check& check) {
  const Configuration& configuration = check.configuration();
  const auto& sources = configuration.of(BlockType::data_source);
  if (std::none_of(sources.begin(), sources.end(), &is_read_only)) return;
  for (const Block& layer : configuration.of(BlockType::layer)) {
    const Block* source = check.data_source_of(layer);
    if (source == nullptr || !is_read_only(*source)) continue;
    for (const Block* service : check.services_of(layer)) {
      const Setting* writes = is_surely_enabled(*service) ? write_switch(*service) : nullptr;
      if (writes == nullptr) continue;
      check
          .report(written_replica, layer.find("data_source")->range,
                  address(*source) + " is read-only, and " + address(*service) + " lets clients write to " +
                      address(layer))
          .label(source->find("read_only")->range, "read-only")
          .label(writes->range, "switches writing on")
          .suggest("take the layer from the data source that can be written");
      break;
    }
  }
}

void check_sources(const Block& service, Check& check) {
  if (!is_surely_enabled(service)) return;
  const Setting* first = nullptr;
  for (const Block* layer : check.layers_of(service)) {
    const Setting* source = layer->find("data_source");
    const Block* block = check.data_source_of(*layer);
    // A replica has the tables of its primary.
    if (block == nullptr || is_read_only(*block)) continue;
    if (first == nullptr) first = source;
    if (source->text() == first->text()) continue;
    check
        .report(several_sources, service.label_range,
                "the layers of " + address(service) + " are in several data sources")
        .label(first->range, "the first one: the server takes it for all")
        .label(source->range, "another one")
        .suggest("make a service for each data source");
    return;
  }
}

constexpr std::array units = {
    once(&check_replicas),
    each(BlockType::service, &check_disabled),
    each(BlockType::service, &check_sources),
    each(BlockType::layer, &check_any_service),
    each(BlockType::layer, &check_geometry),
    each(BlockType::layer, &check_named_twice),
    each(BlockType::layer, &check_id),
};

#define HONUA_LAYER(label, source, services)                                                  \
  "layer \"" label "\" {\n  title       = \"" label "\"\n  data_source = data_source." source \
  "\n  table       = \"public." label                                                         \
  "\"\n  id_field    = \"id\"\n"                                                              \
  "  geometry {\n    column = \"geom\"\n    type   = \"LineString\"\n  }\n  services = [" services "]\n}\n"
#define HONUA_TABLE(service)                                                         \
  "layer \"owners\" {\n  title       = \"Owners\"\n  data_source = data_source.db\n" \
  "  table       = \"public.owners\"\n  id_field    = \"id\"\n  services    = [service." service "]\n}\n"
#define HONUA_SERVICE(label, enabled) "service \"" label "\" {\n  enabled = " enabled "\n}\n"
#define HONUA_DATA_SOURCE(label, more)                                                                   \
  "data_source \"" label "\" {\n  provider   = \"postgresql\"\n  connection = env(\"DATABASE_URL_" label \
  "\")\n" more "}\n"
#define HONUA_ODATA "service \"odata\" {\n  allow_writes = true\n}\n"
#define HONUA_BOTH HONUA_SERVICE("odata", "true") HONUA_SERVICE("wfs", "true")

constexpr std::array rules = {
    RuleInfo{&no_service, "A layer that no service publishes cannot be reached.",
             HONUA_LAYER("roads", "db", "service.ogc_api") HONUA_LAYER("paths", "db", ""),
             HONUA_LAYER("roads", "db", "service.ogc_api") HONUA_LAYER("paths", "db", "service.ogc_api")},
    RuleInfo{&none_enabled, "A layer all of whose services are disabled cannot be reached.",
             HONUA_SERVICE("odata", "false") HONUA_LAYER("roads", "db", "service.odata"),
             HONUA_SERVICE("odata", "true") HONUA_LAYER("roads", "db", "service.odata")},
    RuleInfo{&no_geometry,
             "The server would publish such a layer as polygons in a column `geometry`, which is not there.",
             HONUA_SERVICE("wfs", "true") HONUA_TABLE("wfs"),
             HONUA_SERVICE("odata", "true") HONUA_TABLE("odata")},
    RuleInfo{&named_twice, "The layer would be published twice under one id.",
             HONUA_LAYER("roads", "db", "service.ogc_api, service.ogc_api"),
             HONUA_LAYER("roads", "db", "service.ogc_api")},
    RuleInfo{&ids_collide,
             "A layer of several services is published as `layer_service` for each: another layer may not be "
             "called so.",
             HONUA_BOTH HONUA_LAYER("roads", "db", "service.odata, service.wfs")
                 HONUA_LAYER("roads_wfs", "db", "service.wfs"),
             HONUA_BOTH HONUA_LAYER("roads", "db", "service.odata, service.wfs")
                 HONUA_LAYER("paths", "db", "service.wfs")},
    RuleInfo{&some_disabled,
             "Disabled services vanish while their layers stay, and the server then refuses the whole "
             "configuration.",
             HONUA_SERVICE("odata", "true") HONUA_SERVICE("wfs", "false")
                 HONUA_LAYER("roads", "db", "service.odata, service.wfs"),
             HONUA_SERVICE("odata", "true") HONUA_SERVICE("wfs", "false")
                 HONUA_LAYER("roads", "db", "service.odata")},
    RuleInfo{&written_replica, "The database refuses each change.",
             HONUA_DATA_SOURCE("db", "") HONUA_DATA_SOURCE("replica", "  read_only  = true\n")
                 HONUA_ODATA HONUA_LAYER("roads", "replica", "service.odata")
                     HONUA_LAYER("paths", "db", "service.odata"),
             HONUA_DATA_SOURCE("db", "") HONUA_DATA_SOURCE("replica", "  read_only  = true\n")
                 HONUA_ODATA HONUA_LAYER("roads", "db", "service.odata")
                     HONUA_LAYER("paths", "db", "service.odata")},
    RuleInfo{
        &several_sources,
        "The server connects a service to the data source of its first layer and looks for all others there.",
        HONUA_DATA_SOURCE("db", "") HONUA_DATA_SOURCE("archive", "") HONUA_SERVICE("odata", "true")
            HONUA_LAYER("roads", "db", "service.odata") HONUA_LAYER("paths", "archive", "service.odata"),
        HONUA_DATA_SOURCE("db", "") HONUA_DATA_SOURCE("archive", "") HONUA_BOTH HONUA_LAYER(
            "roads", "db", "service.odata") HONUA_LAYER("paths", "archive", "service.wfs")},
};

#undef HONUA_LAYER
#undef HONUA_TABLE
#undef HONUA_SERVICE
#undef HONUA_DATA_SOURCE
#undef HONUA_ODATA
#undef HONUA_BOTH

}  // namespace

const Area publication_area{units, rules};

}  // namespace honua::validation
