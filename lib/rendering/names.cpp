// SPDX-License-Identifier: MIT
#include "rendering/names.h"

#include <algorithm>

#include "rendering/quoted_text.h"

namespace honua::rendering {

namespace {

bool starts_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

}  // namespace

bool continues_identifier(char c) { return starts_name(c) || (c >= '0' && c <= '9'); }

bool is_identifier(std::string_view name) {
  return !name.empty() && starts_name(name.front()) && std::ranges::all_of(name, &continues_identifier);
}

bool is_label(std::string_view name) {
  return !name.empty() && starts_name(name.front()) &&
         std::ranges::all_of(name, [](char c) { return continues_identifier(c) || c == '-'; });
}

std::string reference_to(std::string_view type, std::string_view label) {
  if (is_label(label)) return std::string(type) + "." + std::string(label);
  return std::string(type) + "[" + quoted_text(label) + "]";
}

std::string call_of_env(std::string_view variable) { return "env(" + quoted_text(variable) + ")"; }

}  // namespace honua::rendering
