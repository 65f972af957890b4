// SPDX-License-Identifier: MIT
#include "merging/line_ends.h"

#include <cstddef>

namespace honua::merging {

namespace {

constexpr std::string_view mark = "\xEF\xBB\xBF";

struct LineEnds {
  std::size_t feeds = 0;
  std::size_t with_return = 0;
  [[nodiscard]] bool are_uniform() const { return with_return == 0 || with_return == feeds; }
  [[nodiscard]] bool have_returns() const { return with_return > 0; }
};

LineEnds line_ends_of(std::string_view text) {
  LineEnds ends;
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    ++ends.feeds;
    if (at > 0 && text[at - 1] == '\r') ++ends.with_return;
  }
  return ends;
}

bool merged_flag(bool base, bool ours, bool theirs) { return base == ours ? theirs : ours; }

// A text without line ends has nothing to say.
bool merged_returns(const Sides<LineEnds>& ends) {
  if (ends.theirs.feeds == 0) return ends.ours.have_returns();
  if (ends.ours.feeds == 0) return ends.theirs.have_returns();
  return merged_flag(ends.base.have_returns(), ends.ours.have_returns(), ends.theirs.have_returns());
}

}  // namespace

TextForm merged_form(const Sides<std::string_view>& texts) {
  const Sides<LineEnds> ends = {line_ends_of(texts.base), line_ends_of(texts.ours),
                                line_ends_of(texts.theirs)};
  TextForm form;
  form.has_byte_order_mark =
      merged_flag(texts.base.starts_with(mark), texts.ours.starts_with(mark), texts.theirs.starts_with(mark));
  form.has_carriage_returns = merged_returns(ends);
  form.is_uniform = ends.base.are_uniform() && ends.ours.are_uniform() && ends.theirs.are_uniform();
  return form;
}

std::string without_form(std::string_view text, const TextForm& form) {
  if (text.starts_with(mark)) text.remove_prefix(mark.size());
  if (!form.is_uniform) return std::string(text);
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool ends_line = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if (!ends_line) plain += text[i];
  }
  return plain;
}

std::string with_form(std::string_view text, const TextForm& form) {
  std::string full(form.has_byte_order_mark ? mark : "");
  full.reserve(full.size() + text.size());
  for (const char c : text) {
    if (c == '\n' && form.is_uniform && form.has_carriage_returns) full += '\r';
    full += c;
  }
  return full;
}

}  // namespace honua::merging
