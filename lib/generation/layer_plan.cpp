// SPDX-License-Identifier: MIT
#include "generation/layer_plan.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "text/sanitize.h"
#include "text/unicode.h"
#include "text/words.h"
#include "validation/epsg.h"

namespace honua::generation {

namespace {

using catalog::Catalog;
using catalog::Column;
using catalog::Engine;
using catalog::FieldType;
using catalog::Key;
using catalog::Relation;
using catalog::RelationKind;
using catalog::SpatialIndex;

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// --- Keys

bool is_float(const Column& column) {
  return column.type == FieldType::float32 || column.type == FieldType::float64;
}
bool is_integer(const Column& column) {
  return column.type == FieldType::int32 || column.type == FieldType::int64;
}

// Bytes and documents tell rows apart, and cannot stand in a request for one.
bool can_identify(const Column& column) {
  return column.type != FieldType::unmapped && column.type != FieldType::binary &&
         column.type != FieldType::json && !column.geometry;
}

// What a single column of a key is; nullptr for keys of several, and of columns that cannot be asked for.
const Column* single_column(const Relation& relation, const Key& key) {
  if (key.columns.size() != 1) return nullptr;
  const Column* column = relation.find_column(key.columns.front());
  return column != nullptr && can_identify(*column) ? column : nullptr;
}

// Of the unique keys: whole numbers before texts, these before what is compared inexactly.
const Column* unique_column(const Relation& relation) {
  const Column* best = nullptr;
  const auto rank = [](const Column& one) { return is_integer(one) ? 0 : is_float(one) ? 2 : 1; };
  for (const Key& key : relation.unique_keys) {
    const Column* one = single_column(relation, key);
    if (one != nullptr && (best == nullptr || rank(*one) < rank(*best))) best = one;
  }
  return best;
}

std::string listed(const std::vector<std::string>& names) {
  std::vector<std::string> quoted;
  quoted.reserve(names.size());
  for (const std::string& one : names) quoted.push_back(text::quoted(one));
  return text::join(quoted, ", ");
}

std::string obstacle_of(const Relation& relation) {
  if (relation.primary_key && relation.primary_key->columns.size() > 1)
    return "its primary key has several columns (" + listed(relation.primary_key->columns) +
           "), and no other tells rows apart";
  if (relation.primary_key) {
    const Column* key = relation.find_column(relation.primary_key->columns.front());
    const bool is_field = key != nullptr && key->type != FieldType::unmapped;
    return "its primary key " + listed(relation.primary_key->columns) +
           (is_field ? " is of the type " + text::quoted(to_string(key->type)) +
                           ", by which no row can be asked for"
                     : " is no field");
  }
  if (relation.view_key && relation.is_view_key_certain && relation.view_key->columns.size() > 1)
    return "the key of what the view reads has several columns (" + listed(relation.view_key->columns) + ")";
  if (relation.view_key)
    return listed(relation.view_key->columns) + ", a key of what the view reads, may repeat in it";
  return "no column is known to tell rows apart";
}

struct Identifier {
  const Column* column = nullptr;
  std::string remark;  // if it is no primary key
};

Identifier find_identifier(const Relation& relation) {
  const Column* primary = relation.primary_key ? single_column(relation, *relation.primary_key) : nullptr;
  const Column* unique = unique_column(relation);
  const bool is_better = primary != nullptr && is_float(*primary) && unique != nullptr && is_integer(*unique);
  if (primary != nullptr && !is_better) return {primary, ""};
  if (unique != nullptr) return {unique, text::quoted(unique->name) + " is unique, not the primary key"};
  const auto identity =
      std::ranges::find_if(relation.columns, [](const Column& one) { return one.is_identity; });
  if (identity != relation.columns.end() && !relation.primary_key)
    return {&*identity,
            text::quoted(identity->name) + " is numbered by the database, and no index makes it unique"};
  const Column* of_view = relation.view_key && relation.is_view_key_certain
                              ? single_column(relation, *relation.view_key)
                              : nullptr;
  if (of_view != nullptr)
    return {of_view, text::quoted(of_view->name) + " is the key of what the view reads"};
  return {};
}

// --- Geometries

// How people call the column that matters most.
int rank_of_name(const std::string& name) {
  constexpr auto usual = std::to_array<std::string_view>(
      {"geom", "the_geom", "geometry", "wkb_geometry", "shape", "way", "geog"});
  const auto found = std::ranges::find(usual, text::ascii_lower(name));
  return static_cast<int>(found - usual.begin());
}

// The column that a relation's own label goes to comes first: with an index, with a usual name, with an SRID.
std::vector<const Column*> geometries_of(const Relation& relation) {
  std::vector<const Column*> all;
  for (const Column& one : relation.columns) {
    if (one.geometry) all.push_back(&one);
  }
  const auto rank = [](const Column* one) {
    return std::tuple(one->geometry->index == SpatialIndex::present ? 0 : 1, rank_of_name(one->name),
                      one->geometry->srid ? 0 : 1);
  };
  std::ranges::stable_sort(all, {}, rank);
  return all;
}

std::string display_field_of(const Relation& relation, const std::string& id_field) {
  for (const Column& one : relation.columns) {
    if (one.type == FieldType::string && one.name != id_field && one.values.empty()) return one.name;
  }
  return "";
}

// --- Labels

std::string cut_label(std::string label, std::size_t size) {
  label.resize(std::min(label.size(), size));
  while (label.ends_with('_')) label.pop_back();
  return label;
}

// ASCII letters and digits stay, in lower case; of everything else one `_` between them.
std::string label_of(std::string_view name) {
  std::string label;
  for (const char c : name) {
    if (is_ascii_letter(c) || is_digit(c)) {
      label += text::ascii_lower(std::string_view(&c, 1));
    } else if (!label.empty() && label.back() != '_') {
      label += '_';
    }
  }
  while (label.ends_with('_')) label.pop_back();
  if (label.empty()) return "layer";
  // They start with a letter.
  if (is_digit(label.front())) label.insert(0, "layer_");
  return cut_label(std::move(label), max_label);
}

}  // namespace

std::string take_free(const std::string& label, std::set<std::string>& taken,
                      std::map<std::string, std::size_t>& numbers) {
  if (taken.insert(label).second) return label;
  std::size_t& number = numbers.try_emplace(label, 1).first->second;
  while (true) {
    const std::string suffix = "_" + std::to_string(++number);
    std::string unique = cut_label(label, max_label - suffix.size()) + suffix;
    if (taken.insert(unique).second) return unique;
  }
}

namespace {

class Labels {
 public:
  // How often each name is wanted decides who gets a longer one: not the order.
  explicit Labels(const Catalog& catalog) {
    for (const Relation& one : catalog.relations) ++wanted_[label_of(one.name)];
  }

