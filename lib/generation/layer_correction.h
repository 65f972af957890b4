// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "editing/file_edits.h"
#include "generation/layer_plan.h"
#include "generation/update.h"
#include "generation/written_configuration.h"

namespace honua::generation {

// Where a layer of a file differs from the relation that it publishes.
struct Correction {
  const syntax::Tree& tree;
  const WrittenLayer& layer;
  const LayerPlan& plan;                      // any of the relation's
  const catalog::Column* geometry = nullptr;  // what the layer's is, or becomes; nullptr: not known, or none
  bool adds_columns = false;                  // also where the file introspects them
  catalog::Engine engine = catalog::Engine::sqlite;
};

// Adds what has to be done to the edits, and to the lists of the update.
void correct_layer(const Correction& correction, editing::FileEdits& edits, Update& update);

// `layer.roads`.
[[nodiscard]] std::string address_of(const LayerKey& layer);

}  // namespace honua::generation
