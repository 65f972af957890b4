// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

// Blocks and attributes as text, for what is written from values instead of a
// tree of syntax.
namespace honua::rendering {

struct HclItem {
  std::string name;
  std::string value;           // an expression as text; unused for an object
  std::vector<HclItem> items;  // of an object
  bool is_object = false;
};

struct HclBlock {
  std::string header;  // type and labels
  std::vector<HclItem> items;
};

// Two spaces of indentation, `=` aligned over consecutive one-line values, a
// blank line around objects and between blocks. Objects are written
// `name = {`, their items one a line without commas.
[[nodiscard]] std::string to_hcl(const std::vector<HclBlock>& blocks);

// `[a, b]`, or one element a line where that would be too long behind a name
// at this depth.
[[nodiscard]] std::string to_list(const std::vector<std::string>& elements, unsigned depth);

}  // namespace honua::rendering
