// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <vector>

#include "evaluation/evaluator.h"
#include "source/source_range.h"

namespace honua::config {

// The places where environment variables were asked for. Marks of sensitive values get lost where they are
// taken off; these places don't.
class EnvironmentPlaces {
 public:
  explicit EnvironmentPlaces(std::span<const evaluation::EnvironmentUse> uses);
  // Whether one begins in a range.
  [[nodiscard]] bool any_in(source::SourceRange range) const;

 private:
  std::vector<source::SourceRange> places_;  // in order
};

}  // namespace honua::config
