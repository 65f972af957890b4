// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "source/edit.h"
#include "source/source_range.h"

namespace honua::diagnostics {

enum class Severity : std::uint8_t { error, warning, info };

inline constexpr std::size_t severity_count = 3;

// "error", "warning" or "info".
[[nodiscard]] std::string_view to_string(Severity severity);

// The category of rules about security; several formats treat it on its own.
inline constexpr std::string_view security_category = "security";

// What a finding is an instance of. Rules are constants that live as long as
// the program; codes and slugs are never given to another rule.
struct Rule {
  std::string_view code;      // "H0104"
  std::string_view slug;      // "env-colon"
  Severity severity;          // as reported when nobody configures it
  std::string_view category;  // "syntax", "expression", "service", ...
  std::string_view summary;   // one sentence, lower-case start, no full stop
};

// A second place that explains a finding: "first defined here".
struct Label {
  source::SourceRange range;
  std::string message;  // may be empty: the place speaks for itself
};

using source::Edit;

// How sure a fix is.
enum class FixSafety : std::uint8_t {
  safe,    // what the file means stays as it is, or becomes what nobody could doubt
  unsafe,  // a likely intention: somebody has to look at it
};

// What mends a finding. Edits are in order, don't touch each other and lie in one file.
struct Fix {
  FixSafety safety = FixSafety::safe;
  std::string title;  // what it does: "write `true`"; one line
  std::vector<Edit> edits;
  // Of a name to be replaced: what it is now. Until settle_spellings() the edit's range is the finding's.
  std::string misspelt = {};
};

// One finding in the user's configuration.
// Messages start in lower case, have no full stop, put code in backticks and
// say what was observed; help says what to do about it.
struct Diagnostic {
  const Rule* rule = nullptr;
  Severity severity = Severity::error;
  source::SourceRange range;      // the tight place at fault
  std::string message;            // one line
  std::string caption;            // printed beside the carets; often empty
  std::vector<Label> labels;      // in the order they were added
  std::vector<std::string> help;  // one line each
  std::optional<Fix> fix;
  bool is_suppressed = false;  // see Diagnostics::suppress()

  // Whether it is part of a report: else its rule is off, or there were too many, and words about it are
  // wasted.
  [[nodiscard]] bool is_kept() const { return rule != nullptr; }

  Diagnostic& captioned(std::string text) {
    caption = std::move(text);
    return *this;
  }
  Diagnostic& label(source::SourceRange where, std::string text) {
    labels.push_back(Label{where, std::move(text)});
    return *this;
  }
  Diagnostic& suggest(std::string text) {
    help.push_back(std::move(text));
    return *this;
  }
  // Asks whether another name was meant; to write it is the fix.
  Diagnostic& did_you_mean(std::string_view meant, std::string_view written);
  // The fix is another name than the one that the range holds, by itself, in quotes or behind a dot. It is
  // safe where only the case of letters differs.
  Diagnostic& respelt(std::string_view meant, std::string_view written);
  Diagnostic& fixed_by(FixSafety safety, std::string title, std::vector<Edit> edits) {
    fix = Fix{safety, std::move(title), std::move(edits)};
    return *this;
  }
};

}  // namespace honua::diagnostics
