// SPDX-License-Identifier: MIT
#include "config/address.h"

#include <algorithm>

#include "config/schema.h"

namespace honua::config {

namespace {

// Letters of other scripts have bytes from 0x80 on.
bool belongs_to_identifier(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_identifier(std::string_view name) {
  if (name.empty() || name.front() == '-') return false;
  return std::all_of(name.begin(), name.end(), &belongs_to_identifier);
}

// The name in `["..."]` at the start of `rest`, which is taken off.
std::optional<std::string> take_bracketed(std::string_view& rest) {
  if (!rest.starts_with("[\"")) return std::nullopt;
  std::string name;
  std::size_t at = 2;
  for (; at < rest.size() && rest[at] != '"'; ++at) {
    if (rest[at] == '\\' && at + 1 < rest.size()) ++at;
    name += rest[at];
  }
  if (rest.substr(std::min(at, rest.size()), 2) != "\"]") return std::nullopt;
  rest.remove_prefix(at + 2);
  return name;
}

std::optional<std::string> take_plain(std::string_view& rest) {
  const std::size_t end = std::min(rest.find_first_of(".[]\""), rest.size());
  if (end == 0) return std::nullopt;
  std::string name(rest.substr(0, end));
  rest.remove_prefix(end);
  return name;
}

}  // namespace

std::string block_address(const BlockSchema& schema, std::string_view label) {
  const std::string keyword(schema.keyword);
  return schema.labelled ? address_below(keyword, label) : keyword;
}

std::string address_below(std::string_view parent, std::string_view name) {
  std::string address(parent);
  if (is_identifier(name)) {
    if (!address.empty()) address += '.';
    return address.append(name);
  }
  address += "[\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') address += '\\';
    address += c;
  }
  return address + "\"]";
}

std::string block_address(std::string_view parent, const syntax::Block& block) {
  std::string address = address_below(parent, block.type());
  for (const syntax::Label& label : block.labels()) address = address_below(address, label.value());
  return address;
}

std::optional<std::vector<std::string>> address_names(std::string_view address) {
  std::vector<std::string> names;
  for (std::string_view rest = address; !rest.empty() || names.empty();) {
    const bool dot = !names.empty() && rest.starts_with('.');
    if (dot) rest.remove_prefix(1);
    const bool plain = dot || names.empty();
    auto name = plain ? take_plain(rest) : take_bracketed(rest);
    if (!name) return std::nullopt;
    names.push_back(*std::move(name));
  }
  return names;
}

std::optional<std::string> canonical_address(std::string_view address) {
  const auto names = address_names(address);
  if (!names) return std::nullopt;
  std::string canonical;
  for (const std::string& name : *names) canonical = address_below(canonical, name);
  return canonical;
}

bool is_at_or_below(std::string_view address, std::string_view ancestor) {
  if (!address.starts_with(ancestor)) return false;
  return address.size() == ancestor.size() || address[ancestor.size()] == '.' ||
         address[ancestor.size()] == '[';
}

}  // namespace honua::config
