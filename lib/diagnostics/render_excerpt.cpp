// SPDX-License-Identifier: MIT
#include "diagnostics/render_excerpt.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "diagnostics/render_line.h"
#include "diagnostics/render_marks.h"
#include "text/unicode.h"

namespace honua::diagnostics {

namespace {

using source::SourceFile;
using source::SourceRange;

// Draws one file's part of a diagnostic.
class Excerpt {
 public:
  Excerpt(std::string& out, const SourceFile& file, std::size_t gutter_width, Palette palette)
      : out_(out), file_(file), gutter_width_(gutter_width), palette_(palette) {}

  void draw(const std::vector<Annotation>& annotations);

 private:
  using Annotations = std::vector<const Annotation*>;

  void choose_bar(const std::vector<Annotation>& annotations);
  void assign_lines(const std::vector<Annotation>& annotations);
  void draw_gap(std::uint32_t before, std::uint32_t line);
  void draw_line(std::uint32_t line);
  void draw_marks(const ExcerptLine& shown, const Annotations& here);
  void draw_bar_start(const ExcerptLine& shown);
  void draw_bar_end(const ExcerptLine& shown);
  void draw_row(std::string_view number, std::string_view lane, const Row& content);
  [[nodiscard]] std::uint32_t focus_of(std::uint32_t line, const Annotations& here) const;

  [[nodiscard]] Style bar_style() const { return bar_->primary ? Style::primary : Style::secondary; }
  [[nodiscard]] std::uint32_t bar_last_byte() const { return std::max(bar_->range.end, 1U) - 1; }