  std::string take(const Relation& relation, const std::string& suffix) {
    std::string label = label_of(relation.name);
    if (wanted_[label] > 1) label = label_of(relation.schema + "_" + relation.name);
    if (!suffix.empty()) label = label_of(label + "_" + suffix);
    return take_free(label, taken_, numbers_);
  }

 private:
  std::map<std::string, std::size_t> wanted_;
  std::set<std::string> taken_;
  std::map<std::string, std::size_t> numbers_;
};

// --- Remarks

std::string rows_text(std::uint64_t rows) {
  std::string digits = std::to_string(rows);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return "about " + digits + (rows == 1 ? " row" : " rows");
}

// As short as the precision of statistics and of GPS allows: at most nine digits, and no exponent.
std::string side_text(double side) {
  constexpr int digits = 9;
  // PostGIS' boxes are of single precision, with fifteen digits: their shortest texts are what somebody
  // wrote.
  const auto single = static_cast<float>(side);
  std::array<char, 400> room{};
  auto written = std::to_chars(room.begin(), room.end(), side, std::chars_format::general, digits);
  constexpr double precision = 1e-14;
  if (std::abs(static_cast<double>(single) - side) <= std::abs(side) * precision) {
    written = std::to_chars(room.begin(), room.end(), single, std::chars_format::fixed);
    return {room.begin(), written.ptr};
  }
  double rounded = 0;
  std::from_chars(room.begin(), written.ptr, rounded);
  written = std::to_chars(room.begin(), room.end(), rounded, std::chars_format::fixed);
  return {room.begin(), written.ptr};
}

std::string extent_text(const catalog::Extent& extent) {
  return side_text(extent.min_x) + " " + side_text(extent.min_y) + " to " + side_text(extent.max_x) + " " +
         side_text(extent.max_y);
}

void add_geometry_remarks(const Column& column, bool takes_index, std::vector<std::string>& remarks) {
  const catalog::Geometry& geometry = *column.geometry;
  const std::string name = text::quoted(column.name);
  const bool is_renamed = catalog::to_string(geometry.type) != catalog::configuration_name(geometry.type);
  if (is_renamed)
    remarks.push_back(name + " holds " + std::string(catalog::to_string(geometry.type)) +
                      std::string(ordinates_of(geometry)) + ", which the server knows as " +
                      std::string(catalog::configuration_name(geometry.type)));
  if (!is_renamed && !ordinates_of(geometry).empty())
    remarks.push_back(name + " has " + std::string(ordinates_of(geometry)));
  if (geometry.is_geography) remarks.push_back(name + " is a geography");
  if (geometry.index == SpatialIndex::none && takes_index) remarks.push_back(name + " has no spatial index");
  if (geometry.index == SpatialIndex::partial)
    remarks.push_back("the spatial index of " + name + " has some rows only");
  if (geometry.extent)
    remarks.push_back("the extent of " + name + " is about " + extent_text(*geometry.extent));
  if (!geometry.srid) remarks.push_back("the SRID of " + name + " is not known");
  if (has_own_srid(geometry))
    remarks.push_back("EPSG has no " + std::to_string(*geometry.srid) + ", the SRID of " + name);
}

// What people read: what the database says, unless that is blank.
std::string title_for(const Relation& relation, const std::string& label) {
  const auto is_blank = [](const std::string& text) {
    return std::ranges::all_of(text, [](char c) { return c >= 0 && c <= ' '; });
  };
  if (!is_blank(relation.title)) return relation.title;
  const std::string title = title_of(relation.name);
  return is_blank(title) ? label : title;
}

LayerPlan plan_layer(const Relation& relation, const Column* geometry, std::string label,
                     bool with_row_counts) {
  LayerPlan plan;
  plan.relation = &relation;
  plan.geometry = geometry;
  plan.label = std::move(label);
  plan.title = title_for(relation, plan.label);
  const Identifier identifier = find_identifier(relation);
  if (identifier.column != nullptr)
    plan.id_field = identifier.column->name;
  else
    plan.obstacle = obstacle_of(relation);
  plan.display_field = display_field_of(relation, plan.id_field);
  if (relation.kind != RelationKind::table) plan.remarks.emplace_back(to_string(relation.kind));
  // An estimate of none may be one that was never made.
  if (with_row_counts && relation.row_estimate.value_or(0) > 0)
    plan.remarks.push_back(rows_text(*relation.row_estimate));
  if (!identifier.remark.empty()) plan.remarks.push_back(identifier.remark);
  if (geometry != nullptr) add_geometry_remarks(*geometry, relation.takes_index(), plan.remarks);
  plan.remarks.insert(plan.remarks.end(), relation.notes.begin(), relation.notes.end());
  return plan;
}

// --- Names of tables

bool is_plain(std::string_view part, Engine engine) {
  const auto is_word = [&](char c) {
    // PostgreSQL takes capitals for small letters where there are no quotes.
    const bool is_folded = engine == Engine::postgresql && c >= 'A' && c <= 'Z';
    return !is_folded && (c == '_' || is_digit(c) || is_ascii_letter(c));
  };
  return !part.empty() && !is_digit(part.front()) && std::ranges::all_of(part, is_word);
}

std::string quoted_part(std::string_view part, Engine engine) {
  if (is_plain(part, engine)) return std::string(part);
  const char quote = engine == Engine::mysql ? '`' : '"';
  std::string quoted(1, quote);
  for (const char c : part) quoted.append(c == quote ? 2 : 1, c);
  return quoted += quote;
}

}  // namespace

std::string title_of(std::string_view name) {
  std::string title;
  bool begins_word = true;
  for (const char c : name) {
    const bool is_gap = c == '_' || (c >= 0 && c <= ' ') || c == '-' || c == '.';
    if (is_gap && !title.empty() && title.back() != ' ') title += ' ';
    if (!is_gap) title += begins_word && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    begins_word = is_gap;
  }
  while (title.ends_with(' ')) title.pop_back();
  return title.empty() ? std::string(name) : title;
}

bool has_own_srid(const catalog::Geometry& geometry) {
  return geometry.srid && validation::find_epsg(*geometry.srid) == nullptr;
}

std::string table_name(const Relation& relation, Engine engine) {
  const std::string name = quoted_part(relation.name, engine);
  // The file is the only schema, the connection names the database.
  return engine == Engine::postgresql ? quoted_part(relation.schema, engine) + "." + name : name;
}

std::vector<LayerPlan> plan_layers(const Catalog& catalog, bool with_row_counts) {
  Labels labels(catalog);
  std::vector<LayerPlan> plans;
  for (const Relation& relation : catalog.relations) {
    const std::vector<const Column*> geometries = geometries_of(relation);
    if (geometries.empty())
      plans.push_back(plan_layer(relation, nullptr, labels.take(relation, ""), with_row_counts));
    for (std::size_t i = 0; i < geometries.size(); ++i) {
      const std::string suffix = i == 0 ? "" : geometries[i]->name;
      plans.push_back(plan_layer(relation, geometries[i], labels.take(relation, suffix), with_row_counts));
    }
  }
  return plans;
}

}  // namespace honua::generation
