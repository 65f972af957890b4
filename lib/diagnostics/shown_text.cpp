// SPDX-License-Identifier: MIT
#include "diagnostics/shown_text.h"

#include <algorithm>
#include <cstddef>

#include "text/mask.h"
#include "text/unicode.h"

namespace honua::diagnostics {

namespace {

// The end matters less: what was observed and where a quoted name begins stand in front.
constexpr std::size_t shown_in_front = max_shown_text / 4 * 3;
constexpr std::size_t shown_behind = max_shown_text - shown_in_front;

}  // namespace

std::string shown_text(std::string_view text) {
  std::string shown = text::mask_secrets(text);
  if (shown.size() <= max_shown_text) return shown;
  constexpr std::size_t longest_step = 3;  // of character_start()
  const std::size_t begin = text::character_start(shown, shown_in_front);
  const std::size_t end = text::character_start(shown, shown.size() - shown_behind + longest_step);
  return shown.replace(begin, end - begin, "…");
}

ShownTexts::ShownTexts(const Diagnostic& diagnostic, const source::SourceSet& files) {
  hide_quotes_of(diagnostic.range, files);
  for (const Label& label : diagnostic.labels) hide_quotes_of(label.range, files);
}

void ShownTexts::hide_quotes_of(source::SourceRange range, const source::SourceSet& files) {
  const source::SourceFile& file = files.file(range.file);
  if (file.holds_secret(range)) hidden_.push_back(file.text(range));
}

std::string ShownTexts::operator()(std::string_view text) const {
  if (hidden_.empty()) return shown_text(text);
  std::string masked(text);
  // Code stands in backticks: a text in `"`, or a piece of the file.
  for (std::size_t begin = masked.find('`'); begin != std::string::npos; begin = masked.find('`', begin)) {
    const std::size_t end = std::min(masked.find('`', ++begin), masked.size());
    const std::string_view code = std::string_view(masked).substr(begin, end - begin);
    const bool is_text = code.starts_with('"');
    const bool is_piece = std::any_of(hidden_.begin(), hidden_.end(), [&](std::string_view one) {
      return one.find(code) != std::string_view::npos;
    });
    const std::size_t quote = is_text ? 1 : 0;
    if (code.size() > 2 * quote && (is_text || is_piece)) {
      const std::size_t last = is_text ? std::max(masked.rfind('"'), begin + 1) : end;
      std::fill(masked.begin() + static_cast<std::ptrdiff_t>(begin + quote),
                masked.begin() + static_cast<std::ptrdiff_t>(last), '*');
      begin = last;
    }
    begin = std::min(masked.find('`', begin), masked.size() - 1) + 1;
  }
  return shown_text(masked);
}

const Fix* shown_fix(const Diagnostic& diagnostic, const source::SourceSet& files) {
  if (!diagnostic.fix) return nullptr;
  const std::vector<Edit>& edits = diagnostic.fix->edits;
  const bool is_secret = std::any_of(edits.begin(), edits.end(), [&](const Edit& edit) {
    return files.file(edit.range.file).holds_secret(edit.range) || text::mask_secrets(edit.text) != edit.text;
  });
  return is_secret ? nullptr : &*diagnostic.fix;
}

}  // namespace honua::diagnostics
