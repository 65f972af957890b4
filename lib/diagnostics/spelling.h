// SPDX-License-Identifier: MIT
#pragma once

#include "diagnostics/diagnostics.h"
#include "source/source_file.h"

namespace honua::diagnostics {

// Finds where exactly the names stand that Diagnostic::did_you_mean() is about, and takes back the fixes of
// those that are written in another way (computed, escaped).
void settle_spellings(Diagnostics& findings, const source::SourceSet& sources);

}  // namespace honua::diagnostics
