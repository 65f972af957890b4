// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "generation/update.h"
#include "generation/written_configuration.h"

namespace honua::generation {

// The data source of a file that is the database, and the services of what is added to it.
struct TargetSource {
  std::string label;
  bool is_there = false;                      // else it is to be added
  std::vector<std::string> services;          // labels
  std::vector<std::string> missing_services;  // those that are to be added
  std::string warning;                        // "" if there is nothing to know
};

// An error names the way out where it is not clear which one is meant.
[[nodiscard]] Result<TargetSource> find_target(const WrittenConfiguration& written,
                                               const catalog::Catalog& catalog, const UpdateOptions& options);

}  // namespace honua::generation
