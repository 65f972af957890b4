// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostics/diagnostic.h"
#include "source/source_file.h"

namespace honua::diagnostics {

// Longer texts of a finding are cut in the middle: names that they quote may be
// as long as the file, and nobody reads on. In bytes, what is put in place of
// the middle aside.
inline constexpr std::size_t max_shown_text = 2000;

// A text as a report has it: secrets masked, cut to max_shown_text. Control
// characters are still in it.
[[nodiscard]] std::string shown_text(std::string_view text);

// The same for message, caption and labels of a finding. Where it is about a
// secret in the file, what it quotes of it is masked as well. (Help quotes no
// values, but `env("NAME")`.)
class ShownTexts {
 public:
  ShownTexts(const Diagnostic& diagnostic, const source::SourceSet& files);
  [[nodiscard]] std::string operator()(std::string_view text) const;

 private:
  void hide_quotes_of(source::SourceRange range, const source::SourceSet& files);

  std::vector<std::string_view> hidden_;  // texts of the file that secrets stand in
};

// A finding's fix, or nullptr where it has none or what it writes could hold a secret.
[[nodiscard]] const Fix* shown_fix(const Diagnostic& diagnostic, const source::SourceSet& files);

}  // namespace honua::diagnostics
