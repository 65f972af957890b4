// SPDX-License-Identifier: MIT
#include "generation/blocks.h"

#include <algorithm>
#include <utility>

#include "rendering/names.h"
#include "rendering/quoted_text.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::generation {

namespace {

using catalog::Column;
using catalog::FieldType;
using rendering::is_identifier;
using rendering::quoted_text;
using rendering::reference_to;

void write_geometry(const Column& column, HclWriter& out) {
  out.open("geometry");
  out.text("column", column.name);
  out.text("type", catalog::configuration_name(column.geometry->type));
  if (column.geometry->srid) out.attribute("srid", std::to_string(*column.geometry->srid));
  out.close();
}

// Other columns of geometries are published by layers of their own.
void write_fields(const LayerPlan& plan, HclWriter& out) {
  const catalog::Relation& relation = *plan.relation;
  const bool has_odd_names =
      std::ranges::any_of(relation.columns, [](const Column& one) { return !is_identifier(one.name); });
  out.attribute("introspect_fields", "false");
  out.open(has_odd_names ? "fields =" : "fields");
  for (const Column& one : relation.columns) {
    if (!one.geometry || &one == plan.geometry)
      write_field(one, has_odd_names ? quoted_text(one.name) + " =" : one.name, out);
  }
  out.close();
}

void write_block(const LayerPlan& plan, const LayerOptions& options, HclWriter& out) {
  out.open("layer " + quoted_text(plan.label));
  out.text("title", plan.title);
  if (!plan.relation->comment.empty()) out.text("description", plan.relation->comment);
  out.attribute("data_source", reference_to("data_source", options.data_source));
  out.text("table", table_name(*plan.relation, options.engine));
  // What people have to put there themselves.
  out.text("id_field", plan.id_field);
  if (!plan.display_field.empty()) out.text("display_field", plan.display_field);
  if (plan.geometry != nullptr) write_geometry(*plan.geometry, out);
  if (options.explicit_fields) write_fields(plan, out);
  std::vector<std::string> services;
  services.reserve(options.services.size());
  for (const std::string& one : options.services) services.push_back(reference_to("service", one));
  out.attribute("services", "[" + text::join(services, ", ") + "]");
  out.close();
}

}  // namespace

void write_data_source(catalog::Engine engine, const GenerationOptions& options, HclWriter& out) {
  out.open("data_source " + quoted_text(options.data_source));
  out.text("provider", options.provider.empty() ? catalog::to_string(engine) : options.provider);
  out.attribute("connection", rendering::call_of_env(options.connection_variable));
  if (options.with_pool && engine != catalog::Engine::sqlite) {
    out.open("pool");
    out.attribute("min_size", "5");
    out.attribute("max_size", "20");
    out.close();
  }
  out.close();
}

void write_service(std::string_view label, HclWriter& out) {
  out.open("service " + quoted_text(label));
  out.attribute("enabled", "true");
  out.close();
}

void write_layer(const LayerPlan& plan, const LayerOptions& options, HclWriter& out) {
  if (plan.id_field.empty()) out.comment("not served: " + plan.obstacle);
  if (!plan.remarks.empty()) out.comment(text::join(plan.remarks, "; "));
  if (!plan.id_field.empty()) return write_block(plan, options, out);
  HclWriter block;
  write_block(plan, options, block);
  out.commented_out(std::move(block).take());
}

void add_warnings(const LayerPlan& plan, catalog::Engine engine, std::vector<std::string>& warnings) {
  if (plan.id_field.empty()) {
    warnings.push_back("layer." + plan.label + " of " + text::quoted(table_name(*plan.relation, engine)) +
                       " is commented out: " + plan.obstacle);
  } else if (plan.geometry != nullptr && !plan.geometry->geometry->srid) {
    warnings.push_back("layer." + plan.label + ": the SRID of " + text::quoted(plan.geometry->name) +
                       " is not known; the server takes it for " + std::to_string(default_srid) +
                       " unless you set it");
  } else if (plan.geometry != nullptr && has_own_srid(*plan.geometry->geometry)) {
    warnings.push_back("layer." + plan.label + ": the SRID of " + text::quoted(plan.geometry->name) + ", " +
                       std::to_string(*plan.geometry->geometry->srid) +
                       ", is the database's own: EPSG has no such code, and clients do not know it");
  }
}

void write_field(const Column& column, const std::string& header, HclWriter& out) {
  const std::string native = column.native_type.empty() ? "no type" : text::quoted(column.native_type);
  if (column.type == FieldType::unmapped) {
    out.comment("left out: " + text::quoted(column.name) + " (" + native + ")" +
                (column.loss.empty() ? "" : ", since " + column.loss));
    return;
  }
  if (!column.comment.empty()) out.comment(column.comment);
  if (!column.loss.empty()) out.comment(native + ": " + column.loss);
  if (!column.values.empty()) out.comment("one of " + text::join(column.values, ", "));
  out.open(header);
  out.text("type", to_string(column.type));
  if (!column.is_nullable) out.attribute("nullable", "false");
  out.close();
}

}  // namespace honua::generation
