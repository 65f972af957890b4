// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "planning/grader.h"

// Handlers of what is in a layer's `fields`: see handlers.h.
namespace honua::planning {

void grade_field(const Difference& difference, Grader& grader);
void grade_field_type(const Difference& difference, Grader& grader);
void grade_field_nullable(const Difference& difference, Grader& grader);
void grade_field_other(const Difference& difference, Grader& grader);
// That a field has another name: see moves.h. The path is that of the new one.
void grade_renamed_field(const Difference& difference, const std::string& old_name, Grader& grader);

}  // namespace honua::planning
