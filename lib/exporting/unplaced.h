// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "config/configuration.h"
#include "diagnostics/diagnostics.h"

// Internal to the module.
namespace honua::exporting {

// Tells what the server takes neither from the configuration nor from the settings that are written. Services
// and layers are passed over, and what others look at: `high_availability`, caches, replicas, variables.
void tell_unplaced(const config::Configuration& configuration, diagnostics::Diagnostics& told);

// The same of a cache whose connection is written.
void tell_unplaced_of_cache(const config::Block& cache, diagnostics::Diagnostics& told);

// That something has no place, with what is known of another one.
diagnostics::Diagnostic& leave_unplaced(const diagnostics::Rule& rule, source::SourceRange range,
                                        const std::string& address, diagnostics::Diagnostics& told);

}  // namespace honua::exporting
