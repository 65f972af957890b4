// SPDX-License-Identifier: MIT
#pragma once

#include "commands/check_files.h"
#include "snapshot/document.h"
#include "watching/event.h"

namespace honua::commands {

// What a new configuration, whose files were checked, changes of the one that runs: as `honua plan` has it,
// put into an event.
void describe_changes(const snapshot::Document& before, const snapshot::Document& after,
                      const CheckResult& check, watching::Event& event);

}  // namespace honua::commands
