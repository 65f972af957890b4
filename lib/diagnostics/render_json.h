// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>

#include "diagnostics/diagnostics.h"
#include "diagnostics/environment_variable.h"
#include "source/source_file.h"

namespace honua::diagnostics {

// Something that could not be checked, and why: "permission denied".
struct Failure {
  std::string path;  // as the user knows it
  std::string message;
};

// A run's findings as one JSON document, laid out as
// schemas/diagnostics.v1.schema.json says, with a line feed at its end.
// Findings come in source order. `files` are the names of everything checked,
// in the order of checking. `environment` are the variables asked for. `valid` is true when all that was
// asked for was checked and held no error.
[[nodiscard]] std::string render_json(const Diagnostics& diagnostics, const source::SourceSet& sources,
                                      std::span<const std::string> files, std::span<const Failure> failures,
                                      std::span<const EnvironmentVariable> environment = {});

}  // namespace honua::diagnostics
