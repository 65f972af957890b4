// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "config/setting.h"
#include "diagnostics/diagnostics.h"

// Remarks about overlays: they are read seldom, often by nobody before they
// count, so what has no effect or misses its mark should be said.
namespace honua::config {

// A block of an overlay and the one it is laid over.
struct OverlaidBlock {
  std::string_view address;  // "layer.roads", "honua"
  source::SourceRange base_header;
  source::SourceRange overlay_header;
  std::span<const Setting> base;  // what counted so far
  std::span<const Setting> overlay;
};

// Reports what the overlay repeats: the block if it is nothing else, or else
// each such value.
void check_repetition(const OverlaidBlock& block, diagnostics::Diagnostics& sink);

// A block that only an overlay has.
struct AddedBlock {
  std::string_view keyword;
  std::string_view label;
  source::SourceRange label_range;
  bool is_complete = true;                    // has what the type requires
  std::vector<std::string_view> base_labels;  // of the same type
};

// Reports one that was probably meant for a block of the base: it is called
// nearly like one, or cannot stand for itself.
void check_addition(const AddedBlock& block, diagnostics::Diagnostics& sink);

}  // namespace honua::config
