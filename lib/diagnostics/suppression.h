// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <span>
#include <vector>

#include "diagnostics/diagnostics.h"
#include "diagnostics/rule_info.h"
#include "diagnostics/suppression_comment.h"
#include "source/source_file.h"

namespace honua::diagnostics {

// A comment that keeps findings out of the report, and where it holds: for findings that begin in a scope.
struct Suppression {
  source::SourceRange comment;
  SuppressionComment content;               // its texts lie in the file
  std::vector<source::SourceRange> scopes;  // none: it stands where nothing follows
};

struct SuppressionContext {
  std::span<const RuleInfo* const> rules;  // all there are
  const Levels* levels = nullptr;
  std::chrono::year_month_day today{};
  // Whether this run would have found what the comment ignores of a rule, and so would every other run: else
  // it is not called unused.
  std::function<bool(const RuleInfo&, const Suppression&)> is_settled;
};

// Suppresses what the comments are about, and reports what is wrong with them (suppression_rules.h).
void apply(const std::vector<Suppression>& suppressions, const SuppressionContext& context,
           const source::SourceSet& sources, Diagnostics& sink);

}  // namespace honua::diagnostics
