// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "merging/sides.h"
#include "merging/slots.h"

// The three-way merge of configuration files by address: layer.roads.title is the same setting wherever it
// stands. All that nobody changed stays as it is, with comments, blank lines and order.
namespace honua::merging {

// As git has it. Longer markers are no longer told apart by anybody; git itself asks for a few more than
// usual where merges are nested.
inline constexpr std::size_t usual_marker_size = 7;
inline constexpr std::size_t max_marker_size = 200;

// How conflicts are marked. Labels are single lines.
struct ConflictStyle {
  std::string ours_label = "ours";
  std::string base_label = "base";
  std::string theirs_label = "theirs";
  std::size_t marker_size = usual_marker_size;
  bool shows_base = false;
};

struct Conflict {
  std::string address;  // "" for a whole file
  ConflictKind kind = ConflictKind::both_changed;
  std::uint32_t line = 0;  // of the result, from 1: where its first marker stands
};

struct Merged {
  std::string text;
  std::vector<Conflict> conflicts;  // in the order of the text
};

using Texts = Sides<std::string_view>;

// Nothing if one of the texts has syntax errors. Line ends are those of ours, unless only theirs changed
// them, and so is a byte order mark. Where items cannot be told apart by lines, the whole file is one
// conflict.
[[nodiscard]] std::optional<Merged> merge(const Texts& texts, const ConflictStyle& style);

// For what is no HCL: what one side changed, or one conflict from the first line to the last one that differ.
[[nodiscard]] Merged merge_as_text(const Texts& texts, const ConflictStyle& style);

}  // namespace honua::merging
