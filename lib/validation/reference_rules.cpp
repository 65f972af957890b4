// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "validation/areas.h"

// References between blocks.
namespace honua::validation {

namespace {

constexpr Rule no_data_source{"H2001", "undefined-data-source", Severity::error, "reference",
                              "the data source that a layer names exists"};
constexpr Rule no_service{"H2002", "undefined-service", Severity::error, "reference",
                          "the services that a layer names exist"};
constexpr Rule shared_label{"H2009", "label-shared-between-types", Severity::error, "reference",
                            "data sources, services, layers and caches have different labels"};
constexpr Rule data_source_unused{"H2014", "data-source-unused", Severity::warning, "reference",
                                  "each of several data sources has layers"};
constexpr Rule no_service_source{"H2108", "undefined-service-data-source", Severity::error, "reference",
                                 "the data source that a service names exists"};
constexpr Rule no_cache{"H2109", "undefined-cache", Severity::error, "reference",
                        "the cache that a layer names exists and is enabled"};

// Among more names nothing close is looked for: it would take too long.
constexpr std::size_t most_compared = 200;

std::string_view keyword_of(BlockType type) { return config::schema_of(type).keyword; }

void report_undefined(const Rule& rule, const Setting& reference, BlockType type, Check& check) {
  const std::string_view label = *reference.text();
  const std::string keyword(keyword_of(type));
  auto& made = check.report(rule, reference.range,
                            reference.sensitive
                                ? "there is no block " + quoted(keyword) + " of the environment's label"
                                : "there is no " + quoted(keyword + "." + std::string(label)));
  const auto& blocks = check.configuration().of(type);
  if (blocks.empty()) {
    made.suggest("add " + quoted(keyword + " \"NAME\" { ... }"));
    return;
  }
  if (blocks.size() > most_compared || reference.sensitive) return;
  std::vector<std::string_view> labels;
  for (const Block& block : blocks) {
    if (same_word(block.label, label)) {
      made.suggest("write " + quoted(keyword + "." + std::string(block.label)) + ": case counts");
      return;
    }
    labels.push_back(block.label);
  }
  suggest_from(made, label, labels);
}

// The block that is referred to. Nothing is said of blank references, which
// other rules know.
const Block* resolve(const Rule& rule, const Setting* reference, BlockType type, Check& check) {
  const auto label = text_of(reference);
  if (!label || is_blank(reference)) return nullptr;
  const Block* block = check.configuration().find(type, *label);
  if (block == nullptr && check.has_all_blocks()) report_undefined(rule, *reference, type, check);
  return block;
}

void check_layer(const Block& layer, Check& check) {
  resolve(no_data_source, layer.find("data_source"), BlockType::data_source, check);
  const Setting* services = layer.find("services");
  if (services == nullptr) return;
  for (const Setting& one : services->items()) {
    // A blank element names a service that cannot exist.
    if (is_blank(&one) && one.text()) report_undefined(no_service, one, BlockType::service, check);
    resolve(no_service, &one, BlockType::service, check);
  }
}

void check_service(const Block& service, Check& check) {
  resolve(no_service_source, service.find("data_source"), BlockType::data_source, check);
}

void check_cache(const Block& layer, Check& check) {
  const Setting* caching = layer.find("cache");
  const Setting* reference = caching == nullptr ? nullptr : caching->find("cache_ref");
  if (reference == nullptr) return;
  const Block* cache = resolve(no_cache, reference, BlockType::cache, check);
  if (cache == nullptr || is_enabled(*cache) || !flag_of(caching->find("enabled")).value_or(true)) return;
  check.report(no_cache, reference->range, address(*cache) + " is disabled")
      .label(cache->find("enabled")->range, "disabled here")
      .suggest("enable it, or name another cache");
}

// --- labels

constexpr std::array sharing = {BlockType::data_source, BlockType::service, BlockType::cache,
                                BlockType::layer};

void report_shared(const Block& first, const Block& second, Check& check) {
  check.report(shared_label, second.label_range, address(second) + " has the label of " + address(first))
      .label(first.label_range, "the other one")
      .suggest("rename one of them: the server has one list of all labels");
}

// The first layer of each label that a block of another type has: these are few, layers are many.
std::unordered_map<std::string_view, const Block*> layers_sharing_labels(const Configuration& configuration) {
  std::unordered_set<std::string_view> labels;
  for (const BlockType type : sharing) {
    if (type == BlockType::layer) continue;
    for (const Block& block : configuration.of(type)) labels.insert(block.label);
  }
  std::unordered_map<std::string_view, const Block*> found;
  for (const Block& layer : configuration.of(BlockType::layer)) {
    if (labels.contains(layer.label)) found.emplace(layer.label, &layer);
  }
  return found;
}

void check_shared_labels(Check& check) {
  const Configuration& configuration = check.configuration();
  const auto layers = layers_sharing_labels(configuration);
  const auto find = [&](BlockType type, std::string_view label) -> const Block* {
    if (type != BlockType::layer) return configuration.find(type, label);
    const auto found = layers.find(label);
    return found == layers.end() ? nullptr : found->second;
  };
  for (std::size_t type = 0; type + 1 < sharing.size(); ++type) {
    for (const Block& block : configuration.of(sharing[type])) {
      if (block.label.empty() || configuration.find(sharing[type], block.label) != &block) continue;
      const auto* const next = std::find_if(sharing.begin() + type + 1, sharing.end(), [&](BlockType other) {
        return find(other, block.label) != nullptr;
      });
      if (next != sharing.end()) report_shared(block, *find(*next, block.label), check);
    }
  }
}

// --- unused data sources

void use(const Setting* reference, std::unordered_set<std::string_view>& used, bool& all_known) {
  if (is_absent(reference)) return;
  if (const auto label = text_of(reference)) {
    used.insert(*label);
  } else {
    all_known = false;
  }
}

void check_unused(Check& check) {
  const Configuration& configuration = check.configuration();
  const auto& sources = configuration.of(BlockType::data_source);
  if (sources.size() < 2 || configuration.of(BlockType::layer).empty() || !check.has_all_blocks()) return;
  std::unordered_set<std::string_view> used;
  bool all_known = true;
  for (const BlockType type : {BlockType::layer, BlockType::service}) {
    for (const Block& block : configuration.of(type)) use(block.find("data_source"), used, all_known);
  }
  if (!all_known) return;
  for (const Block& source : sources) {
    // Replicas are read in place of their primary.
    const Setting* read_only = source.find("read_only");
    const bool may_be_replica = read_only != nullptr && flag_of(read_only) != false;
    if (may_be_replica || used.contains(source.label)) continue;
    check.report(data_source_unused, source.label_range, "no layer is in " + address(source))
        .suggest("remove it, or mark a replica by `read_only = true`");
  }
}

constexpr std::array units = {
    once(&check_shared_labels),
    once(&check_unused),
    each(BlockType::layer, &check_layer),
    each(BlockType::layer, &check_cache),
    each(BlockType::service, &check_service),
};

#define HONUA_LAYER(label, source, services, more)                                        \
  "layer \"" label "\" {\n  title       = \"Roads\"\n  data_source = data_source." source \
  "\n  table       = \"public.roads\"\n  id_field    = \"id\"\n  services    = [" services "]\n" more "}\n"
#define HONUA_SOURCE(label)                                                                              \
  "data_source \"" label "\" {\n  provider   = \"postgresql\"\n  connection = env(\"DATABASE_URL_" label \
  "\")\n}\n"
#define HONUA_CACHED(cache)                                  \
  "cache \"tiles\" {\n  type = \"memory\"\n}\n" HONUA_LAYER( \
      "roads", "db", "service.ogc_api", "  cache {\n    cache_ref = cache." cache "\n  }\n")

constexpr std::array rules = {
    RuleInfo{&no_data_source, "The layer's table is nowhere to be found.",
             HONUA_LAYER("roads", "bd", "service.ogc_api", ""),
             HONUA_LAYER("roads", "db", "service.ogc_api", "")},
    RuleInfo{&no_service, "The server refuses a layer of a service that it does not have.",
             HONUA_LAYER("roads", "db", "service.ogc_api, service.odata", ""),
             HONUA_LAYER("roads", "db", "service.ogc_api", "")},
    RuleInfo{&shared_label, "The server keeps the labels of all these blocks in one list.",
             HONUA_SOURCE("roads") HONUA_LAYER("roads", "roads", "service.ogc_api", ""),
             HONUA_SOURCE("roads_db") HONUA_LAYER("roads", "roads_db", "service.ogc_api", "")},
    RuleInfo{&data_source_unused, "Its connections are opened and watched for nothing.",
             HONUA_SOURCE("db") HONUA_SOURCE("archive"), HONUA_SOURCE("db")},
    RuleInfo{&no_service_source, "The service finds no database.",
             "service \"ogc_api\" {\n  max_page_size = 1000\n  data_source   = data_source.bd\n}\n",
             "service \"ogc_api\" {\n  max_page_size = 1000\n  data_source   = data_source.db\n}\n"},
    RuleInfo{&no_cache, "The layer's answers would not be cached.", HONUA_CACHED("tile"),
             HONUA_CACHED("tiles")},
};

#undef HONUA_LAYER
#undef HONUA_SOURCE
#undef HONUA_CACHED

}  // namespace

const Area reference_area{units, rules};

}  // namespace honua::validation
