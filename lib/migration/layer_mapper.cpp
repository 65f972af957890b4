// SPDX-License-Identifier: MIT
#include <algorithm>
#include <set>
#include <utility>

#include "migration/layer_members.h"
#include "migration/mappers.h"
#include "migration/rules.h"
#include "rendering/names.h"
#include "rendering/quoted_text.h"
#include "text/sanitize.h"
#include "text/unicode.h"
#include "text/words.h"

namespace honua::migration {

namespace {

class LayerMapper {
 public:
  explicit LayerMapper(LayerMembers& layer) : layer_(layer) {}

  void map() {
    map_title();
    map_text("description", {"description"});
    // In the order that configurations have.
    layer_.set({"data_source"}, "");
    map_table();
    map_id_field();
    map_text("displayField", {"display_field"});
    map_geometry(layer_);
    map_fields(layer_);
    layer_.set({"services"}, "");
    map_permissions();
    map_cache();
    check_protection();
  }

 private:
  bool map_text(std::string_view name, const Path& path) {
    return layer_.context().map_text(layer_.own(), name, layer_.block(), path);
  }

  void map_title() {
    if (map_text("title", {"title"})) return;
    // Some documents have names instead, which may be the id.
    const auto name = layer_.context().find_text(layer_.own(), "name");
    const bool is_id = name && name->id() == layer_.id().id();
    if (name && !is_id) {
      layer_.set({"title"}, rendering::quoted_text(name->text()));
      layer_.claim(*name, Outcome::mapped, {"title"});
    } else {
      layer_.set({"title"}, rendering::quoted_text(layer_.name()));
    }
  }

  void map_table() {
    const LayerMembers::Found table = layer_.find_first({{&layer_.storage(), "table"},
                                                         {&layer_.own(), "table"},
                                                         {&layer_.source(), "table"},
                                                         {&layer_.source(), "tableName"},
                                                         {&layer_.own(), "tableName"}});
    if (layer_.own().find("sqlView") && !layer_.own().find("sqlView")->is(ValueKind::null)) {
      const LegacyValue view = *layer_.own().find("sqlView");
      layer_.target().obstacle = "it is a query: create a view in the database, and name it as `table`";
      layer_.set({"table"}, rendering::quoted_text(""));
      const auto severity = layer_.context().options().refuses_sql_views ? diagnostics::Severity::error
                                                                         : diagnostics::Severity::warning;
      layer_.context()
          .report(rules::layer_not_served, severity, view,
                  "the layer " + text::quoted(layer_.name()) +
                      " is a query, and the configuration has tables only")
          .suggest("create a view in the database, and name it as the layer's `table`");
      return;
    }
    if (!table.value) {
      layer_.set({"table"}, rendering::quoted_text(layer_.name()));
      layer_.report(rules::value_assumed, "the layer " + text::quoted(layer_.name()) + " names no table: " +
                                              text::quoted(layer_.name()) + " is taken");
      return;
    }
    const LayerMembers::Found schema = layer_.find_first(
        {{&layer_.storage(), "schema"}, {&layer_.source(), "schema"}, {&layer_.own(), "schema"}});
    const std::string name = table.value->text();
    if (schema.value && name.find('.') == std::string::npos) {
      layer_.set({"table"}, rendering::quoted_text(schema.value->text() + "." + name));
      layer_.claim(*schema.value, Outcome::converted, {"table"}, "it stands in front of the table");
      layer_.claim(*table.value, Outcome::converted, {"table"}, "its schema stands in front");
      layer_.merge(table, {"table"}, [&](const LegacyValue& other) { return other.text() == name; });
    } else {
      layer_.set_text(table, {"table"});
    }
  }

  void map_id_field() {
    const LayerMembers::Found key = layer_.find_first({{&layer_.storage(), "primaryKey"},
                                                       {&layer_.own(), "idField"},
                                                       {&layer_.own(), "idColumn"},
                                                       {&layer_.own(), "identityColumn"},
                                                       {&layer_.source(), "identityColumn"},
                                                       {&layer_.source(), "primaryKeyColumn"}});
    if (key.value) {
      layer_.key = key.value->text();
      return layer_.set_text(key, {"id_field"});
    }
    layer_.set({"id_field"}, rendering::quoted_text(""));
    if (layer_.target().obstacle.empty()) layer_.target().obstacle = "no column is known to tell rows apart";
    layer_
        .report(rules::layer_not_served,
                "the layer " + text::quoted(layer_.name()) + " does not say which column tells rows apart")
        .suggest("add `idField`, or set `id_field` in what was written");
  }

