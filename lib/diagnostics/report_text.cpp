// SPDX-License-Identifier: MIT
#include "diagnostics/report_text.h"

#include <algorithm>

#include "diagnostics/shown_text.h"
#include "text/sanitize.h"

namespace honua::diagnostics {

namespace {

void append_percent(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += digits[byte >> 4U];
  out += digits[byte & 0xFU];
}

// What may stand in a segment of any reference. Colons may not: the first segment would be a scheme.
bool is_plain_in_uri(char c) {
  constexpr std::string_view others = "-._~/";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         others.find(c) != std::string_view::npos;
}

}  // namespace

std::string message_line(const Diagnostic& diagnostic, const source::SourceSet& sources) {
  return text::printable(ShownTexts(diagnostic, sources)(diagnostic.message));
}

std::vector<std::string> help_lines(const Diagnostic& diagnostic) {
  std::vector<std::string> lines;
  lines.reserve(diagnostic.help.size());
  for (const std::string& line : diagnostic.help) lines.push_back(text::printable(shown_text(line)));
  return lines;
}

std::string message_with_help(const Diagnostic& diagnostic, const source::SourceSet& sources,
                              std::string_view separator) {
  std::string out = message_line(diagnostic, sources);
  for (const std::string& line : help_lines(diagnostic)) {
    out += separator;
    out += "help: " + line;
  }
  return out;
}

std::string describe_failure(const Failure& failure) {
  const std::string reason = text::printable(shown_text(failure.message));
  return failure.path.empty() ? reason : "cannot read " + text::quoted(failure.path) + ": " + reason;
}

std::string plain_path(std::string_view name) {
  while (name.starts_with("./")) {
    // `.//a` is `a` too, and no path from the root.
    const std::size_t begin = std::min(name.find_first_not_of('/', 1), name.size());
    if (begin == name.size()) break;
    name.remove_prefix(begin);
  }
  return text::printable(name);
}

std::string failure_path(const Failure& failure) {
  return failure.path.empty() ? "." : plain_path(failure.path);
}

std::string path_uri(std::string_view name) {
  std::string uri = name.starts_with('/') ? "file://" : "";
  for (const char c : plain_path(name)) {
    if (is_plain_in_uri(c)) {
      uri += c;
    } else {
      append_percent(uri, c);
    }
  }
  return uri;
}

std::vector<std::vector<const Finding*>> findings_by_file(const Report& report) {
  std::vector<std::vector<const Finding*>> files(report.sources->size());
  for (const Finding& one : report.findings) files[one.diagnostic->range.file].push_back(&one);
  return files;
}

}  // namespace honua::diagnostics
