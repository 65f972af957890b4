// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "planning/change.h"
#include "snapshot/document.h"

namespace honua::planning {

// What has to be done to one snapshot to get the other one: member by member of all objects that are on both
// sides, whatever else as a whole. In canonical order, but for digests, which are no part of a snapshot.
[[nodiscard]] std::vector<Edit> find_edits(const snapshot::Document& before, const snapshot::Document& after);

}  // namespace honua::planning
