// SPDX-License-Identifier: MIT
#include "diagnostics/render_human.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "diagnostics/render_excerpt.h"
#include "diagnostics/render_place.h"
#include "diagnostics/shown_text.h"
#include "text/sanitize.h"
#include "text/unicode.h"

namespace honua::diagnostics {

namespace {

// The annotations in one file, in the order they were added.
struct Section {
  source::FileId file;
  std::vector<Annotation> annotations;
};

void annotate(std::vector<Section>& sections, source::SourceRange range, bool primary, std::string caption) {
  auto section = std::find_if(sections.begin(), sections.end(),
                              [&](const Section& one) { return one.file == range.file; });
  if (section == sections.end()) section = sections.insert(section, Section{range.file, {}});
  section->annotations.push_back(Annotation{range, primary, std::move(caption)});
}

// The file at fault comes first, then others as labels name them.
std::vector<Section> sections_of(const Diagnostic& diagnostic, const ShownTexts& shown) {
  std::vector<Section> sections;
  annotate(sections, diagnostic.range, true, text::printable(shown(diagnostic.caption)));
  for (const Label& label : diagnostic.labels)
    annotate(sections, label.range, false, text::printable(shown(label.message)));
  return sections;
}

// How many digits the largest line number has.
std::size_t gutter_width_of(const std::vector<Section>& sections, const source::SourceSet& files) {
  std::uint32_t largest = 1;
  for (const Section& section : sections) {
    for (const Annotation& one : section.annotations) {
      largest = std::max(largest, lines_of(files.file(section.file), one.range).last);
    }
  }
  return std::to_string(largest).size();
}

void put_text(Row& row, Style style, std::string_view text) {
  const std::string safe = text::printable(text);
  row.put(style, safe, text::display_width(safe));
}

std::string title(const Diagnostic& diagnostic, const ShownTexts& shown, Palette palette) {
  Row row(palette);
  const std::string severity(to_string(diagnostic.severity));
  row.put(Style::primary, severity + "[" + std::string(diagnostic.rule->code) + "]");
  put_text(row, Style::strong, ": " + shown(diagnostic.message));
  return row.line();
}

// ` --> path:line:column`, or `:::` for a file that labels point to.
std::string heading(std::string_view arrow, const Section& section, const source::SourceSet& files,
                    std::size_t gutter_width, Palette palette) {
  Row row(palette);
  row.pad_to(gutter_width);
  row.put(Style::secondary, arrow);
  row.pad_to(row.width() + 1);
  const std::string place = describe_place(section.annotations.front().range, files);
  row.put(Style::plain, place, text::display_width(place));
  return row.line();
}

std::string help_line(std::string_view help, std::size_t gutter_width, Palette palette) {
  Row row(palette);
  row.pad_to(gutter_width + 1);
  row.put(Style::secondary, "=");
  row.pad_to(row.width() + 1);
  row.put(Style::strong, "help:");
  row.pad_to(row.width() + 1);
  put_text(row, Style::plain, shown_text(help));
  return row.line();
}

}  // namespace

std::string render_human(const Diagnostic& diagnostic, const source::SourceSet& files,
                         const HumanOptions& options) {
  const Palette palette{diagnostic.severity, options.color};
  const ShownTexts shown(diagnostic, files);
  const std::vector<Section> sections = sections_of(diagnostic, shown);
  const std::size_t width = gutter_width_of(sections, files);
  const std::string empty_row = gutter("", width, palette).line();
  std::string out = title(diagnostic, shown, palette);
  for (const Section& section : sections) {
    const bool first = &section == &sections.front();
    if (!first) out += empty_row;
    out += heading(first ? "-->" : ":::", section, files, width, palette);
    out += empty_row;
    append_excerpt(out, files.file(section.file), section.annotations, width, palette);
  }
  if (!diagnostic.help.empty()) out += empty_row;
  for (const std::string& help : diagnostic.help) out += help_line(help, width, palette);
  return out;
}

std::string render_human(const Report& report, const HumanOptions& options) {
  std::string out;
  for (const Finding& one : report.findings) {
    if (!out.empty()) out += '\n';
    out += render_human(*one.diagnostic, *report.sources, options);
  }
  return out;
}

}  // namespace honua::diagnostics
