// SPDX-License-Identifier: MIT
#include "live/live.h"

#include <algorithm>
#include <array>
#include <deque>
#include <future>
#include <set>
#include <vector>

#include "connection/connection_text.h"
#include "generation/layer_plan.h"
#include "live/layer_check.h"
#include "live/rules.h"

namespace honua::live {

namespace {

using catalog::Catalog;
using catalog::Relation;
using config::Block;
using config::BlockType;
using config::Setting;
using validation::Check;

// A data source and the layers that name it.
struct Source {
  const Block* block = nullptr;
  std::vector<const Block*> layers;
  std::future<Result<Catalog>> answer;
};

// Where a finding on a data source points.
source::SourceRange place_of(const Block& source) {
  const Setting* connection = source.find("connection");
  return connection == nullptr ? source.header_range : connection->range;
}

std::deque<Source> sources_of(const Check& check) {
  std::deque<Source> sources;
  for (const Block& one : check.configuration().of(BlockType::data_source)) {
    if (!one.is_header_broken) sources.push_back({&one, {}, {}});
  }
  for (const Block& layer : check.configuration().of(BlockType::layer)) {
    const Block* named = layer.is_header_broken ? nullptr : check.data_source_of(layer);
    const auto source = std::ranges::find(sources, named, &Source::block);
    if (source != sources.end()) source->layers.push_back(&layer);
  }
  return sources;
}

bool has_reader(std::string_view provider) {
  using catalog::Engine;
  const connection::Provider* known = connection::find_provider(provider);
  return known != nullptr &&
         std::ranges::any_of(std::array{Engine::sqlite, Engine::postgresql, Engine::mysql},
                             [&](Engine one) { return to_string(one) == known->canonical; });
}

// Why a data source's database is not asked, and what helps; "" if it is.
struct Obstacle {
  std::string why;
  std::string help;
};

Obstacle obstacle_of(const Block& source) {
  const Setting* provider = source.find("provider");
  const auto name = validation::text_of(provider);
  const auto connection = validation::text_of(source.find("connection"));
  constexpr std::string_view set_variables = "set the environment variables that it comes from";
  if (!name) return {"its provider is not known here", std::string(set_variables)};
  if (!has_reader(*name))
    return {"reading " + validation::shown(*provider) + " is not built into this honua",
            "it reads `sqlite`, `postgresql` and `mysql`"};
  if (!connection) return {"its connection is not known here", std::string(set_variables)};
  if (validation::is_blank_text(*connection)) return {"its connection is empty", std::string(set_variables)};
  return {};
}

// Asks the databases at a time: the slowest one says how long that takes.
void ask(std::deque<Source>& sources, const LiveOptions& live, Check& check) {
  std::vector<const Source*> asked;
  for (Source& one : sources) {
    if (const Obstacle obstacle = obstacle_of(*one.block); !obstacle.why.empty()) {
      check
          .report(rules::not_compared, place_of(*one.block),
                  validation::address(*one.block) + " was not compared with its database: " + obstacle.why)
          .suggest(obstacle.help);
      continue;
    }
    const auto connection = validation::text_of(one.block->find("connection"));
    const auto provider = validation::text_of(one.block->find("provider"));
    // Everything that there is: what a layer names is wanted, whoever's it is.
    const catalog::ReadOptions options{.with_system = true, .timeout = live.timeout};
    if (asked.size() >= most_at_a_time) asked[asked.size() - most_at_a_time]->answer.wait();
    asked.push_back(&one);
    // Without a thread to spare it is read later, in its turn.
    one.answer = std::async(std::launch::async | std::launch::deferred, live.read, std::string(*connection),
                            std::string(*provider), options);
  }
}

// Whether any layer's clients may change its rows.
bool has_writing_service(const Source& source, const Check& check) {
  return std::ranges::any_of(source.layers, [&](const Block* layer) {
    return std::ranges::any_of(check.services_of(*layer),
                               [](const Block* one) { return validation::write_switch(*one) != nullptr; });
  });
}

void check_rights(const Source& source, const std::set<const Relation*>& published, Check& check) {
  if (has_writing_service(source, check)) return;
  std::vector<std::string_view> writable;
  for (const Relation* one : published) {
    if (one->is_writable) writable.emplace_back(one->name);
  }
  if (writable.empty()) return;
  std::ranges::sort(writable);
  check
      .report(rules::may_write, place_of(*source.block),
              "the user of " + validation::address(*source.block) +
                  " may write, and no service does: " + validation::list_of(writable))
      .suggest("connect as a user who may only read");
}

void check_replica(const Source& source, const Catalog& catalog, Check& check) {
  if (!validation::is_read_only(*source.block) || catalog.is_replica.value_or(true)) return;
  const Setting* read_only = source.block->find("read_only");
  check
      .report(rules::not_a_replica, read_only->range,
              "the server of " + validation::address(*source.block) + " is a primary, not a replica")
      .suggest("let the connection name the replica, or remove `read_only`");
}

void check_unpublished(const Source& source, const Catalog& catalog,
                       const std::set<const Relation*>& published, Check& check) {
  // What could be a layer: with geometries, and with a column that tells its rows apart.
  std::set<std::string> tables;
  for (const generation::LayerPlan& one : generation::plan_layers(catalog, false)) {
    if (one.geometry != nullptr && !one.id_field.empty() && !one.relation->is_system &&
        !published.contains(one.relation))
      tables.insert(generation::table_name(*one.relation, catalog.engine));
  }
  if (tables.empty()) return;
  const std::vector<std::string_view> names(tables.begin(), tables.end());
  check
      .report(rules::not_published, source.block->header_range,
              "no layer publishes tables of " + validation::address(*source.block) +
                  " that have geometries: " + validation::list_of(names))
      .suggest("`honua introspect CONNECTION --update FILE` adds layers for them");
}

void check_geometries(const Source& source, const Catalog& catalog, Check& check) {
  const bool has_maps = std::ranges::any_of(
      source.layers, [](const Block* one) { return !validation::is_absent(one->find("geometry")); });
  if (catalog.has_geometries || !has_maps) return;
  check
      .report(rules::no_postgis, place_of(*source.block),
              "the database of " + validation::address(*source.block) +
                  " has no PostGIS, and layers have geometries")
      .suggest("`CREATE EXTENSION postgis` in this database");
}

void compare(const Source& source, const Catalog& catalog, Check& check) {
  check_geometries(source, catalog, check);
  check_replica(source, catalog, check);
  const generation::RelationIndex relations(catalog);
  std::set<const Relation*> published;
  for (const Block* layer : source.layers) {
    if (const Relation* found = check_layer(*layer, catalog, relations, check)) published.insert(found);
  }
  check_rights(source, published, check);
  check_unpublished(source, catalog, published, check);
}

}  // namespace

void check_databases(const config::Configuration& configuration, const validation::Options& options,
                     const LiveOptions& live, diagnostics::Diagnostics& sink) {
  Check check(configuration, options, sink);
  std::deque<Source> sources = sources_of(check);
  ask(sources, live, check);
  for (Source& one : sources) {
    if (!one.answer.valid()) continue;
    const auto catalog = one.answer.get();
    if (catalog) {
      compare(one, *catalog, check);
    } else {
      check.report(rules::unreachable, place_of(*one.block),
                   "the database of " + validation::address(*one.block) +
                       " cannot be read: " + catalog.error().message);
    }
  }
}

}  // namespace honua::live
