// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "catalog/catalog.h"
#include "commands/command.h"
#include "generation/update.h"

namespace honua::commands {

// `--update FILE` and what belongs to it.
struct UpdateRequest {
  std::string file;      // "" if no file is to be updated
  std::string output;    // where the result goes; "" for the file itself, `-` for standard output
  bool diff = false;     // show what would change, write nothing
  bool check = false;    // tell whether anything would change, write nothing
  bool force = false;    // also by a database that has the table of no layer
  bool is_json = false;  // asked for with `--format`, which does not go with it
};

// Whether the options go together. Says so on standard error.
[[nodiscard]] bool check_update(const UpdateRequest& request, CommandEnv& env);

// Makes a file agree with a database, and says on standard error what is done. Of the catalog nothing must
// have been taken away by the selection.
[[nodiscard]] ExitCode update_file(const UpdateRequest& request, const catalog::Catalog& catalog,
                                   const generation::UpdateOptions& options, CommandEnv& env);

}  // namespace honua::commands
