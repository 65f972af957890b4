// SPDX-License-Identifier: MIT
#include "config/configuration.h"

#include <algorithm>

namespace honua::config {

const Block* Configuration::single(BlockType type) const {
  const auto& blocks = of(type);
  return blocks.empty() ? nullptr : &blocks.front();
}

const Block* Configuration::find(BlockType type, std::string_view label) const {
  const auto& labels = by_label_[static_cast<std::size_t>(type)];
  const auto found = labels.find(label);
  return found == labels.end() ? nullptr : &of(type)[found->second];
}

void Configuration::add(Block block) {
  auto& blocks = blocks_[static_cast<std::size_t>(block.type())];
  by_label_[static_cast<std::size_t>(block.type())].emplace(block.label, blocks.size());
  blocks.push_back(block);
}

std::string_view Configuration::keep(std::string_view text) {
  if (text.empty()) return {};
  char* copy = static_cast<char*>(memory_.allocate(text.size(), 1));
  std::copy(text.begin(), text.end(), copy);
  return {copy, text.size()};
}

std::span<const Setting> Configuration::keep(std::span<const Setting> settings) {
  if (settings.empty()) return {};
  auto* copy = static_cast<Setting*>(memory_.allocate(settings.size_bytes(), alignof(Setting)));
  std::uninitialized_copy(settings.begin(), settings.end(), copy);
  return {copy, settings.size()};
}

}  // namespace honua::config
