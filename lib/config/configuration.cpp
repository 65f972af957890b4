// SPDX-License-Identifier: MIT
#include "config/configuration.h"

#include <algorithm>
#include <new>

namespace honua::config {

const Block* Configuration::single(BlockType type) const {
  const auto& blocks = of(type);
  return blocks.empty() ? nullptr : &blocks.front();
}

const Block* Configuration::find(BlockType type, std::string_view label) const {
  const auto& blocks = of(type);
  auto& positions = by_label_[static_cast<std::size_t>(type)];
  if (positions.empty()) {
    for (std::size_t i = 0; i < blocks.size(); ++i) positions.emplace(blocks[i].label, i);
  }
  const auto found = positions.find(label);
  return found == positions.end() ? nullptr : &blocks[found->second];
}

void Configuration::reserve(const std::array<std::size_t, block_type_count>& counts) {
  for (std::size_t type = 0; type < block_type_count; ++type) blocks_[type].reserve(counts[type]);
}

void Configuration::add(const Block& block) {
  blocks_[static_cast<std::size_t>(block.type())].push_back(block);
  by_label_[static_cast<std::size_t>(block.type())].clear();
}

const std::string_view* Configuration::keep_name(std::string_view name) {
  return new (memory_.allocate(sizeof(std::string_view), alignof(std::string_view))) std::string_view(name);
}

std::span<const Setting> Configuration::keep(std::span<const Setting> settings) {
  if (settings.empty()) return {};
  auto* copy = static_cast<Setting*>(memory_.allocate(settings.size_bytes(), alignof(Setting)));
  std::uninitialized_copy(settings.begin(), settings.end(), copy);
  return {copy, settings.size()};
}

}  // namespace honua::config
