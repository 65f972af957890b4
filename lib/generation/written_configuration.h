// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "editing/written_body.h"

namespace honua::generation {

// A value that a file gives or leaves out.
struct WrittenValue {
  bool is_given = false;
  std::optional<std::string> text;  // nothing if it must be evaluated to be known

  [[nodiscard]] bool is_unreadable() const { return is_given && !text; }
};

// What of the database a layer publishes.
struct LayerKey {
  std::string label;
  WrittenValue data_source;
  WrittenValue table;
  WrittenValue id_field;
  WrittenValue geometry_column;  // not given: the layer has no geometry
};

struct WrittenLayer {
  LayerKey key;
  editing::WrittenBody body;
};

struct WrittenSource {
  std::string label;
  std::optional<std::string> provider;
};

// What is said already, as far as it can be read without evaluating anything.
struct WrittenConfiguration {
  std::vector<WrittenSource> sources;
  std::vector<std::string> services;  // labels
  std::vector<WrittenLayer> layers;
  std::vector<LayerKey> commented_out;  // layers that are comments as a whole
};

// Views into the tree, which must outlive the result, and have no syntax errors.
[[nodiscard]] WrittenConfiguration read_written(const syntax::Tree& tree);

// The labels in the layer's `services`; nothing if they cannot be read.
[[nodiscard]] std::optional<std::vector<std::string>> services_of(const WrittenLayer& layer);

}  // namespace honua::generation
