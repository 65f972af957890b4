// SPDX-License-Identifier: MIT
#include "commands/replace_text.h"

#include <utility>

#include "source/source_file.h"

namespace honua::commands {

Result<void> replace_text(const std::string& path, std::string_view before, std::string_view after,
                          FileSystem& files) {
  // What is no file is not read twice: it may have nothing more to give.
  if (files.kind(path) == FileKind::regular) {
    const auto now = files.read_file(path, source::max_file_size);
    if (!now) return tl::unexpected(now.error());
    if (now->view() != before) return fail("it was changed by somebody else meanwhile");
  }
  return files.write_file_atomically(path, after);
}

}  // namespace honua::commands
