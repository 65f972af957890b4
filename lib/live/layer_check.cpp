// SPDX-License-Identifier: MIT
#include "live/layer_check.h"

#include <algorithm>
#include <string>
#include <vector>

#include "generation/field_type_check.h"
#include "generation/layer_plan.h"
#include "live/rules.h"

namespace honua::live {

namespace {

using catalog::Catalog;
using catalog::Column;
using catalog::Key;
using catalog::Relation;
using config::Block;
using config::Setting;
using config::SettingKind;
using diagnostics::Rule;
using diagnostics::Severity;
using validation::Check;

class LayerChecker {
 public:
  LayerChecker(const Block& layer, const Relation& relation, const Catalog& catalog, Check& check)
      : layer_(layer), relation_(relation), catalog_(catalog), check_(check) {}

  void run() {
    check_id_field();
    (void)find(layer_.find("display_field"), rules::display_field_missing);
    check_geometry();
    check_fields();
  }

 private:
  [[nodiscard]] std::string table() const { return text::quoted(relation_.name); }

  // The column that a setting names; a finding if there is none.
  const Column* find(const Setting* setting, const Rule& missing) {
    const auto name = validation::text_of(setting);
    if (!name || validation::is_blank(setting)) return nullptr;
    const Column* column = generation::find_column(relation_, *name, catalog_.engine);
    if (column == nullptr) report_missing(*setting, setting->range, *name, missing);
    return column;
  }

  void report_missing(const Setting& setting, source::SourceRange place, std::string_view name,
                      const Rule& missing) {
    auto& made = check_.report(
        missing, place, (setting.sensitive ? "this" : text::quoted(name)) + " is no column of " + table());
    std::vector<std::string_view> names;
    names.reserve(relation_.columns.size());
    for (const Column& one : relation_.columns) names.emplace_back(one.name);
    validation::suggest_from(made, setting.sensitive ? "" : name, names);
  }

  [[nodiscard]] static bool is_key_of(const Key& key, const Column& column) {
    return key.columns.size() == 1 && key.columns.front() == column.name;
  }

  void check_id_field() {
    const Setting* setting = layer_.find("id_field");
    const Column* column = find(setting, rules::id_field_missing);
    if (column == nullptr) return;
    const bool is_unique =
        (relation_.primary_key && is_key_of(*relation_.primary_key, *column)) ||
        std::ranges::any_of(relation_.unique_keys, [&](const Key& one) { return is_key_of(one, *column); });
    if (is_unique) return;
    const bool is_key_of_view =
        relation_.view_key && relation_.is_view_key_certain && is_key_of(*relation_.view_key, *column);
    if (is_key_of_view) return;
    const std::string name = text::quoted(column->name);
    if (relation_.is_view()) {
      check_
          .report(rules::view_without_key, setting->range,
                  table() + " is a view, and nothing tells that " + name + " is unique in it")
          .suggest("take the key of the table whose rows the view keeps apart");
      return;
    }
    auto& made = check_.report(rules::id_field_not_unique, setting->range,
                               name + " is neither the primary key of " + table() + " nor unique" +
                                   (column->is_nullable ? ", and may be NULL" : ""));
    if (const std::string better = single_key(); !better.empty())
      made.suggest("the key is " + text::quoted(better));
    else
      made.suggest("add a primary key of one column, or a unique index on a column that is not NULL");
  }

  [[nodiscard]] std::string single_key() const {
    if (relation_.primary_key && relation_.primary_key->columns.size() == 1)
      return relation_.primary_key->columns.front();
    const auto found =
        std::ranges::find_if(relation_.unique_keys, [](const Key& one) { return one.columns.size() == 1; });
    return found == relation_.unique_keys.end() ? "" : found->columns.front();
  }

  void check_geometry() {
    const Setting* geometry = layer_.find("geometry");
    // A database without geometries is a finding of its own.
    if (geometry == nullptr || !geometry->is(SettingKind::object) || !catalog_.has_geometries) return;
    const Setting* named = geometry->find("column");
    const Column* column = find(named, rules::geometry_column_missing);
    if (column == nullptr) return;
    if (!column->geometry) {
      check_.report(rules::geometry_type_differs, named->range,
                    text::quoted(column->name) + " holds no geometries: it is " +
                        (column->native_type.empty() ? "of no type" : text::quoted(column->native_type)));
      return;
    }
    check_type(*geometry, *column);
    check_srid(*geometry, *column);
    check_index(*named, *column);
  }

