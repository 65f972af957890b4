// SPDX-License-Identifier: MIT
#pragma once

#include "planning/grader.h"

// Handlers of what is in a layer's `fields`: see handlers.h.
namespace honua::planning {

void grade_field(const Difference& difference, Grader& grader);
void grade_field_type(const Difference& difference, Grader& grader);
void grade_field_nullable(const Difference& difference, Grader& grader);
void grade_field_other(const Difference& difference, Grader& grader);

}  // namespace honua::planning
