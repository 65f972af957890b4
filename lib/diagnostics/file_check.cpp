// SPDX-License-Identifier: MIT
#include "diagnostics/file_check.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "diagnostics/file_rules.h"

namespace honua::diagnostics {

namespace {

using source::SourceFile;
using source::SourceRange;

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

SourceRange range_of(const SourceFile& file, std::size_t begin, std::size_t size) {
  return {file.id(), static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + size)};
}

// What gives all lines the same end, with a carriage return or without.
std::vector<Edit> line_end_edits(const SourceFile& file, bool with_return) {
  const std::string_view text = file.text();
  std::vector<Edit> edits;
  for (std::size_t feed = text.find('\n'); feed != std::string_view::npos; feed = text.find('\n', feed + 1)) {
    const bool has_return = feed > 0 && text[feed - 1] == '\r';
    if (has_return == with_return) continue;
    if (with_return) {
      edits.push_back({range_of(file, feed, 0), "\r"});
    } else {
      edits.push_back({range_of(file, feed - 1, 1), ""});
    }
  }
  return edits;
}

// The first line that ends otherwise than the first one.
void check_line_ends(const SourceFile& file, Diagnostics& sink) {
  const std::string_view text = file.text();
  if (text.find('\r') == std::string_view::npos) return;
  std::optional<bool> first;
  for (std::size_t feed = text.find('\n'); feed != std::string_view::npos; feed = text.find('\n', feed + 1)) {
    const bool has_return = feed > 0 && text[feed - 1] == '\r';
    if (first.value_or(has_return) == has_return) {
      first = has_return;
      continue;
    }
    sink.report(rules::mixed_line_ends, range_of(file, has_return ? feed - 1 : feed, has_return ? 2 : 1),
                has_return ? "this line ends with a carriage return, the first one does not"
                           : "this line ends without a carriage return, the first one with it")
        .suggest("save the file with one kind of line ends")
        .fixed_by(FixSafety::safe, "end all lines like the first one", line_end_edits(file, !has_return));
    return;
  }
}

}  // namespace

bool check_file(const SourceFile& file, Diagnostics& sink) {
  const std::uint32_t begin = file.content_begin();
  if (begin > 0) {
    sink.report(rules::byte_order_mark, {file.id(), 0, begin}, "the file starts with a byte order mark")
        .suggest("save it as UTF-8 without one: other readers of HCL refuse it")
        .fixed_by(FixSafety::safe, "remove it", {Edit{range_of(file, 0, begin), ""}});
  }
  if (is_blank(file.text().substr(begin))) {
    sink.report(rules::empty_file, {file.id(), begin, begin}, "the file is empty")
        .suggest("an empty configuration is usually a failed copy or template");
    return false;
  }
  check_line_ends(file, sink);
  return true;
}

}  // namespace honua::diagnostics
