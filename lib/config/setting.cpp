// SPDX-License-Identifier: MIT
#include "config/setting.h"

#include <ranges>

#include "config/name.h"

namespace honua::config {

std::string_view describe(SettingKind kind) {
  switch (kind) {
    case SettingKind::unknown: return "an unknown value";
    case SettingKind::null: return "null";
    case SettingKind::boolean: return "a bool";
    case SettingKind::number: return "a number";
    case SettingKind::text: return "a string";
    case SettingKind::list: return "a list";
    case SettingKind::object: return "an object";
    case SettingKind::reference: return "a reference";
  }
  return "a value";
}

const Setting* Setting::find(std::string_view member) const { return config::find(items(), member); }

const Setting* find(std::span<const Setting> settings, std::string_view name) {
  for (const Setting& one : std::views::reverse(settings)) {
    if (is_same_name(one.name(), name)) return &one;
  }
  return nullptr;
}

}  // namespace honua::config
