// SPDX-License-Identifier: MIT
#pragma once

#include "planning/grader.h"

// Handlers of `honua.cors` and `honua.allowed_hosts`: see handlers.h.
namespace honua::planning {

void grade_any_origin(const Difference& difference, Grader& grader);
void grade_origins(const Difference& difference, Grader& grader);
void grade_credentials(const Difference& difference, Grader& grader);
void grade_max_age(const Difference& difference, Grader& grader);
void grade_hosts(const Difference& difference, Grader& grader);

}  // namespace honua::planning
