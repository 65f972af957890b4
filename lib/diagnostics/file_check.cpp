// SPDX-License-Identifier: MIT
#include "diagnostics/file_check.h"

#include <cstdint>
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
  return true;
}

}  // namespace honua::diagnostics
