// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <unordered_set>

#include "diagnostics/report.h"

namespace honua::diagnostics {

// Findings that a project lives with for now, by their fingerprints: what is found beside them is new.
using Baseline = std::unordered_set<std::string>;

// Whether a rule's findings stay whatever a baseline says.
using IsProtected = std::function<bool(const Rule&)>;

// The findings of a report as a file for later runs: one JSON document, laid out as
// schemas/baseline.v1.schema.json says. By address and rule, so that it changes little from one time to the
// next. What no baseline can hide is not in it.
[[nodiscard]] std::string render_baseline(const Report& report, const IsProtected& is_protected_rule);

// Takes from a report what the baseline holds; returns how many of its entries nothing was found for.
std::size_t apply(const Baseline& baseline, const IsProtected& is_protected_rule, Report& report);

}  // namespace honua::diagnostics
