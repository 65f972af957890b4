// SPDX-License-Identifier: MIT
#include "catalog/catalog_json.h"

#include <array>

#include "text/json_writer.h"

namespace honua::catalog {

namespace {

using text::JsonWriter;

// Members that say nothing are left out.
void write_text(JsonWriter& json, std::string_view name, std::string_view text) {
  if (!text.empty()) json.key(name).string(text);
}

void write_texts(JsonWriter& json, std::string_view name, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  json.key(name);
  json.begin_array();
  for (const std::string& one : texts) json.string(one);
  json.end_array();
}

void write_flag(JsonWriter& json, std::string_view name, bool is_set) {
  if (is_set) json.key(name).boolean(true);
}

void write_extent(JsonWriter& json, const Extent& extent) {
  json.key("extent");
  json.begin_array();
  for (const double side : {extent.min_x, extent.min_y, extent.max_x, extent.max_y}) json.number(side);
  json.end_array();
}

void write_geometry(JsonWriter& json, const Geometry& geometry) {
  json.key("geometry");
  json.begin_object();
  json.key("type").string(to_string(geometry.type));
  if (geometry.srid) json.key("srid").integer(*geometry.srid);
  write_flag(json, "has_z", geometry.has_z);
  write_flag(json, "has_m", geometry.has_m);
  write_flag(json, "is_geography", geometry.is_geography);
  constexpr std::array<std::string_view, 3> indexes = {"none", "partial", "present"};
  json.key("spatial_index").string(indexes.at(static_cast<std::size_t>(geometry.index)));
  if (geometry.extent) write_extent(json, *geometry.extent);
  json.end_object();
}

void write_column(JsonWriter& json, const Column& column) {
  json.begin_object();
  json.key("name").string(column.name);
  write_text(json, "native_type", column.native_type);
  write_text(json, "type", to_string(column.type));
  write_text(json, "loss", column.loss);
  json.key("nullable").boolean(column.is_nullable);
  write_flag(json, "generated", column.is_generated);
  write_flag(json, "identity", column.is_identity);
  write_text(json, "title", column.title);
  write_text(json, "comment", column.comment);
  write_texts(json, "values", column.values);
  if (column.geometry) write_geometry(json, *column.geometry);
  json.end_object();
}

void write_relation(JsonWriter& json, const Relation& relation) {
  json.begin_object();
  json.key("schema").string(relation.schema);
  json.key("name").string(relation.name);
  json.key("kind").string(to_string(relation.kind));
  write_text(json, "title", relation.title);
  write_text(json, "comment", relation.comment);
  if (relation.row_estimate) json.key("row_estimate").integer(*relation.row_estimate);
  if (relation.primary_key) write_texts(json, "primary_key", relation.primary_key->columns);
  if (!relation.unique_keys.empty()) {
    json.key("unique_keys");
    json.begin_array();
    for (const Key& one : relation.unique_keys) {
      json.begin_array();
      for (const std::string& column : one.columns) json.string(column);
      json.end_array();
    }
    json.end_array();
  }
  if (relation.view_key) {
    write_texts(json, "view_key", relation.view_key->columns);
    json.key("view_key_certain").boolean(relation.is_view_key_certain);
  }
  json.key("columns");
  json.begin_array();
  for (const Column& one : relation.columns) write_column(json, one);
  json.end_array();
  write_texts(json, "notes", relation.notes);
  json.end_object();
}

}  // namespace

std::string to_json(const Catalog& catalog) {
  JsonWriter json(2);
  json.begin_object();
  json.key("format_version").string("1.0");
  json.key("engine").string(to_string(catalog.engine));
  json.key("product").string(catalog.product);
  json.key("database").string(catalog.database);
  json.key("relations");
  json.begin_array();
  for (const Relation& one : catalog.relations) write_relation(json, one);
  json.end_array();
  json.key("left_out");
  json.begin_array();
  for (const LeftOut& one : catalog.left_out) {
    json.begin_object();
    json.key("schema").string(one.schema);
    json.key("name").string(one.name);
    json.key("reason").string(one.reason);
    json.end_object();
  }
  json.end_array();
  write_texts(json, "notes", catalog.notes);
  json.end_object();
  return std::move(json).take() + "\n";
}

std::string failure_to_json(std::string_view reason) {
  JsonWriter json(2);
  json.begin_object();
  json.key("format_version").string("1.0");
  json.key("error").string(reason);
  json.end_object();
  return std::move(json).take() + "\n";
}

}  // namespace honua::catalog
