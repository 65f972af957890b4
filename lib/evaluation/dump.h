// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "evaluation/evaluator.h"

namespace honua::evaluation {

// Evaluates a whole body and writes it as JSON on one line:
//   {"attributes":{...},"blocks":[{"type":"...","labels":[...],"line":1,"body":{...}}]}
// Attributes are sorted by name, blocks in source order; numbers are exact
// decimals, unknown values the text "(unknown)", sensitive ones "(sensitive)"
// unless they are asked for. Meant for tests and comparisons.
[[nodiscard]] std::string dump_evaluated_body(syntax::Body body, EvaluationContext& context,
                                              Secrets secrets = Secrets::hide);

}  // namespace honua::evaluation
