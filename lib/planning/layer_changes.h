// SPDX-License-Identifier: MIT
#pragma once

#include "planning/grader.h"

namespace honua::planning {

// That a layer has another label: see moves.h.
void grade_relabelled(const BlockPair& block, Grader& grader);

}  // namespace honua::planning
