// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <span>
#include <string_view>

#include "config/raw_configuration.h"
#include "evaluation/traversal.h"

namespace honua::config {

// What a path of names leads to in a block.
struct PathEnd {
  // The value of the attribute that the first `steps` names lead to: the rest is for the evaluator.
  std::optional<syntax::Expression> expression;
  std::size_t steps = 0;
  bool is_body = false;  // an object that is written out: its members are values, it is none itself
};

// Follows `pool.min_size` through the bodies of a block as decoding would: overlays count first, nested
// objects are blocks or attributes, settings of a service may stand in `settings`, and what is `null` is not
// given. `models` are the files that hold the server's model in JSON, whose names are others.
[[nodiscard]] PathEnd follow_path(const RawBlock& block, std::span<const evaluation::TraversalStep> path,
                                  const std::set<source::FileId>& models);

}  // namespace honua::config
