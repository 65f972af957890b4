// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "coordination/version_record.h"

namespace honua::commands {

// What following a store came to.
enum class FollowResult : std::uint8_t {
  version,   // there is a version, maybe the one that runs
  nothing,   // the store is empty
  trouble,   // it cannot be asked
  conflict,  // what it says cannot be followed
};

struct Followed {
  FollowResult result = FollowResult::version;
  coordination::VersionRecord record;  // of a version
  std::optional<std::string> text;     // its snapshot; nothing for the version that runs
  std::string message;                 // of trouble and conflict: a clause
  std::uint64_t skipped = 0;           // versions between the one that runs and this one
  bool has_diverged = false;           // the store's history is not the one that was followed before
};

}  // namespace honua::commands
