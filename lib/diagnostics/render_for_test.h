// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "diagnostics/diagnostic.h"
#include "diagnostics/render_human.h"
#include "source/source_file.h"

// For the tests of the renderers.
namespace honua::diagnostics {

inline constexpr Rule sample_error{"H0102", "duplicate-attribute", Severity::error, "syntax",
                                   "an attribute is set once"};
inline constexpr Rule sample_warning{"H0117", "byte-order-mark", Severity::warning, "file",
                                     "files start without a byte order mark"};
inline constexpr Rule sample_info{"H0900", "sample-info", Severity::info, "dialect", "a note"};

// A set of files with one finding in the first.
struct Sample {
  source::SourceSet files;
  Diagnostic diagnostic;

  explicit Sample(const std::string& text, std::string name = "roads.hcl") {
    files.add(std::move(name), text);
    diagnostic.rule = &sample_error;
    diagnostic.message = "something is wrong";
  }

  // The place of the first occurrence of a text in a file, or the `which`-th.
  [[nodiscard]] source::SourceRange find(std::string_view wanted, int which = 1,
                                         source::FileId file = 0) const {
    const std::string_view text = files.file(file).text();
    std::size_t at = text.find(wanted);
    for (; which > 1; --which) at = text.find(wanted, at + 1);
    const auto begin = static_cast<std::uint32_t>(at);
    return {file, begin, begin + static_cast<std::uint32_t>(wanted.size())};
  }

  [[nodiscard]] std::string human() const { return render_human(diagnostic, files); }
};

// The rendering of one finding at a range of bytes, without its first two
// lines (title and place), which are the same everywhere.
[[nodiscard]] inline std::string excerpt(const std::string& text, std::uint32_t begin, std::uint32_t end,
                                         std::string caption = "") {
  Sample sample(text);
  sample.diagnostic.range = {0, begin, end};
  sample.diagnostic.caption = std::move(caption);
  const std::string all = sample.human();
  return "\n" + all.substr(all.find('\n', all.find('\n') + 1) + 1);
}

// The same at the first occurrence of a text.
[[nodiscard]] inline std::string excerpt_at(const std::string& text, std::string_view wanted,
                                            std::string caption = "") {
  const auto begin = static_cast<std::uint32_t>(text.find(wanted));
  return excerpt(text, begin, begin + static_cast<std::uint32_t>(wanted.size()), std::move(caption));
}

}  // namespace honua::diagnostics
