// SPDX-License-Identifier: MIT
#include "generation/update.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "config/address.h"
#include "editing/file_edits.h"
#include "generation/blocks.h"
#include "generation/find_relation.h"
#include "generation/layer_correction.h"
#include "generation/layer_plan.h"
#include "generation/target_source.h"
#include "generation/written_configuration.h"
#include "rendering/quoted_text.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::generation {

namespace {

using catalog::Catalog;
using catalog::Column;
using catalog::Relation;

// What of a relation is published already.
struct Published {
  bool is_any = false;
  bool is_all = false;              // as far as can be told
  std::set<const Column*> columns;  // of geometries
};

class Updater {
 public:
  Updater(const syntax::Tree& tree, const Catalog& catalog, const UpdateOptions& options)
      : tree_(tree),
        catalog_(catalog),
        options_(options),
        written_(read_written(tree)),
        relations_(catalog),
        plans_(plan_layers(catalog, options.generation.with_row_counts)),
        edits_(tree.file()) {
    for (const LayerPlan& one : plans_) plan_of_.emplace(one.relation, &one);
  }

  Result<Update> run() {
    const auto target = find_target(written_, catalog_, options_);
    if (!target) return tl::unexpected(target.error());
    target_ = *target;
    if (!target_.warning.empty()) update_.warnings.push_back(target_.warning);
    for (const WrittenLayer& one : written_.layers) compare(one);
    for (const LayerKey& one : written_.commented_out) note_commented(one);
    update_.is_other_database = vanished_ > 0 && found_ == 0;
    add_what_is_new();
    update_.edits = std::move(edits_).take();
    if (!editing::is_sound(tree_.file(), update_.edits)) return editing::unsound();
    return std::move(update_);
  }

 private:
  // --- What is there

  [[nodiscard]] bool is_of_target(const LayerKey& layer) const {
    return layer.data_source.text == target_.label;
  }

  void leave_alone(const LayerKey& layer, std::string_view attribute) {
    update_.warnings.push_back(address_of(layer) + " is left alone, since " + text::quoted(attribute) +
                               " is no plain value");
  }

  void compare(const WrittenLayer& layer) {
    const LayerKey& key = layer.key;
    if (key.data_source.is_unreadable()) return leave_alone(key, "data_source");
    if (!is_of_target(key) || !key.table.is_given) return;
    if (!key.table.text) {
      unknown_tables_.insert(key.label);
      return leave_alone(key, "table");
    }
    const FoundRelation found = relations_.find(*key.table.text);
    const bool is_covered = covers(options_.selection, found.schema, found.name);
    ++(found.relation == nullptr && !found.is_left_out ? vanished_ : found_);
    if (found.relation == nullptr) {
      if (is_covered && !found.is_left_out) flag_vanished(layer);
      return;
    }
    const Column* geometry = publish(key, *found.relation);
    if (is_covered) correct(layer, *found.relation, geometry);
  }

  void flag_vanished(const WrittenLayer& layer) {
    const std::string& table = *layer.key.table.text;
    update_.flagged.push_back(address_of(layer.key) + ": the table " + text::quoted(table) +
                              " is not in the database");
    (void)edits_.set_mark(layer.body.range.begin, "table", table);
  }

  // The geometry that a layer publishes, or would with its column corrected.
  const Column* publish(const LayerKey& key, const Relation& relation) {
    Published& published = published_[&relation];
    published.is_any = true;
    if (!key.geometry_column.is_given) return nullptr;
    if (!key.geometry_column.text) {
      published.is_all = true;
      return nullptr;
    }
    const Column* column = find_column(relation, *key.geometry_column.text, catalog_.engine);
    if (column == nullptr) column = only_geometry(relation);
    if (column == nullptr || !column->geometry) return nullptr;
    published.columns.insert(column);
    return column;
  }

  static const Column* only_geometry(const Relation& relation) {
    const Column* only = nullptr;
    for (const Column& one : relation.columns) {
      if (!one.geometry) continue;
      if (only != nullptr) return nullptr;
      only = &one;
    }
    return only;
  }

  void correct(const WrittenLayer& layer, const Relation& relation, const Column* geometry) {
    const std::string address = address_of(layer.key);
    if (edits_.clear_mark(layer.body.range.begin, "table"))
      update_.changed.push_back(address + ": the table is in the database again");
    const WrittenValue& column = layer.key.geometry_column;
    if (column.is_unreadable()) leave_alone(layer.key, "geometry.column");
    if (column.is_unreadable()) return;
    if (column.is_given && geometry == nullptr) flag_geometry(address, relation, *column.text);
    const auto plan = plan_of_.find(&relation);
    if (plan == plan_of_.end()) return;
    correct_layer(
        {tree_, layer, *plan->second, geometry, options_.generation.explicit_fields, catalog_.engine}, edits_,
        update_);
  }

