// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "base/file_system.h"
#include "base/result.h"

namespace honua::commands {

// Writes a file anew, as a whole, unless it is no longer what it was when it was read: somebody's edits would
// be lost. Between the look and the writing there is a moment left. Errors are fit to be put behind its name.
[[nodiscard]] Result<void> replace_text(const std::string& path, std::string_view before,
                                        std::string_view after, FileSystem& files);

}  // namespace honua::commands
