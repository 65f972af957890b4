// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/arena.h"
#include "config/setting.h"

namespace honua::config {

// A block after decoding, overlays merged into it.
struct Block {
  const BlockSchema* schema = nullptr;
  std::string_view label;            // "" where the type has none
  source::SourceRange header_range;  // type and labels
  source::SourceRange label_range;   // of the label, or of the type where there is none
  std::span<const Setting> settings;
  const ServiceType* service_type = nullptr;  // of a service whose type is known
  bool is_header_broken = false;              // what the body says may have been lost

  [[nodiscard]] BlockType type() const { return schema->type; }
  [[nodiscard]] const Setting* find(std::string_view name) const { return config::find(settings, name); }
};

// The effective configuration: what files, overlays, variables and references
// come to. Every value keeps the place it was written at. The source files
// must outlive it.
class Configuration {
 public:
  // In source order.
  [[nodiscard]] const std::vector<Block>& of(BlockType type) const {
    return blocks_[static_cast<std::size_t>(type)];
  }
  // The only or first block of a type without labels, or nullptr.
  [[nodiscard]] const Block* single(BlockType type) const;
  // By type and label; nullptr if there is none. Of several, the first.
  [[nodiscard]] const Block* find(BlockType type, std::string_view label) const;

  // For the loader: how many blocks of each type there will be, and each of them.
  void reserve(const std::array<std::size_t, block_type_count>& counts);
  void add(const Block& block);
  // A copy of the text that lives as long as the configuration.
  [[nodiscard]] std::string_view keep(std::string_view text) { return memory_.keep(text); }
  [[nodiscard]] std::span<const Setting> keep(std::span<const Setting> settings);
  // For Setting::set_name(). The text itself is not copied.
  [[nodiscard]] const std::string_view* keep_name(std::string_view name);

 private:
  Arena memory_;
  std::array<std::vector<Block>, block_type_count> blocks_;
  // Made when a block of the type is looked for: nobody looks for one of 100,000 layers.
  mutable std::array<std::unordered_map<std::string_view, std::size_t>, block_type_count> by_label_;
};

}  // namespace honua::config
