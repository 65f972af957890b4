// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "diagnostics/report.h"

namespace honua::diagnostics {

// The same as render_json(), for readers that take line after line: a JSON object on each, laid out as
// schemas/diagnostics-line.v1.schema.json says. Its `type` is `diagnostic`, `failure` or `environment`; the
// last line is the `summary`, so that who has not seen it knows that something is missing.
[[nodiscard]] std::string render_json_lines(const Report& report);

}  // namespace honua::diagnostics
