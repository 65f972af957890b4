// SPDX-License-Identifier: MIT
#include "config/literal.h"

#include <algorithm>
#include <charconv>

#include "base/assert.h"

namespace honua::config {

std::vector<std::string_view> list_elements(std::string_view literal) {
  std::vector<std::string_view> elements;
  std::string_view rest = literal.substr(1, literal.size() - 2);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(", "), rest.size());
    elements.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 2, rest.size()));
  }
  return elements;
}

void write_literal(std::string_view literal, text::JsonWriter& json) {
  HONUA_ASSERT(!literal.empty());
  if (literal == "true" || literal == "false") return json.boolean(literal == "true");
  if (literal.front() == '"') return json.string(literal.substr(1, literal.size() - 2));
  if (literal.front() == '[') {
    json.begin_array();
    for (const std::string_view element : list_elements(literal)) write_literal(element, json);
    return json.end_array();
  }
  double number = 0;
  const char* end = literal.data() + literal.size();
  HONUA_ASSERT(std::from_chars(literal.data(), end, number).ptr == end);
  json.number(number);
}

}  // namespace honua::config
