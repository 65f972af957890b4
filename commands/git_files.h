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
  std::string revision;
  std::optional<std::string> path;  // as git has it: from the top of the repository, `./` from here
};

// Nothing if a text is none. `REV:PATH` counts as one only if no file is called so.
[[nodiscard]] std::optional<GitSpec> read_git_spec(std::string_view text, const FileSystem& files);

// All configurations of one revision together may have so many bytes.
inline constexpr std::size_t max_git_size = std::size_t{256} * 1024 * 1024;

// The files of a revision that may be part of a configuration, by their paths from the top of the repository.
struct GitFiles {
  std::unique_ptr<MemoryFileSystem> files;
  std::string path;  // what was asked for, from the top: a file or a directory in `files`
};

// Asks `git` for what is at or below a path. `here` is what stands for a missing path: it is taken from the
// current directory. Nothing is checked out and nothing written. An error says what git said.
[[nodiscard]] Result<GitFiles> read_git_files(const GitSpec& spec, const std::string& here);

}  // namespace honua::commands
