// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <vector>

#include "commands/command.h"

namespace honua::cli {

struct ManualPage {
  std::string name;  // "honua-validate.1"
  std::string text;  // mdoc(7)
};

// The pages that are made of the program's own tables: honua.1, one for each command, honua-config.5 of the
// configuration's blocks, honua-rules.7 of the rules. The files in man/ are these: a test holds them
// together.
[[nodiscard]] std::vector<ManualPage> manual_pages(std::span<const commands::CommandEntry> table);

}  // namespace honua::cli
