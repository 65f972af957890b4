// SPDX-License-Identifier: MIT
#include "exporting/server_setting.h"

#include <algorithm>

namespace honua::exporting {

namespace {

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

bool is_name_character(char c) { return is_name_start(c) || (c >= '0' && c <= '9'); }

}  // namespace

std::string key_of(const ServerSetting& setting) { return setting.section + ":" + setting.name; }

std::string variable_of(const ServerSetting& setting) {
  constexpr std::string_view separator = "__";
  std::string name;
  for (const char c : setting.section) {
    if (c == ':')
      name += separator;
    else
      name += c;
  }
  return name.append(separator).append(setting.name);
}

std::vector<std::string> sources_of(const ServerSetting& setting) {
  std::vector<std::string> names;
  for (const config::TextPart& one : setting.parts) {
    if (one.is_reference && std::ranges::find(names, one.text) == names.end()) names.push_back(one.text);
  }
  return names;
}

bool is_shell_name(std::string_view name) {
  return !name.empty() && is_name_start(name.front()) && std::ranges::all_of(name, is_name_character);
}

}  // namespace honua::exporting
