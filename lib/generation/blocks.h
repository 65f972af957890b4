// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"
#include "generation/generate.h"
#include "generation/layer_plan.h"
#include "rendering/hcl_writer.h"

// The blocks that configurations are made of, each as it is written anew.
namespace honua::generation {

using rendering::HclWriter;

struct LayerOptions {
  catalog::Engine engine = catalog::Engine::sqlite;
  std::string data_source;            // its label
  std::vector<std::string> services;  // their labels
  bool explicit_fields = false;       // each column by name, instead of all that is there
};

// With its remarks; as a comment, with the reason, where no column tells rows apart.
void write_layer(const LayerPlan& plan, const LayerOptions& options, HclWriter& out);
// What users have to know of it, each a sentence's worth.
void add_warnings(const LayerPlan& plan, catalog::Engine engine, std::vector<std::string>& warnings);

// An entry of `fields` that starts so: `id`, `id =` or `"id" =`; only a comment for columns that are no
// fields.
void write_field(const catalog::Column& column, const std::string& header, HclWriter& out);

void write_data_source(catalog::Engine engine, const GenerationOptions& options, HclWriter& out);
void write_service(std::string_view label, HclWriter& out);

}  // namespace honua::generation
