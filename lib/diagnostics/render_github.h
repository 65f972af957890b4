// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

#include "diagnostics/report.h"

namespace honua::diagnostics {

// How many annotations of each level GitHub shows for a step; it drops the others without a word.
inline constexpr std::size_t shown_annotations = 10;

// A run's findings as workflow commands of GitHub Actions, worst first:
//
//   ::error file=roads.hcl,line=4,endLine=4,col=3,endColumn=7,title=H0102 duplicate-attribute::message
//
// Columns count code points; they are left out where a finding goes over several lines, since GitHub refuses
// them there. A notice says when there are more findings of a level than GitHub shows; `has_summary` tells
// whether render_github_summary() goes to where GitHub reads it. Empty where there is nothing to say.
[[nodiscard]] std::string render_github(const Report& report, bool has_summary);

// The longest summary; GitHub takes 1 MiB for a step, and other programs write there too.
inline constexpr std::size_t max_github_summary = std::size_t{512} * 1024;

// A table of the findings in Markdown for the summary of a job, of at most `max_size` bytes; findings that
// find no room in it are counted. Empty where not even their number has room.
[[nodiscard]] std::string render_github_summary(const Report& report,
                                                std::size_t max_size = max_github_summary);

}  // namespace honua::diagnostics
