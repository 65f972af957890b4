// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

#include "snapshot/document.h"

// A snapshot becomes a configuration file again.
namespace honua::restoring {

struct Restored {
  std::string text;         // HCL in canonical style
  std::size_t masked = 0;   // values with secrets in them, which a snapshot does not hold: asterisks
  std::size_t unknown = 0;  // values that nobody could evaluate: left out
};

// The configuration that has this snapshot, in HCL: one file without variables and overlays. Values from the
// environment are calls of `env` again. Where nothing is masked, unknown or computed, its snapshot is the
// same byte by byte.
[[nodiscard]] Restored restore(const snapshot::Document& document);

}  // namespace honua::restoring
