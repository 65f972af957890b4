// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "diagnostics/diagnostic.h"

namespace honua::diagnostics {

// A rule with what `honua explain` tells about it.
//
// Examples are parts of a configuration: one file, or several files behind
// lines `--- NAME`; the part `environment` holds variables. What they leave out is filled in by
// example_files() (validation/examples.h). A test proves that the bad one yields exactly this rule and that
// the good one yields nothing.
struct RuleInfo {
  const Rule* rule = nullptr;
  std::string_view why;             // what goes wrong if it is left so: sentences
  std::string_view bad;             // HCL
  std::string_view good;            // the same, mended
  std::string_view not_shown = {};  // why there are no examples, where there are none
  std::string_view option = {};     // of `honua validate`: found with it only
};

// Several tables as one.
template <std::size_t... Sizes>
constexpr auto joined(const std::array<RuleInfo, Sizes>&... tables) {
  std::array<RuleInfo, (Sizes + ...)> all{};
  std::size_t at = 0;
  const auto add = [&](const auto& table) {
    for (const RuleInfo& one : table) all[at++] = one;
  };
  (add(tables), ...);
  return all;
}

}  // namespace honua::diagnostics
