// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rendering/hcl_writer.h"
#include "syntax/tree.h"

// Internal to the module: blocks of the configuration while they are put together.
namespace honua::migration {

struct Setting {
  std::string name;
  std::string value;              // an expression; unused for a block
  std::vector<Setting> settings;  // of a block
  bool is_block = false;
};

struct TargetBlock {
  std::string type;   // "layer"
  std::string label;  // "" where the type has none
  std::vector<std::string> remarks;
  std::string obstacle;  // why it is written as a comment; "" if it is served
  std::vector<Setting> settings;

  // `path`: the names of blocks, and of the attribute. Replaces what is there.
  void set(const std::vector<std::string>& path, std::string value);
  // `roads.geometry`: the address of the block and a path below it.
  [[nodiscard]] std::string address() const;
};

void write_block(const TargetBlock& block, const std::vector<std::string>& kept, rendering::HclWriter& out);

}  // namespace honua::migration
