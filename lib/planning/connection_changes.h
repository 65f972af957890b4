// SPDX-License-Identifier: MIT
#pragma once

#include "planning/grader.h"

namespace honua::planning {

// Handlers of texts that say how to connect, and of secrets: they tell apart who is asked, as whom, how
// safely and with what secret, and show none. See handlers.h.
void grade_connection(const Difference& difference, Grader& grader);
void grade_credential(const Difference& difference, Grader& grader);

}  // namespace honua::planning
