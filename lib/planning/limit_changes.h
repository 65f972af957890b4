// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

#include "planning/grader.h"

namespace honua::planning {

// What a limit on requests lets a client do.
struct Rate {
  double requests = 0;
  double seconds = 0;

  [[nodiscard]] double per_second() const { return requests / seconds; }
};

// A number and s, m, h or d; nothing if it is something else.
[[nodiscard]] std::optional<double> seconds_of(std::string_view window);

// Of an object with `requests` and `window`, which have the defaults of a rule.
[[nodiscard]] std::optional<Rate> rate_of(const Node& limit);

// Handler of such an object: a rule, or a service's own limit. See handlers.h.
void grade_rate(const Difference& difference, Grader& grader);

}  // namespace honua::planning
