// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/memory_file_system.h"
#include "base/result.h"

namespace honua::commands {

// `git:REV`, `git:REV:PATH` or `REV:PATH` of a command line.
struct GitSpec {
  std::string revision;             // `A...B`: what both come from; without one of them, HEAD
  std::optional<std::string> path;  // as git has it: from the top of the repository, `./` from here
};

// Nothing if a text is none. `REV:PATH` counts as one only if no file is called so.
[[nodiscard]] std::optional<GitSpec> read_git_spec(std::string_view text, const FileSystem& files);

// The files of a revision that may be part of a configuration, by their paths from the current directory, or
// from the top of the repository where what was asked for is not below it.
struct GitFiles {
  std::unique_ptr<MemoryFileSystem> files;
  std::string path;  // what was asked for: a file or a directory in `files`; "" for what is found there
  bool is_empty = true;
};

// Asks `git` for what is at or below a path. `here` is what stands for a missing path: it is taken from the
// current directory; "" for what is found there. Nothing is checked out and nothing written. An error says
// what git said.
[[nodiscard]] Result<GitFiles> read_git_files(const GitSpec& spec, const std::string& here);

}  // namespace honua::commands
