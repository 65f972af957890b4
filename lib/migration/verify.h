// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "migration/migration.h"

namespace honua::migration {

// Reads a configuration and a residue anew, and looks for every member of the document in one of them: what
// was mapped with its value, what was converted or merged by its address, what has no place as a comment or
// in the residue. The problems, each a line; none proves that nothing vanished. `residue`: "" for none.
// `allows_others`: the configuration may keep more than the documents have, since it was there before.
[[nodiscard]] std::vector<std::string> verify(const Migration& migration, std::string_view configuration,
                                              std::string_view residue, bool allows_others = false);

}  // namespace honua::migration
