// SPDX-License-Identifier: MIT
#include "rendering/hcl_text.h"

#include <algorithm>
#include <span>

#include "text/unicode.h"

namespace honua::rendering {

namespace {

// A list longer than this is broken up.
constexpr std::size_t max_list_width = 80;

void indent(std::string& out, unsigned depth) { out.append(std::size_t{depth} * 2, ' '); }

bool is_aligned(const HclItem& item) { return !item.is_object && item.value.find('\n') == std::string::npos; }

// How far the names of the one-line values from `first` on reach.
std::size_t width_from(std::span<const HclItem> items, std::size_t first) {
  std::size_t width = 0;
  for (std::size_t i = first; i < items.size() && is_aligned(items[i]); ++i)
    width = std::max(width, text::count_graphemes(items[i].name));
  return width;
}

void append(std::string& out, std::span<const HclItem> items, unsigned depth) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const HclItem& item = items[i];
    const bool was_aligned = i > 0 && is_aligned(items[i - 1]);
    if (i > 0 && (item.is_object || items[i - 1].is_object)) out += '\n';
    if (is_aligned(item) && !was_aligned) width = width_from(items, i);
    indent(out, depth);
    out += item.name;
    if (is_aligned(item)) out.append(width - text::count_graphemes(item.name), ' ');
    if (item.is_object && item.items.empty()) {
      out += " = {}\n";
    } else if (item.is_object) {
      out += " = {\n";
      append(out, item.items, depth + 1);
      indent(out, depth);
      out += "}\n";
    } else {
      out += " = " + item.value + '\n';
    }
  }
}

}  // namespace

std::string to_hcl(const std::vector<HclBlock>& blocks) {
  std::string out;
  for (const HclBlock& block : blocks) {
    if (!out.empty()) out += '\n';
    out += block.header;
    if (block.items.empty()) {
      out += " {}\n";
      continue;
    }
    out += " {\n";
    append(out, block.items, 1);
    out += "}\n";
  }
  return out;
}

std::string to_list(const std::vector<std::string>& elements, unsigned depth) {
  std::string line = "[";
  for (const std::string& one : elements) line += (line.size() == 1 ? "" : ", ") + one;
  line += ']';
  if (line.size() <= max_list_width) return line;
  std::string lines = "[\n";
  for (const std::string& one : elements) {
    indent(lines, depth + 1);
    lines += one + ",\n";
  }
  indent(lines, depth);
  return lines + ']';
}

}  // namespace honua::rendering