  void check_type(const Setting& geometry, const Column& column) {
    const Setting* type = geometry.find("type");
    const auto written = validation::text_of(type);
    if (!written || validation::is_blank(type)) return;
    if (generation::can_mean(*written, *column.geometry)) return;
    check_
        .report(rules::geometry_type_differs, type->range,
                validation::shown(*type) + " is not the type of " + text::quoted(column.name) +
                    ", which holds " + std::string(catalog::to_string(column.geometry->type)))
        .suggest("write `" + std::string(catalog::configuration_name(column.geometry->type)) + "`");
  }

  void check_srid(const Setting& geometry, const Column& column) {
    const auto there = column.geometry->srid;
    if (!there) return;
    const Setting* srid = geometry.find("srid");
    const bool is_given = !validation::is_absent(srid);
    const auto number = is_given ? srid->number() : std::optional<double>(generation::default_srid);
    if (!number || *number == *there) return;
    const std::string is_there = text::quoted(column.name) + " has " + std::to_string(*there);
    if (is_given) {
      check_.report(rules::srid_differs, srid->range, "`srid` is another than the column's: " + is_there)
          .suggest("write `srid = " + std::to_string(*there) + "`");
    } else {
      check_
          .report(
              rules::srid_differs, geometry.name_range(),
              "without `srid` the server takes " + std::to_string(generation::default_srid) + ": " + is_there)
          .suggest("add `srid = " + std::to_string(*there) + "`");
    }
  }

  void check_index(const Setting& named, const Column& column) {
    using catalog::SpatialIndex;
    const SpatialIndex index = column.geometry->index;
    if (index == SpatialIndex::present || !relation_.takes_index()) return;
    check_
        .report(rules::no_spatial_index, named.range,
                text::quoted(column.name) + (index == SpatialIndex::partial
                                                 ? " has a spatial index of some rows only"
                                                 : " has no spatial index"))
        .suggest("create one: without it every search by place reads all rows");
  }

  void check_fields() {
    const Setting* fields = layer_.find("fields");
    if (fields == nullptr || !fields->is(SettingKind::object)) return;
    // Elsewhere fields only add to what the server finds itself.
    const bool is_all = validation::flag_of(layer_.find("introspect_fields")) == false;
    for (const Setting& field : fields->items()) check_field(field, is_all);
  }

  void check_field(const Setting& field, bool is_all) {
    const Column* column = generation::find_column(relation_, field.name(), catalog_.engine);
    if (column == nullptr) {
      if (is_all) report_missing(field, field.name_range(), field.name(), rules::field_missing);
      return;
    }
    const Setting* type = field.find("type");
    const auto written = validation::text_of(type);
    if (written && !generation::can_mean(*written, *column, catalog_.engine)) {
      check_
          .report(rules::field_type_differs, type->range,
                  validation::shown(*type) + " does not hold what " + text::quoted(column->name) +
                      " does: it is " + text::quoted(column->native_type))
          .suggest("write `" + std::string(catalog::to_string(column->type)) + "`");
    }
    const Setting* nullable = field.find("nullable");
    if (validation::flag_of(nullable) == false && column->is_nullable && !relation_.is_view())
      check_.report(rules::field_type_differs, nullable->range,
                    text::quoted(column->name) + " may be NULL in the database");
  }

  const Block& layer_;
  const Relation& relation_;
  const Catalog& catalog_;
  Check& check_;
};

std::string reason_of(const generation::FoundRelation& found) {
  return found.left_out == nullptr ? "it is not clear which one is meant" : found.left_out->reason;
}

}  // namespace

const Relation* check_layer(const Block& layer, const Catalog& catalog,
                            const generation::RelationIndex& relations, Check& check) {
  const Setting* table = layer.find("table");
  const auto name = validation::text_of(table);
  if (!name || validation::is_blank(table)) return nullptr;
  const generation::FoundRelation found = relations.find(*name);
  if (found.relation != nullptr) {
    LayerChecker(layer, *found.relation, catalog, check).run();
    return found.relation;
  }
  // A partition can be served; what it has is known of its table only.
  if (found.is_hidden) return nullptr;
  if (found.is_left_out) {
    check.report(rules::table_unreadable, table->range,
                 validation::shown(*table) + " cannot be read: " + reason_of(found));
    return nullptr;
  }
  auto& made =
      check.report(rules::table_missing, table->range, validation::shown(*table) + " is not in the database");
  std::vector<std::string_view> names;
  names.reserve(catalog.relations.size());
  for (const Relation& one : catalog.relations) {
    if (!one.is_system) names.emplace_back(one.name);
  }
  validation::suggest_from(made, table->sensitive ? "" : std::string_view(found.name), names);
  return nullptr;
}

}  // namespace honua::live
