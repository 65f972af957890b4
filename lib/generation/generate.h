// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "generation/layer_plan.h"

namespace honua::generation {

struct GenerationOptions {
  std::string data_source = "db";
  std::string provider;                              // as `provider` names it; "" for the engine's name
  std::string connection_variable = "DATABASE_URL";  // that the connection is taken from
  std::vector<std::string> services = {"odata"};     // that publish the layers
  bool layers_only = false;                          // neither the data source nor services
  bool with_services = true;                         // unless the caller has them
  bool with_pool = true;                             // where the engine has connections to pool
  bool explicit_fields = false;                      // each column by name, instead of all that is there
  bool with_row_counts = true;                       // the estimates, in comments
};

struct Generated {
  std::string text;               // a configuration in HCL, as `honua fmt` writes it
  std::size_t layers = 0;         // written
  std::size_t commented_out = 0;  // written as comments, since something is missing
  // What users have to know, each a sentence's worth: of layers that are commented out, why.
  std::vector<std::string> warnings;
  std::vector<LayerPlan> plans;  // of all layers, those that are commented out included; refer to the catalog
};

// The configuration that serves a database. Nothing is invented: what the database does not tell is left out
// or commented out, with the reason. Holds neither time nor connection: the same catalog gives the same text.
[[nodiscard]] Generated generate(const catalog::Catalog& catalog, const GenerationOptions& options);

}  // namespace honua::generation