  // --- The rest

  void map_permissions() {
    const auto editing = layer_.context().find(layer_.own(), "editing", ValueKind::object);
    if (!editing) return;
    const auto capabilities = layer_.context().find(LegacyObject{editing}, "capabilities", ValueKind::object);
    if (!capabilities) return;
    note_denial(LegacyObject{capabilities});
    // Old servers took it for granted.
    const Path path = {"permissions", "require_auth_write"};
    if (!layer_.context().map_boolean(LegacyObject{capabilities}, "requireAuthentication", layer_.block(),
                                      path))
      layer_.set(path, "true");
  }

  void note_denial(const LegacyObject& capabilities) {
    for (const std::string_view name : {"allowAdd", "allowUpdate", "allowDelete"}) {
      const auto is_allowed = capabilities.find(name);
      if (is_allowed && is_allowed->is(ValueKind::boolean) && !is_allowed->boolean())
        layer_.context().edit_denials.push_back(
            {*is_allowed, "clients could change " + text::quoted(layer_.name()) + ", which they could not"});
    }
  }

  void map_cache() {
    const auto caching = layer_.context().find(layer_.own(), "caching", ValueKind::object);
    if (!caching) return;
    const LegacyObject members{caching};
    layer_.context().map_boolean(members, "enabled", layer_.block(), {"cache", "enabled"});
    layer_.context().map_count(members, "ttl", layer_.block(), {"cache", "ttl"}, "a number of seconds");
  }

  // Whoever may write may do so without a role, where services let clients edit.
  void check_roles() {
    const LegacyObject editing{layer_.own().find("editing")};
    const LegacyObject capabilities{editing.find("capabilities")};
    const auto roles = capabilities.find("allowedRoles");
    if (!roles || !roles->is(ValueKind::array) || roles->is_empty()) return;
    layer_.context()
        .report(rules::value_left_out, *roles,
                "the configuration has no roles: whoever is let in may change " +
                    text::quoted(layer_.name()) + " where a service allows editing")
        .suggest("protect the table in the database, or leave editing off");
  }

  // What is served without it shows more than before.
  void check_protection() {
    if (!layer_.target().obstacle.empty()) return;
    check_roles();
    const auto query = layer_.context().find(layer_.own(), "query", ValueKind::object);
    const auto filter = query ? LegacyObject{query}.find("autoFilter") : std::nullopt;
    if (filter && !filter->is(ValueKind::null))
      layer_.context().lose_protection(
          *filter, "the rows that the filter of " + text::quoted(layer_.name()) + " hides would be served");
    const auto mapping = layer_.context().find(layer_.own(), "schemaMapping", ValueKind::object);
    const auto columns = layer_.context().find(LegacyObject{mapping}, "columns", ValueKind::array);
    if (!columns || layer_.own().find("fields")) return;
    columns->each_element([&](const LegacyValue& one) {
      const auto visible = LegacyObject{one}.find("visible");
      if (visible && visible->is(ValueKind::boolean) && !visible->boolean())
        layer_.context().lose_protection(
            *visible, "the column that " + text::quoted(layer_.name()) + " hides would be served");
    });
  }

