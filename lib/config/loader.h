// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/environment.h"
#include "config/configuration.h"
#include "diagnostics/diagnostics.h"
#include "evaluation/evaluator.h"
#include "syntax/tree.h"

namespace honua::config {

struct LoadInput {
  const syntax::Tree* tree = nullptr;
  bool is_json = false;
  bool is_overlay = false;
  bool is_model = false;  // and JSON: the server's configuration model, see json_model.h
};

struct Loaded {
  Configuration configuration;
  std::vector<evaluation::EnvironmentUse> environment_uses;
  std::vector<std::string> unused_variables;  // labels of `variable` blocks that nothing asks for
  bool may_lack_blocks = false;               // a syntax error may have swallowed some
};

// Which values are sensitive.
enum class Sensitivity : std::uint8_t {
  environment_and_names,  // those from the environment, and those that are called like secrets: for printing
  environment,            // the former alone: for writing a configuration anew
};

// All files as one configuration. Overlays come after what they are laid over.
// The trees and their files must outlive the result.
[[nodiscard]] Loaded load(std::span<const LoadInput> inputs, const Environment& environment,
                          syntax::Dialect dialect, diagnostics::Diagnostics& sink,
                          Sensitivity sensitivity = Sensitivity::environment_and_names);

}  // namespace honua::config
