// SPDX-License-Identifier: MIT
// All renderers of whole runs: whatever names, texts and places a run has, what they write keeps its form.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "diagnostics/diagnostics.h"
#include "diagnostics/render_checkstyle.h"
#include "diagnostics/render_concise.h"
#include "diagnostics/render_github.h"
#include "diagnostics/render_gitlab.h"
#include "diagnostics/render_human.h"
#include "diagnostics/render_json.h"
#include "diagnostics/render_json_lines.h"
#include "diagnostics/render_junit.h"
#include "diagnostics/render_rdjson.h"
#include "diagnostics/render_sarif.h"
#include "text/sanitize.h"

namespace {

using namespace honua;

constexpr diagnostics::Rule rules[] = {
    {"H0000", "fuzz-error", diagnostics::Severity::error, "syntax", "any error"},
    {"H0001", "fuzz-warning", diagnostics::Severity::warning, diagnostics::security_category, "any warning"},
    {"H0002", "fuzz-info", diagnostics::Severity::info, "file", "any note"},
};

// The input's first bytes choose the ranges, the rest is the files' text and all others.
class FormatsInput {
 public:
  FormatsInput(const std::uint8_t* data, std::size_t size) : bytes_(data, data + size) {}

  std::uint32_t number() {
    const std::uint32_t high = byte();
    return (high << 8U) | byte();
  }
  [[nodiscard]] std::string rest() const { return bytes_.substr(at_ < bytes_.size() ? at_ : bytes_.size()); }

 private:
  std::uint32_t byte() { return at_ < bytes_.size() ? static_cast<unsigned char>(bytes_[at_++]) : 0U; }

  std::string bytes_;
  std::size_t at_ = 0;
};

source::SourceRange range_in(FormatsInput& input, std::size_t size) {
  const std::uint32_t begin = input.number() % static_cast<std::uint32_t>(size + 1);
  const std::uint32_t room = static_cast<std::uint32_t>(size) - begin;
  return {input.number() % 2, begin, begin + input.number() % (room + 1)};
}

void fill(diagnostics::Diagnostics& findings, FormatsInput& input, const std::string& text) {
  for (std::uint32_t count = input.number() % 5; count > 0; --count) {
    const source::SourceRange range = range_in(input, text.size());
    diagnostics::Diagnostic& one = findings.report(rules[count % 3], range, text.substr(0, 40));
    one.label(range_in(input, text.size()), count % 2 == 0 ? "" : text).suggest(text);
    if (count % 2 == 0) one.fixed_by(diagnostics::FixSafety::safe, text, {{range, text}});
  }
}

// One well-formed document of lines without anything that steers a terminal.
void check_lines(std::string_view document) {
  HONUA_ASSERT(document.empty() || document.ends_with('\n'));
  std::string line;
  for (const char c : document) {
    if (c != '\n') {
      line += c;
      continue;
    }
    HONUA_ASSERT(text::printable(line) == line);
    line.clear();
  }
}

void check_json(const std::string& document) {
  check_lines(document);
  std::string closers;
  bool in_string = false;
  for (std::size_t at = 0; at < document.size(); ++at) {
    const char c = document[at];
    if (in_string && c == '\\') ++at;
    if (c == '"') in_string = !in_string;
    if (in_string) continue;
    if (c == '{' || c == '[') closers += c == '{' ? '}' : ']';
    if (c != '}' && c != ']') continue;
    HONUA_ASSERT(closers.ends_with(c));
    closers.pop_back();
  }
  HONUA_ASSERT(!in_string && closers.empty());
}

void check_github(std::string_view document) {
  check_lines(document);
  for (; !document.empty(); document.remove_prefix(document.find('\n') + 1))
    HONUA_ASSERT(document.starts_with("::error ") || document.starts_with("::warning ") ||
                 document.starts_with("::notice "));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FormatsInput input(data, size);
  const std::uint32_t threshold = input.number() % 4;
  FormatsInput look_ahead = input;
  for (int i = 0; i < 30; ++i) (void)look_ahead.number();
  const std::string text = look_ahead.rest();
  source::SourceSet sources;
  sources.add(text.substr(0, 30), text);
  sources.add("two", text);
  diagnostics::Diagnostics findings;
  fill(findings, input, text);
  diagnostics::Report report =
      diagnostics::make_report(findings, sources, [&](source::SourceRange) { return text.substr(0, 10); });
  if (threshold < 3) report.threshold = static_cast<diagnostics::Severity>(threshold);
  report.failures = {{text.substr(0, 20), text}, {"", text}};
  check_lines(diagnostics::render_human(report));
  check_lines(diagnostics::render_concise(report));
  check_json(diagnostics::render_json(report));
  check_json(diagnostics::render_json_lines(report));
  check_json(diagnostics::render_sarif(report));
  check_github(diagnostics::render_github(report, true));
  check_lines(diagnostics::render_github_summary(report));
  check_json(diagnostics::render_gitlab(report));
  check_lines(diagnostics::render_junit(report));
  check_lines(diagnostics::render_checkstyle(report));
  check_json(diagnostics::render_rdjson(report));
  return 0;
}
