// SPDX-License-Identifier: MIT
#include "diagnostics/spelling.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace honua::diagnostics {

namespace {

using source::SourceRange;

// What means itself in a name as in a quoted text of HCL and JSON.
bool is_plain(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return is_letter || (c >= '0' && c <= '9') ||
           std::string_view("_-.:/+").find(c) != std::string_view::npos;
  });
}

bool is_identifier(std::string_view text) { return text.find_first_of(".:/+") == std::string_view::npos; }

// Where in a range a name stands; an empty range where it does not.
SourceRange place_of(std::string_view name, SourceRange range, const source::SourceFile& file) {
  const std::string_view text = file.text(range);
  const auto size = static_cast<std::uint32_t>(name.size());
  const SourceRange none{range.file, range.begin, range.begin};
  if (text == name) return range;
  if (!text.ends_with(name)) {
    const bool is_quoted = text.size() == name.size() + 2 && text.front() == '"' && text.back() == '"';
    if (!is_quoted || text.substr(1, name.size()) != name) return none;
    return {range.file, range.begin + 1, range.end - 1};
  }
  const bool is_step = text[text.size() - name.size() - 1] == '.';
  return is_step ? SourceRange{range.file, range.end - size, range.end} : none;
}

void settle(Diagnostic& one, const source::SourceSet& sources) {
  const source::SourceFile& file = sources.file(one.range.file);
  Edit& edit = one.fix->edits.front();
  edit.range = place_of(one.fix->misspelt, one.range, file);
  const bool loses_quotes = one.fix->misspelt.front() == '"';
  const bool is_quoted = loses_quotes || (edit.range.begin > 0 && file.text()[edit.range.begin - 1] == '"');
  if (edit.range.begin == edit.range.end || !is_plain(edit.text) || (!is_quoted && !is_identifier(edit.text)))
    one.fix.reset();
}

}  // namespace

void settle_spellings(Diagnostics& findings, const source::SourceSet& sources) {
  findings.visit([&](Diagnostic& one) {
    if (one.fix && !one.fix->misspelt.empty()) settle(one, sources);
  });
}

}  // namespace honua::diagnostics
