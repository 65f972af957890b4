// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <unordered_set>

#include "diagnostics/levels.h"
#include "diagnostics/report.h"

namespace honua::diagnostics {

// Findings that a project lives with for now, by their fingerprints: what is found beside them is new.
using Baseline = std::unordered_set<std::string>;

// The findings of a report as a file for later runs: one JSON document, laid out as
// schemas/baseline.v1.schema.json says. By address and rule, so that it changes little from one time to the
// next. What no baseline can hide is not in it.
[[nodiscard]] std::string render_baseline(const Report& report, const Levels& levels);

// Takes from a report what the baseline holds; returns how many of its entries nothing was found for.
std::size_t apply(const Baseline& baseline, const Levels& levels, Report& report);

}  // namespace honua::diagnostics
