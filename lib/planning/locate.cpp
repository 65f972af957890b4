// SPDX-License-Identifier: MIT
#include "planning/locate.h"

namespace honua::planning {

using config::Block;
using config::BlockType;
using config::Setting;

namespace {

// The deepest thing that is written along a path.
Place place_along(const Block& block, std::span<const std::string> path) {
  Place place = block.header_range;
  std::span<const Setting> settings = block.settings;
  for (const std::string& name : path) {
    const Setting* found = config::find(settings, name);
    if (found == nullptr) break;
    place = found->is_block ? found->name_range() : found->range;
    settings = found->items();
  }
  return place;
}

}  // namespace

Place ConfigurationLocator::find(BlockType type, std::string_view label,
                                 std::span<const std::string> path) const {
  const bool is_labelled = config::schema_of(type).labelled;
  // The block of its own that says the same.
  if (type == BlockType::honua && !path.empty() && path.front() == "high_availability") {
    if (const Block* part = configuration_.single(BlockType::high_availability))
      return place_along(*part, path.subspan(1));
  }
  const Block* block = is_labelled ? configuration_.find(type, label) : configuration_.single(type);
  return block == nullptr ? std::nullopt : place_along(*block, path);
}

}  // namespace honua::planning
