// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/assert.h"
#include "rendering/hcl_writer.h"
#include "syntax/tree.h"

// Internal to the module: blocks of the configuration while they are put together.
namespace honua::migration {

// The names of blocks, and of the attribute that they lead to. They live as long as the call that they are
// given to.
class Path {
 public:
  static constexpr std::size_t longest = 3;

  Path(std::initializer_list<std::string_view> names) : size_(names.size()) {
    HONUA_ASSERT(names.size() <= longest && names.size() > 0);
    std::ranges::copy(names, names_.begin());
  }
  [[nodiscard]] std::span<const std::string_view> names() const { return {names_.data(), size_}; }

 private:
  std::array<std::string_view, longest> names_;
  std::size_t size_;
};

struct Setting;

// Settings of a body, in order.
class Settings {
 public:
  // nullptr if there is none.
  [[nodiscard]] const Setting* find(std::string_view name) const;
  Setting& find_or_add(std::string_view name);

  [[nodiscard]] bool empty() const { return all_.empty(); }
  [[nodiscard]] auto begin() const { return all_.begin(); }
  [[nodiscard]] auto end() const { return all_.end(); }

 private:
  [[nodiscard]] std::size_t number_of(std::string_view name) const;

  std::vector<Setting> all_;
  std::map<std::string, std::size_t, std::less<>> numbers_;  // of many
};

struct Setting {
  std::string name;
  std::string value;  // an expression; unused for a block
  Settings settings;  // of a block
  bool is_block = false;
  bool is_assumed = false;  // nothing says it
};

struct TargetBlock {
  std::string type;      // "layer"
  std::string label;     // "" where the type has none
  std::string obstacle;  // why it is written as a comment; "" if it is served
  Settings settings;
  std::string body;  // the settings as text, once the block is closed

  // Writes the settings as text: many blocks take less memory so. Nothing can be set afterwards.
  // `scratch`: a writer for lines of this depth, with nothing in it.
  void close(rendering::HclWriter& scratch);
  // Replaces what is there.
  void set(const Path& path, std::string value);
  // The same with what counts unless something is set.
  void assume(const Path& path, std::string value);
  // The expression that was set; nullptr if there is none.
  [[nodiscard]] const std::string* find(const Path& path) const;
  // Whether there is a value, be it assumed; and whether it is this one.
  [[nodiscard]] bool has(const Path& path) const { return look_up(path) != nullptr; }
  [[nodiscard]] bool says(std::string_view name, std::string_view value) const;
  // `roads.geometry`: the address of the block and a path below it.
  [[nodiscard]] std::string address() const;

 private:
  Setting& at(const Path& path);
  [[nodiscard]] const Setting* look_up(const Path& path) const;
};

void write_block(const TargetBlock& block, const std::vector<std::string>& kept, rendering::HclWriter& out);

}  // namespace honua::migration
