// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "diagnostics/render_for_test.h"
#include "diagnostics/report.h"

// For the tests of the renderers of whole runs.
namespace honua::diagnostics {

inline constexpr Rule sample_security{"H5101", "connection-secret", Severity::error, security_category,
                                      "a connection string holds no password"};

// A run over some files; renderers get report().
struct SampleRun {
  source::SourceSet sources;
  Diagnostics findings;

  [[nodiscard]] Report report() const {
    Report report = make_report(findings, sources, [](source::SourceRange range) {
      return std::string(range.begin == range.end ? "" : "layer.roads");
    });
    report.program_version = "1.2.3";
    report.time = std::chrono::sys_days{std::chrono::year{2026} / 7 / 1} + std::chrono::hours{13};
    return report;
  }
};

// Behind a byte order mark, on lines that end in CRLF: one, two, three and four bytes a character, a
// combining mark and a tab in front of `x`, which is column 7 of characters, 8 of code points, 9 of UTF-16
// code units and 15 of bytes (18 with the byte order mark).
inline constexpr std::string_view columns_text =
    "\xEF\xBB\xBF"
    "aé漢😀e\xCC\x81\tx\r\nsecond\r\nlast";

// Findings on this text: `x`, from `x` to `second`, all of the second line with its end, the end of the file.
inline void add_columns(SampleRun& run, std::string name = "roads.hcl") {
  const source::SourceFile& file = run.sources.add(std::move(name), columns_text);
  const auto x = static_cast<std::uint32_t>(columns_text.find('x'));
  const auto second = static_cast<std::uint32_t>(columns_text.find("second"));
  const auto last = static_cast<std::uint32_t>(columns_text.find("last"));
  const auto end = static_cast<std::uint32_t>(columns_text.size());
  run.findings.report(sample_error, {file.id(), x, x + 1}, "one character");
  run.findings.report(sample_warning, {file.id(), x, second + 6}, "two lines");
  run.findings.report(sample_info, {file.id(), second, last}, "a whole line");
  run.findings.report(sample_error, {file.id(), end, end}, "the end");
}

// What runs may have in their names and texts to break a format from within.
inline constexpr std::string_view hostile =
    "a\nb\r\x1B[0m%0A::error::x,y:z\"'<>&]]>|`*_{0}\\ \xFF\xEF\xBF\xBF \xE2\x80\xAE";

// One finding of a run whose every text is hostile.
inline void add_hostile(SampleRun& run) {
  const std::string text(hostile);
  run.sources.add(text, text);
  run.findings.report(sample_error, {0, 0, 3}, text).captioned(text).label({0, 2, 4}, text).suggest(text);
}

// How often a text is in another one.
[[nodiscard]] inline std::size_t count_of_text(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

// The text without its spaces and line feeds: JSON as one line.
[[nodiscard]] inline std::string squeezed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\n') out += c;
  }
  return out;
}

}  // namespace honua::diagnostics
