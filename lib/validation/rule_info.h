// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "config/upstream.h"
#include "diagnostics/diagnostic.h"

namespace honua::validation {

// A rule with what `honua explain` tells about it.
//
// Examples are parts of a configuration: what they leave out is filled in by
// sample_configuration() (examples.h). A test proves that the bad one yields
// exactly this rule and the good one does not yield it.
struct RuleInfo {
  const diagnostics::Rule* rule;
  std::string_view why;                         // what goes wrong if it is left so: sentences
  std::string_view bad;                         // HCL
  std::string_view good;                        // the same, mended
  config::Target target = config::Target::any;  // the one that it is reported for
};

}  // namespace honua::validation
