// SPDX-License-Identifier: MIT
#include "text/markdown.h"

#include <algorithm>

#include "text/sanitize.h"

namespace honua::text {

namespace {

// Whether backticks come in pairs of single ones: else Markdown takes others for the ends of code than we do.
bool has_plain_code(std::string_view text) {
  return text.find("``") == std::string_view::npos && std::ranges::count(text, '`') % 2 == 0;
}

}  // namespace

std::string markdown_cell(std::string_view text) {
  const std::string shown = printable(text);
  const bool may_have_code = has_plain_code(shown);
  std::string out;
  bool in_code = false;
  for (const char c : shown) {
    if (c == '`' && may_have_code) in_code = !in_code;
    constexpr std::string_view markup = "<*_[]&\\";
    const bool is_markup =
        c == '|' || (c == '`' && !may_have_code) || (!in_code && markup.find(c) != std::string_view::npos);
    if (is_markup) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace honua::text
