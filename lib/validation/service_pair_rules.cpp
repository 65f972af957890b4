// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <utility>

#include "validation/areas.h"

// Settings of one service type that must fit each other.
namespace honua::validation {

namespace {

using Text = std::string_view;
using config::AttributeSchema;

constexpr Rule two_generations{"H1106", "settings-of-two-generations", Severity::warning, "service",
                               "one setting, not two of different generations, says one thing"};
constexpr Rule limit_unread{"H1107", "ogc-item-limit-alone", Severity::warning, "service",
                            "`item_limit` stands together with `max_page_size`"};
constexpr Rule above_most{
    "H1109", "default-above-maximum", Severity::error, "service",
    "a default size is at most the largest size, also where one of them is not written"};
constexpr Rule crs_twice{"H1123", "ogc-crs-twice", Severity::warning, "service",
                         "`additional_crs` names further reference systems, each once"};
constexpr Rule conformance_gap{"H1125", "ogc-conformance-incomplete", Severity::warning, "service",
                               "conformance classes come with those they build on"};
constexpr Rule odata_pages{"H3002", "odata-default-page-above-max", Severity::error, "service",
                           "`default_page_size` of OData is at most `max_page_size`"};
constexpr Rule wfs_counts{"H3024", "wfs-default-count-above-max", Severity::error, "service",
                          "`default_count` is at most `max_features`"};
constexpr Rule csw_records{"H3052", "csw-default-records-above-limit", Severity::error, "service",
                           "`default_max_records` is at most `max_record_limit`"};
constexpr Rule carto_versions{"H3082", "carto-without-version", Severity::warning, "service",
                              "a CARTO service offers one of its versions"};
constexpr Rule geoservices_counts{"H3092", "geoservices-default-count-above-max", Severity::error, "service",
                                  "`default_max_record_count` is at most `max_record_count`"};
constexpr Rule print_dpi{"H3111", "print-default-dpi-above-max", Severity::error, "service",
                         "`default_dpi` is at most `max_dpi`"};
constexpr Rule print_outputs{"H3114", "print-without-output", Severity::warning, "service",
                             "a print service offers one of its formats"};

// --- Names of one setting

struct Twins {
  Text type;
  Text older;
  Text newer;
};

constexpr std::array twins = {
    Twins{"odata", "max_page_size", "max_top"},
    Twins{"ogc_api", "item_limit", "max_limit"},
    Twins{"ogc_api", "max_page_size", "max_limit"},
    Twins{"ogc_api", "default_page_size", "limit"},
    Twins{"ogc_api", "default_page_size", "default_limit"},
    Twins{"ogc_api", "default_limit", "limit"},
    Twins{"ogc_api", "default_crs", "crs"},
    Twins{"csw", "max_record_limit", "max_records"},
};

// Whether a setting is not given, but another name of it is.
bool is_given_otherwise(const Block& service, Text name) {
  if (!is_absent(service.find(name))) return false;
  return std::any_of(twins.begin(), twins.end(), [&](const Twins& pair) {
    if (pair.type != service_type(service) || (pair.older != name && pair.newer != name)) return false;
    return !is_absent(service.find(pair.older == name ? pair.newer : pair.older));
  });
}

// --- Defaults and maxima

struct Pair {
  Text type;
  Text usual;  // what is taken unless the client asks for something
  Text most;
  const Rule* rule;          // where both are written
  bool is_repeated = false;  // the pair before says the same of a `usual` that is not written
};

constexpr std::array pairs = {
    Pair{"odata", "default_page_size", "max_page_size", &odata_pages},
    Pair{"ogc_api", "default_page_size", "max_page_size", &above_most},
    Pair{"ogc_api", "limit", "max_limit", &above_most},
    Pair{"ogc_api", "default_limit", "max_limit", &above_most, true},
    Pair{"wfs", "default_count", "max_features", &wfs_counts},
    Pair{"csw", "default_max_records", "max_record_limit", &csw_records},
    Pair{"stac", "limit", "max_limit", &above_most},
    Pair{"geoservices_rest", "default_max_record_count", "max_record_count", &geoservices_counts},
    Pair{"print", "default_dpi", "max_dpi", &print_dpi},
};

// The value in force; nothing if it is unknown or out of its range, which is a
// finding of its own.
std::optional<double> sound_number(const Block& service, Text name) {
  const auto number = effective_number(service, name);
  const AttributeSchema* schema = service.service_type->settings.find(name);
  if (!number || schema == nullptr) return std::nullopt;
  const bool sound =
      !schema->bounds.given || (*number >= schema->bounds.least && *number <= schema->bounds.most);
  return sound ? number : std::nullopt;
}

// "`max_dpi`, 300", or "the default of `max_dpi`, 300".
std::string mention(const Setting* setting, Text name, double number) {
  const std::string value = std::to_string(static_cast<long long>(number));
  if (is_absent(setting)) return "the default of " + quoted(name) + ", " + value;
  return quoted(name) + ", " + (setting->sensitive ? "a sensitive value" : value);
}

void check_pair(const Block& service, const Pair& pair, Check& check) {
  const Setting* usual = service.find(pair.usual);
  const Setting* most = service.find(pair.most);
  const bool both = !is_absent(usual) && !is_absent(most);
  if (is_absent(usual) && is_absent(most)) return;
  if (is_absent(usual) && pair.is_repeated) return;
  if (is_given_otherwise(service, pair.usual) || is_given_otherwise(service, pair.most)) return;
  const auto usual_number = sound_number(service, pair.usual);
  const auto most_number = sound_number(service, pair.most);
  if (!usual_number || !most_number || *usual_number <= *most_number) return;
  // A maximum below the default alone: the server takes the smaller one.
  const Severity severity = is_absent(usual) ? Severity::warning : Severity::error;
  const Setting& written = is_absent(usual) ? *most : *usual;
  auto& made = check.report_as(severity, both ? *pair.rule : above_most, written.range,
                               mention(usual, pair.usual, *usual_number) + ", is larger than " +
                                   mention(most, pair.most, *most_number));
  if (both) made.label(most->range, "the largest");
  made.suggest(is_absent(usual)  ? "set " + quoted(pair.usual) + " as well"
               : is_absent(most) ? "set " + quoted(pair.most) + " as well, or choose a smaller default"
                                 : "raise the one or lower the other");
}

void check_pairs(const Block& service, Check& check) {
  for (const Pair& pair : pairs) {
    if (pair.type == service_type(service)) check_pair(service, pair, check);
  }
}

// --- Generations

void check_generations(const Block& service, Check& check) {
  for (const Twins& pair : twins) {
    if (pair.type != service_type(service)) continue;
    const Setting* older = service.find(pair.older);
    const Setting* newer = service.find(pair.newer);
    if (is_absent(older) || is_absent(newer)) continue;
    check
        .report(two_generations, newer->name_range(),
                quoted(pair.newer) + " and " + quoted(pair.older) + " are one setting, of two generations")
        .label(older->name_range(), "the other one")
        .suggest("keep the one that your server reads");
  }
}

void check_item_limit(const Block& service, Check& check) {
  if (service_type(service) != "ogc_api") return;
  const Setting* limit = service.find("item_limit");
  if (is_absent(limit) || !is_absent(service.find("max_page_size"))) return;
  check.report(limit_unread, limit->name_range(), "`item_limit` is set and `max_page_size` is not")
      .suggest("set `max_page_size` to the same number: the server's metadata reads only that");
}

// --- Reference systems

// One spelling for all: "EPSG:4326". Nothing for what is no reference system.
std::optional<std::string> crs_key(Text text) {
  std::string name = lower(text);
  if (name.starts_with('[') && name.ends_with(']')) name = name.substr(1, name.size() - 2);
  if (name == "crs84" || name == "crs84h") return "ogc:" + name;
  constexpr std::array<Text, 3> prefixes = {"http://www.opengis.net/def/crs/",
                                            "https://www.opengis.net/def/crs/", "urn:ogc:def:crs:"};
  for (const Text prefix : prefixes) {
    if (!name.starts_with(prefix)) continue;
    const char separator = prefix.back();
    const std::string rest = name.substr(prefix.size());
    const std::size_t first = rest.find(separator);
    const std::size_t last = rest.rfind(separator);
    if (first == std::string::npos || first == last) return std::nullopt;
    return rest.substr(0, first) + ":" + rest.substr(last + 1);
  }
  const std::size_t colon = name.find(':');
  if (colon == std::string::npos || name.find_first_of(":/", colon + 1) != std::string::npos)
    return std::nullopt;
  return name;
}

void check_additional_crs(const Block& service, Check& check) {
  if (service_type(service) != "ogc_api") return;
  const Setting* additional = service.find("additional_crs");
  if (additional == nullptr) return;
  std::unordered_map<std::string, const Setting*> seen;
  const Setting* usual = service.find("default_crs");
  if (const auto text = text_of(usual)) {
    if (auto key = crs_key(*text)) seen.emplace(std::move(*key), usual);
  }
  for (const Setting& one : additional->items()) {
    const auto text = one.text();
    auto key = text ? crs_key(*text) : std::nullopt;
    if (!key) continue;
    const auto [place, is_new] = seen.emplace(std::move(*key), &one);
    if (is_new) continue;
    const Setting* earlier = place->second;
    const bool is_default = earlier == usual;
    const bool secret = one.sensitive || earlier->sensitive;
    check
        .report(crs_twice, one.range,
                (secret ? "this" : quoted(*text)) +
                    (is_default ? " is the default reference system already" : " is listed twice"))
        .label(earlier->range, is_default ? "the default" : "the first one")
        .suggest("remove it here");
  }
}

// --- Conformance

// "cql-text", also as ".../conf/cql-text".
const Setting* find_class(const Setting& conformance, Text wanted) {
  for (const Setting& one : conformance.items()) {
    const std::string name = lower(one.text().value_or(""));
    if (Text(name).substr(name.rfind('/') + 1) == wanted) return &one;
  }
  return nullptr;
}

void check_conformance(const Block& service, Check& check) {
  if (service_type(service) != "ogc_api") return;
  const Setting* conformance = service.find("conformance");
  if (conformance == nullptr || conformance->items().empty()) return;
  const auto items = conformance->items();
  if (!std::all_of(items.begin(), items.end(), [](const Setting& one) { return one.text().has_value(); }))
    return;
  if (find_class(*conformance, "core") == nullptr) {
    check.report(conformance_gap, conformance->range, "the conformance class `core` is missing")
        .suggest("add `\"core\"`: all others build on it");
  }
  for (const Text dependent : {"features-filter", "simple-cql", "cql-text", "cql-json"}) {
    const Setting* found = find_class(*conformance, dependent);
    if (found == nullptr || find_class(*conformance, "filter") != nullptr) continue;
    check
        .report(conformance_gap, found->range,
                "the conformance class " + quoted(dependent) + " builds on `filter`, which is missing")
        .suggest("add `\"filter\"`");
  }
  const Setting* additional = service.find("additional_crs");
  if (additional == nullptr || additional->items().empty() || find_class(*conformance, "crs") != nullptr)
    return;
  check
      .report(conformance_gap, conformance->range,
              "the conformance class `crs` is missing, while `additional_crs` names reference systems")
      .label(additional->range, "the reference systems")
      .suggest("add `\"crs\"`");
}

// --- Services that offer nothing

void check_offers(const Block& service, Check& check, const Rule& rule, Text first, Text second) {
  const auto one = effective_flag(service, first);
  const auto other = effective_flag(service, second);
  if (!one || !other || *one || *other) return;
  check
      .report(
          rule, service.find(second)->range,
          quoted(first) + " and " + quoted(second) + " are both off: " + address(service) + " offers nothing")
      .label(service.find(first)->range, "the other one")
      .suggest("turn one of them on, or disable the service");
}

void check_outputs(const Block& service, Check& check) {
  const Text type = service_type(service);
  if (type == "carto") check_offers(service, check, carto_versions, "enable_v2_api", "enable_v3_api");
  if (type == "print") check_offers(service, check, print_outputs, "enable_pdf_output", "enable_png_output");
}

constexpr std::array units = {
    each(BlockType::service, &check_pairs),       each(BlockType::service, &check_generations),
    each(BlockType::service, &check_item_limit),  each(BlockType::service, &check_additional_crs),
    each(BlockType::service, &check_conformance), each(BlockType::service, &check_outputs),
};

// A service with these lines in it, and what it needs: a layer that it
// publishes, or another service that publishes the layer.
#define PUBLISHED(type, lines)                                                                 \
  "service \"" type "\" {\n" lines                                                             \
  "}\nlayer \"roads\" {\n  title       = \"Roads\"\n"                                          \
  "  data_source = data_source.db\n  table       = \"public.roads\"\n  id_field    = \"id\"\n" \
  "  geometry {\n    column = \"geom\"\n    type   = \"LineString\"\n    srid   = 4326\n  }\n" \
  "  services = [service." type "]\n}\n"
#define ALONGSIDE(type, lines) \
  "service \"" type "\" {\n" lines "}\nservice \"ogc_api\" {\n  enabled = true\n}\n"
#define OGC_API(lines) "service \"ogc_api\" {\n" lines "}\n"

constexpr std::array rules = {
    RuleInfo{&two_generations, "Each generation of the server reads one of the two and drops the other.",
             OGC_API("  max_page_size = 1000\n  max_limit     = 1000\n"),
             OGC_API("  max_page_size = 1000\n")},
    RuleInfo{&limit_unread, "The limit that counts is then the default of `max_page_size`, not yours.",
             OGC_API("  item_limit = 500\n"), OGC_API("  item_limit    = 500\n  max_page_size = 500\n")},
    RuleInfo{&above_most,
             "A page that is larger than the largest page is refused or cut, to each client's surprise.",
             OGC_API("  default_page_size = 5000\n"),
             OGC_API("  default_page_size = 5000\n  max_page_size     = 10000\n")},
    RuleInfo{&crs_twice, "The same reference system is announced to clients several times.",
             OGC_API("  default_crs    = \"EPSG:4326\"\n  additional_crs = [\"EPSG:3857\", \"EPSG:4326\"]\n"),
             OGC_API("  default_crs    = \"EPSG:4326\"\n  additional_crs = [\"EPSG:3857\"]\n")},
    RuleInfo{&conformance_gap,
             "Clients take the classes as a promise, and a class includes what it builds on.",
             OGC_API("  conformance = [\"core\", \"cql-text\"]\n"),
             OGC_API("  conformance = [\"core\", \"filter\", \"cql-text\"]\n")},
    RuleInfo{&odata_pages, "The server refuses to start with a default page above the largest page.",
             PUBLISHED("odata", "  default_page_size = 500\n  max_page_size     = 100\n"),
             PUBLISHED("odata", "  default_page_size = 100\n  max_page_size     = 500\n")},
    RuleInfo{&wfs_counts, "The server refuses to start with a default count above the largest count.",
             PUBLISHED("wfs", "  default_count = 5000\n  max_features  = 1000\n"),
             PUBLISHED("wfs", "  default_count = 100\n  max_features  = 1000\n")},
    RuleInfo{&csw_records, "The server refuses to start with a default count above the largest count.",
             ALONGSIDE("csw", "  default_max_records = 500\n  max_record_limit    = 100\n"),
             ALONGSIDE("csw", "  default_max_records = 10\n  max_record_limit    = 100\n")},
    RuleInfo{&carto_versions, "The service answers none of its addresses.",
             ALONGSIDE("carto", "  enable_v2_api = false\n  enable_v3_api = false\n"),
             ALONGSIDE("carto", "  enable_v2_api = false\n  enable_v3_api = true\n")},
    RuleInfo{&geoservices_counts, "The server refuses to start with a default count above the largest count.",
             PUBLISHED("geoservices_rest",
                       "  default_max_record_count = 2000\n  max_record_count         = 1000\n"),
             PUBLISHED("geoservices_rest",
                       "  default_max_record_count = 1000\n  max_record_count         = 2000\n")},
    RuleInfo{&print_dpi, "The server refuses to start with a default resolution above the finest one.",
             ALONGSIDE("print", "  default_dpi = 300\n  max_dpi     = 150\n"),
             ALONGSIDE("print", "  default_dpi = 150\n  max_dpi     = 300\n")},
    RuleInfo{&print_outputs, "There is nothing that the service could print to.",
             ALONGSIDE("print", "  enable_pdf_output = false\n  enable_png_output = false\n"),
             ALONGSIDE("print", "  enable_pdf_output = true\n  enable_png_output = false\n")},
};

#undef PUBLISHED
#undef ALONGSIDE
#undef OGC_API

}  // namespace

const Area service_pair_area{units, rules};

}  // namespace honua::validation
