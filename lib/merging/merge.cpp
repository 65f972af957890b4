// SPDX-License-Identifier: MIT
#include "merging/merge.h"

#include <algorithm>
#include <array>

#include "merging/container_merger.h"
#include "merging/document.h"
#include "merging/line_ends.h"
#include "merging/output.h"
#include "source/source_file.h"

namespace honua::merging {

namespace {

// A merge that went wrong would be worse than none.
bool is_valid_text(const std::string& text) {
  return text.size() > source::max_file_size || Document(text).is_valid();
}

Merged merge_documents(const Sides<const Document*>& documents, const ConflictStyle& style) {
  const auto base = read_items(*documents.base);
  const auto ours = read_items(*documents.ours);
  const auto theirs = read_items(*documents.theirs);
  const Texts texts = {documents.base->text(), documents.ours->text(), documents.theirs->text()};
  if (!base || !ours || !theirs) return merge_as_text(texts, style);
  Output out;
  ContainerMerger(style, out).merge_file({&*base, &*ours, &*theirs});
  Merged merged = out.take();
  if (merged.conflicts.empty() && !is_valid_text(merged.text)) return merge_as_text(texts, style);
  return merged;
}

// The lines of a text with their ends.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t size = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

using Lines = std::vector<std::string_view>;

void write_lines(Output& out, Lines::const_iterator begin, Lines::const_iterator end) {
  for (; begin != end; ++begin) {
    out.end_line();
    out.write(*begin);
  }
}

}  // namespace

Merged merge_as_text(const Texts& texts, const ConflictStyle& style) {
  if (texts.ours == texts.theirs || texts.base == texts.theirs) return {std::string(texts.ours), {}};
  if (texts.base == texts.ours) return {std::string(texts.theirs), {}};
  const std::array<Lines, 3> lines = {lines_of(texts.ours), lines_of(texts.base), lines_of(texts.theirs)};
  const std::size_t shortest = std::min({lines[0].size(), lines[1].size(), lines[2].size()});
  std::size_t front = 0;
  while (front < shortest && lines[0][front] == lines[1][front] && lines[0][front] == lines[2][front])
    ++front;
  std::size_t back = 0;
  const auto from_end = [&](const Lines& of) { return of[of.size() - 1 - back]; };
  while (back < shortest - front && from_end(lines[0]) == from_end(lines[1]) &&
         from_end(lines[0]) == from_end(lines[2])) {
    ++back;
  }
  Output out;
  const auto middle = [&](const Lines& of) {
    write_lines(out, of.begin() + static_cast<std::ptrdiff_t>(front),
                of.end() - static_cast<std::ptrdiff_t>(back));
  };
  write_lines(out, lines[0].begin(), lines[0].begin() + static_cast<std::ptrdiff_t>(front));
  out.add_conflict("", ConflictKind::whole_file);
  out.write_marker('<', style.ours_label, style.marker_size);
  middle(lines[0]);
  if (style.shows_base) {
    out.write_marker('|', style.base_label, style.marker_size);
    middle(lines[1]);
  }
  out.write_marker('=', "", style.marker_size);
  middle(lines[2]);
  out.write_marker('>', style.theirs_label, style.marker_size);
  write_lines(out, lines[0].end() - static_cast<std::ptrdiff_t>(back), lines[0].end());
  return out.take();
}

std::optional<Merged> merge(const Texts& texts, const ConflictStyle& style) {
  const TextForm form = merged_form(texts);
  const Document base(without_form(texts.base, form));
  const Document ours(without_form(texts.ours, form));
  const Document theirs(without_form(texts.theirs, form));
  if (!base.is_valid() || !ours.is_valid() || !theirs.is_valid()) return std::nullopt;
  Merged merged = merge_documents({&base, &ours, &theirs}, style);
  merged.text = with_form(merged.text, form);
  return merged;
}

}  // namespace honua::merging