  LayerMembers& layer_;
};

}  // namespace

ServiceGroup* Layers::group_of(const LegacyObject& layer, const LegacyValue& whole) {
  const auto service = context_.find_text(layer, "serviceId");
  if (!service) {
    // The only one that there is.
    if (services_.groups().size() == 1) return &services_.groups().front();
    context_.report(rules::member_missing, whole, "the layer has no `serviceId`");
    return nullptr;
  }
  ServiceGroup* group = services_.find(service->text());
  if (group == nullptr)
    context_.report(rules::reference_dangling, *service,
                    "there is no service " + text::quoted(service->text()));
  return group;
}

void Layers::add(const LegacyValue& layer, ServiceGroup* group) {
  LegacyObject members{layer};
  const auto id = read_id(layer, members, "layer", ids_, context_);
  if (!id) return;
  const bool is_nested = group != nullptr;
  if (!is_nested) group = group_of(members, layer);
  if (group == nullptr) return;
  const std::string old_id = id->text();
  const std::string label = context_.make_label(*id, "layer");
  const BlockNumber block = context_.add_block("layer", label);
  context_.keep_above(block, layer);
  const std::size_t before = context_.account().size(layer);
  context_.claim_block(layer, Outcome::mapped, block);
  context_.claim_block(*id, label == old_id ? Outcome::mapped : Outcome::converted, block);
  if (!group->obstacle.empty()) {
    context_.block(block).obstacle = group->obstacle;
    context_.report(rules::layer_not_served, *id,
                    "the layer " + text::quoted(old_id) + " is of a service that is switched off");
  }
  LayerMembers mapped(std::move(members), *id, block, context_);
  LayerMapper(mapped).map();
  publish(mapped, *group);
  context_.block(block).close(writer_);
  // What is a comment says nothing: all of it is kept.
  if (!context_.block(block).obstacle.empty())
    context_.account().forget_after(layer, before);
  else
    context_.account().sort_since(layer, before);
}

void Layers::publish(LayerMembers& layer, ServiceGroup& group) {
  auto named = context_.find_text(layer.own(), "dataSourceId");
  const auto source = layer.own().find("dataSource");
  if (!named && source && !source->is(ValueKind::object))
    named = context_.find_text(layer.own(), "dataSource");
  const bool is_own = named.has_value();
  if (!named) named = group.data_source_id;
  const std::string label = source_of(layer, named, group);
  if (label.empty()) return;
  if (is_own) layer.claim(*named, Outcome::converted, {"data_source"});
  const bool is_served = layer.target().obstacle.empty();
  if (!is_own && group.data_source_id && is_served && !std::exchange(group.is_source_claimed, true))
    layer.claim(*group.data_source_id, Outcome::converted, {"data_source"}, "each of its layers says it");
  layer.set({"data_source"}, rendering::reference_to("data_source", label));
  if (const auto service = context_.find_text(layer.own(), "serviceId"))
    claim_service(layer, *service, group);
  layer.set({"services"}, services_.listing_of(group));
  if (is_served) rename_collection(layer, group);
}

// The label of its data source; "" after an error.
std::string Layers::source_of(LayerMembers& layer, const std::optional<LegacyValue>& named,
                              ServiceGroup& group) {
  std::string label;
  if (named) {
    label = sources_.label_of(named->text());
    if (label.empty()) label = sources_.assume(*named);
    if (label.empty())
      context_.report(rules::reference_dangling, *named,
                      "there is no data source " + text::quoted(named->text()));
    return label;
  }
  label = sources_.label_of_own(layer.source(), group);
  if (label.empty()) label = sources_.only_label();
  if (label.empty()) layer.report(rules::member_missing, "nothing says which data source the layer is in");
  return label;
}

void Layers::claim_service(LayerMembers& layer, const LegacyValue& service, const ServiceGroup& group) {
  const bool is_same = text::to_lower(service.text()) == text::to_lower(group.id);
  // Services are protocols now: which of several groups it was in is said nowhere else.
  if (is_same && services_.groups().size() > 1)
    return context_.claim_and_keep(service, Outcome::converted, layer.block(), {"services"},
                                   "its group has no name");
  if (is_same) return layer.claim(service, Outcome::converted, {"services"});
  layer.claim(service, Outcome::merged, {"services"}, "the service that it stands in counts");
  context_.report(rules::settings_conflict, service,
                  "the layer stands in the service " + text::quoted(group.id) + ", which counts");
}

// Layers of several services have an id of their own in each.
void Layers::rename_collection(LayerMembers& layer, const ServiceGroup& group) {
  constexpr std::string_view collections = "ogc_api";
  if (std::ranges::find(group.types, collections) == group.types.end()) return;
  const std::string& label = layer.target().label;
  context_.renamed.push_back({"collection", group.id + "::" + layer.name(),
                              group.types.size() == 1 ? label : label + "_" + std::string(collections)});
}

}  // namespace honua::migration
