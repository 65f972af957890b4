// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "diagnostics/report.h"

namespace honua::diagnostics {

// A run's findings as one JSON document, laid out as schemas/diagnostics.v1.schema.json says, with a line
// feed at its end.
[[nodiscard]] std::string render_json(const Report& report);

}  // namespace honua::diagnostics
