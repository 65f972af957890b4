// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>

#include "config/loader.h"
#include "diagnostics/diagnostics.h"

namespace honua::rendering {

// The effective configuration of these files, which must have no errors, as
// one file in the subset of HCL that the server at hand reads
// (config/upstream.h): expressions and variables as what they come to, objects
// as attributes, references to environment variables as `${env:NAME}`. No
// environment is asked for anything. The order is that of the schema and,
// among blocks of a type, that of the files.
//
// `lost` gets a warning for each thing that has no such form, at its place,
// and an error where the server would refuse the rest for it.
[[nodiscard]] std::string render_upstream(std::span<const config::LoadInput> inputs,
                                          diagnostics::Diagnostics& lost);

}  // namespace honua::rendering
