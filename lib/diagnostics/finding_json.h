// SPDX-License-Identifier: MIT
#pragma once

#include "diagnostics/report.h"
#include "text/json_writer.h"

// What the two JSON forms of a report have in common. Each function writes members into an open object.
namespace honua::diagnostics {

void write_finding(text::JsonWriter& json, const Finding& finding, const source::SourceSet& sources);
void write_failure(text::JsonWriter& json, const Failure& failure);
void write_variable(text::JsonWriter& json, const EnvironmentVariable& variable,
                    const source::SourceSet& sources);
// Version, counts and files.
void write_run(text::JsonWriter& json, const Report& report);

}  // namespace honua::diagnostics
