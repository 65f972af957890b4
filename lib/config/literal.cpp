// SPDX-License-Identifier: MIT
#include "config/literal.h"

#include <algorithm>
#include <charconv>

#include "base/assert.h"

namespace honua::config {

namespace {

void write_list(std::string_view elements, text::JsonWriter& json) {
  json.begin_array();
  while (!elements.empty()) {
    const std::size_t end = std::min(elements.find(", "), elements.size());
    write_literal(elements.substr(0, end), json);
    elements.remove_prefix(std::min(end + 2, elements.size()));
  }
  json.end_array();
}

}  // namespace

void write_literal(std::string_view literal, text::JsonWriter& json) {
  HONUA_ASSERT(!literal.empty());
  if (literal == "true" || literal == "false") return json.boolean(literal == "true");
  if (literal.front() == '"') return json.string(literal.substr(1, literal.size() - 2));
  if (literal.front() == '[') return write_list(literal.substr(1, literal.size() - 2), json);
  double number = 0;
  const char* end = literal.data() + literal.size();
  HONUA_ASSERT(std::from_chars(literal.data(), end, number).ptr == end);
  json.number(number);
}

}  // namespace honua::config
