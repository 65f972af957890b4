// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "diagnostics/levels.h"
#include "diagnostics/report.h"

namespace honua::diagnostics {

// Findings that a project lives with for now: the codes of their rules by their fingerprints. What is found
// beside them is new.
using Baseline = std::unordered_map<std::string, std::string>;

// The findings of a report as a file for later runs: one JSON document, laid out as
// schemas/baseline.v1.schema.json says. By address and rule, so that it changes little from one time to the
// next. What no baseline can hide is not in it.
[[nodiscard]] std::string render_baseline(const Report& report, const Levels& levels);

// Takes from a report what the baseline holds. Returns how many of its entries are gone: nothing was found
// for them, neither shown nor ignored by a comment, and `is_looked_for` says of the code of their rule that
// it would have been.
using IsLookedFor = std::function<bool(std::string_view code)>;
std::size_t apply(const Baseline& baseline, const Levels& levels, const IsLookedFor& is_looked_for,
                  Report& report);

}  // namespace honua::diagnostics