  std::string& out_;
  const SourceFile& file_;
  std::size_t gutter_width_;
  Palette palette_;
  const Annotation* bar_ = nullptr;  // the range drawn as a bar, if any
  Lines bar_lines_;
  bool in_bar_ = false;  // whether the bar passes the row being drawn
  std::map<std::uint32_t, Annotations> lines_;
};

void Excerpt::choose_bar(const std::vector<Annotation>& annotations) {
  for (const Annotation& one : annotations) {
    const Lines lines = lines_of(file_, one.range);
    if (lines.first == lines.last || (bar_ != nullptr && !one.primary)) continue;
    bar_ = &one;
    bar_lines_ = lines;
  }
}

void Excerpt::assign_lines(const std::vector<Annotation>& annotations) {
  for (const Annotation& one : annotations) {
    if (&one == bar_) {
      lines_[bar_lines_.first];
      lines_[bar_lines_.last];
    } else {
      lines_[lines_of(file_, one.range).first].push_back(&one);
    }
  }
}

void Excerpt::draw(const std::vector<Annotation>& annotations) {
  choose_bar(annotations);
  assign_lines(annotations);
  std::uint32_t before = 0;
  for (const auto& [line, here] : lines_) {
    if (before != 0) draw_gap(before, line);
    draw_line(line);
    before = line;
  }
}

// What lies between two annotated lines: a single line is shown.
void Excerpt::draw_gap(std::uint32_t before, std::uint32_t line) {
  if (line - before == 2) draw_line(before + 1);
  if (line - before <= 2) return;
  Row row(palette_);
  row.put(Style::secondary, "...");
  if (in_bar_) {
    row.pad_to(gutter_width_ + 3);
    row.put(bar_style(), "|");
  }
  out_ += row.line();
}

void Excerpt::draw_line(std::uint32_t line) {
  const auto found = lines_.find(line);
  const Annotations none;
  const Annotations& here = found == lines_.end() ? none : found->second;
  const bool starts = bar_ != nullptr && line == bar_lines_.first;
  const bool ends = bar_ != nullptr && line == bar_lines_.last;
  const ExcerptLine shown(file_, line, focus_of(line, here));
  // A bar from the line's first character on needs no row of its own to start.
  const bool starts_here = starts && shown.is_first(bar_->range.begin);
  Row content(palette_);
  const std::string text = shown.text().substr(0, shown.text().find_last_not_of(' ') + 1);
  content.put(Style::plain, text, text::display_width(text));
  draw_row(std::to_string(line), starts_here ? "/" : "|", content);
  if (starts_here) in_bar_ = true;
  draw_marks(shown, here);
  if (starts && !starts_here) draw_bar_start(shown);
  if (ends) draw_bar_end(shown);
}

// The byte that should stay visible when the line is cut: the first mark's if
// that leaves room for the last mark, else that of the place at fault.
std::uint32_t Excerpt::focus_of(std::uint32_t line, const Annotations& here) const {
  if (bar_ != nullptr && line == bar_lines_.first) return bar_->range.begin;
  if (bar_ != nullptr && line == bar_lines_.last) return bar_last_byte();
  if (here.empty()) return file_.line_range(line).begin;
  std::uint32_t begin = here.front()->range.begin;
  std::uint32_t end = begin;
  const Annotation* chosen = here.front();
  for (const Annotation* one : here) {
    begin = std::min(begin, one->range.begin);
    end = std::max(end, one->range.end);
    if (one->primary) chosen = one;
  }
  return end - begin <= max_excerpt_width / 2 ? begin : chosen->range.begin;
}

void Excerpt::draw_marks(const ExcerptLine& shown, const Annotations& here) {
  std::vector<Mark> marks;
  for (const Annotation* one : here) {
    marks.push_back(Mark{shown.columns(one->range.begin, one->range.end), one->primary, one->caption});
  }
  for (const Row& row : render_marks(marks, palette_)) draw_row("", "|", row);
}

//   5 |   name = [
//     |  ________^
void Excerpt::draw_bar_start(const ExcerptLine& shown) {
  const std::size_t column = shown.columns(bar_->range.begin, bar_->range.begin).begin;
  Row row = gutter("", gutter_width_, palette_);
  row.pad_to(row.width() + 1);
  row.put(bar_style(), std::string(column + 1, '_') + (bar_->primary ? '^' : '-'));
  out_ += row.line();
  in_bar_ = true;
}

//   7 | | ]
//     | |_^ caption
void Excerpt::draw_bar_end(const ExcerptLine& shown) {
  const std::uint32_t last = bar_last_byte();
  std::size_t column = shown.columns(last, last + 1).end - 1;
  // The line end itself is no place to point at when there is text before it.
  if (column >= shown.width()) column = std::max<std::size_t>(shown.width(), 1) - 1;
  Row row = gutter("", gutter_width_, palette_);
  row.put(bar_style(), "|" + std::string(column + 1, '_') + (bar_->primary ? '^' : '-'));
  if (!bar_->caption.empty()) {
    row.pad_to(row.width() + 1);
    row.put(bar_style(), bar_->caption, text::display_width(bar_->caption));
  }
  out_ += row.line();
  in_bar_ = false;
}

void Excerpt::draw_row(std::string_view number, std::string_view lane, const Row& content) {
  Row row = gutter(number, gutter_width_, palette_);
  if (bar_ != nullptr) {
    const std::size_t column = row.width();
    if (in_bar_ || lane == "/") row.put(bar_style(), lane);
    row.pad_to(column + 2);
  }
  row.append(content);
  out_ += row.line();
}

}  // namespace

Lines lines_of(const SourceFile& file, SourceRange range) {
  const std::uint32_t first = file.line_of(range.begin);
  return Lines{first, std::max(first, range.end > range.begin ? file.line_of(range.end - 1) : first)};
}

Row gutter(std::string_view number, std::size_t width, Palette palette) {
  Row row(palette);
  row.pad_to(width - std::min(width, number.size()));
  row.put(Style::secondary, number);
  row.pad_to(width + 1);
  row.put(Style::secondary, "|");
  row.pad_to(width + 3);
  return row;
}

void append_excerpt(std::string& out, const SourceFile& file, const std::vector<Annotation>& annotations,
                    std::size_t gutter_width, Palette palette) {
  Excerpt(out, file, gutter_width, palette).draw(annotations);
}

}  // namespace honua::diagnostics