  void flag_geometry(const std::string& address, const Relation& relation, const std::string& name) {
    const bool is_there = find_column(relation, name, catalog_.engine) != nullptr;
    update_.flagged.push_back(address + ".geometry.column: " + text::quoted(relation.name) +
                              (is_there ? " has no geometries in the column " : " has no column ") +
                              text::quoted(name));
  }

  // A layer that somebody took out stays out.
  void note_commented(const LayerKey& layer) {
    const bool may_be_target = layer.data_source.is_unreadable() || is_of_target(layer);
    if (!may_be_target || !layer.table.text) return;
    const FoundRelation found = relations_.find(*layer.table.text);
    if (found.relation == nullptr) return;
    (void)publish(layer, *found.relation);
    note_new_key(layer, *found.relation);
  }

  // One that was written as a comment for want of a key is not what somebody took out.
  void note_new_key(const LayerKey& layer, const Relation& relation) {
    if (layer.id_field.text != "") return;
    const auto plan = plan_of_.find(&relation);
    if (plan == plan_of_.end() || plan->second->id_field.empty()) return;
    update_.warnings.push_back(address_of(layer) + " is a comment, and " + text::quoted(relation.name) +
                               " has a key by now: it can be served with `id_field = " +
                               rendering::quoted_text(plan->second->id_field) + "`");
  }

  // --- What is new

  [[nodiscard]] bool is_published(const LayerPlan& plan) const {
    const auto found = published_.find(plan.relation);
    if (found == published_.end()) return false;
    const Published& published = found->second;
    if (plan.geometry == nullptr || published.is_all) return published.is_any;
    return published.columns.contains(plan.geometry);
  }

  void add_what_is_new() {
    Catalog wanted = catalog_;
    catalog::select(wanted, options_.selection);
    std::set<std::pair<std::string, std::string>> names;
    for (const Relation& one : wanted.relations) names.emplace(one.schema, one.name);
    std::vector<const LayerPlan*> missing;
    for (const LayerPlan& one : plans_) {
      const bool is_wanted = names.contains({one.relation->schema, one.relation->name});
      // A layer of this label whose table is not known is likely to be the one.
      if (is_wanted && !is_published(one) && !unknown_tables_.contains(one.label)) missing.push_back(&one);
    }
    if (missing.empty()) return;
    add_source();
    add_services();
    for (const LayerPlan* one : missing) add_layer(*one);
  }

  void add_source() {
    if (target_.is_there || options_.generation.layers_only) return;
    GenerationOptions made = options_.generation;
    made.data_source = target_.label;
    HclWriter block;
    write_data_source(catalog_.engine, made, block);
    append(std::move(block).take(), config::address_below("data_source", target_.label));
  }

  void add_services() {
    for (const std::string& one : target_.missing_services) {
      HclWriter block;
      write_service(one, block);
      append(std::move(block).take(), config::address_below("service", one));
    }
  }

  void append(const std::string& block, const std::string& line) {
    edits_.append(block);
    update_.added.push_back(line);
  }

  void add_layer(const LayerPlan& plan) {
    LayerPlan made = plan;
    made.label = unique_label(plan.label);
    const LayerOptions options{catalog_.engine, target_.label, target_.services,
                               options_.generation.explicit_fields};
    add_warnings(made, catalog_.engine, update_.warnings);
    std::string what = made.id_field.empty() ? ", commented out" : "";
    if (published_.contains(plan.relation) && plan.geometry != nullptr)
      what += ", whose geometry " + text::quoted(plan.geometry->name) + " no layer publishes";
    HclWriter block;
    write_layer(made, options, block);
    append(std::move(block).take(), config::address_below("layer", made.label) + ": the table " +
                                        text::quoted(table_name(*made.relation, catalog_.engine)) + what);
  }

  std::string unique_label(const std::string& label) {
    if (labels_.empty()) {
      for (const WrittenLayer& one : written_.layers) labels_.insert(one.key.label);
      for (const LayerKey& one : written_.commented_out) labels_.insert(one.label);
    }
    return take_free(label, labels_, label_numbers_);
  }

  const syntax::Tree& tree_;
  const Catalog& catalog_;
  const UpdateOptions& options_;
  WrittenConfiguration written_;
  RelationIndex relations_;
  std::vector<LayerPlan> plans_;
  std::map<const Relation*, const LayerPlan*> plan_of_;  // the first of each
  editing::FileEdits edits_;
  TargetSource target_;
  std::map<const Relation*, Published> published_;
  std::set<std::string> labels_;
  std::map<std::string, std::size_t> label_numbers_;
  std::set<std::string> unknown_tables_;  // labels of layers whose tables must be evaluated to be known
  std::size_t found_ = 0;                 // layers whose table is in the database
  std::size_t vanished_ = 0;
  Update update_;
};

}  // namespace

Result<Update> update(const syntax::Tree& tree, const Catalog& catalog, const UpdateOptions& options) {
  return Updater(tree, catalog, options).run();
}

}  // namespace honua::generation
