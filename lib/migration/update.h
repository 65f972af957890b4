// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "editing/update.h"
#include "migration/migration.h"
#include "syntax/tree.h"

namespace honua::migration {

// Brings what documents became into a configuration that is there: blocks and settings that it does not have
// are added, and the comments that keep what has no place are brought up to date. Where the configuration
// says something else, it stays and is flagged, unless `replaces`. Everything else stays as it is, byte for
// byte; a layer that is there as a comment is not added again. The tree is of HCL's native form without
// syntax errors. Applied twice, it changes nothing. An error says that the text would not be HCL.
[[nodiscard]] Result<editing::Update> update(const syntax::Tree& tree, const Migration& migration,
                                             bool replaces);

}  // namespace honua::migration
