// SPDX-License-Identifier: MIT
#include "diagnostics/render_human.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "diagnostics/render_concise.h"
#include "text/sanitize.h"

namespace {

using namespace honua;

constexpr diagnostics::Rule rule{"H0000", "fuzz", diagnostics::Severity::error, "syntax", "any finding"};

// The input's first bytes choose the ranges, the rest is the files' text.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : bytes_(data, data + size) {}

  std::uint32_t number() {
    const std::uint32_t high = byte();
    return (high << 8U) | byte();
  }
  [[nodiscard]] std::string rest() const { return bytes_.substr(std::min(at_, bytes_.size())); }

 private:
  std::uint32_t byte() { return at_ < bytes_.size() ? static_cast<unsigned char>(bytes_[at_++]) : 0U; }

  std::string bytes_;
  std::size_t at_ = 0;
};

source::SourceRange range_of(Input& input, std::size_t size) {
  const auto limit = static_cast<std::uint32_t>(size) + 2;
  const std::uint32_t begin = input.number();
  const std::uint32_t length = input.number();
  return {length % 5 == 4 ? 1U : 0U, begin % limit, begin % limit + length % limit};
}

std::string without_color(std::string text) {
  for (std::size_t at = text.find('\x1B'); at < text.size(); at = text.find('\x1B', at)) {
    text.erase(at, text.find('m', at) + 1 - at);
  }
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  diagnostics::Diagnostic diagnostic;
  diagnostic.rule = &rule;
  diagnostic.range = range_of(input, size);
  for (std::uint32_t labels = input.number() % 4; labels > 0; --labels) {
    diagnostic.label(range_of(input, size), labels % 2 == 0 ? "" : "label");
  }
  const std::string text = input.rest();
  diagnostic.message = diagnostic.caption = text.substr(0, 20);
  source::SourceSet files;
  files.add("one", text);
  files.add("two", text);
  const std::string plain = diagnostics::render_human(diagnostic, files);
  std::string line = plain;
  line.erase(std::remove(line.begin(), line.end(), '\n'), line.end());
  HONUA_ASSERT(text::printable(line) == line);
  HONUA_ASSERT(without_color(diagnostics::render_human(diagnostic, files, {.color = true})) == plain);
  const std::string concise = diagnostics::render_concise(diagnostic, files);
  HONUA_ASSERT(concise.find('\n') == concise.size() - 1);
  return 0;
}
