// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "commands/input_files.h"

namespace honua::commands {

struct FmtRequest {
  std::vector<std::string> paths;
  std::string stdin_filename;  // "" for `<stdin>`
  bool recursive = false;      // whether the directories in directories count
};

// Names are fit for printing.
struct FmtFiles {
  std::vector<InputFile> files;  // in the native form, each once, in the order named; standard input in any
  std::vector<InputFailure> failures;
  std::vector<std::string> json_files;         // named, but not formatted
  std::vector<std::string> empty_directories;  // named, with nothing to format
};

// The files that the paths stand for, the current directory if there are none:
// of a directory its *.hcl and *.honua, hidden ones left out.
[[nodiscard]] FmtFiles find_fmt_files(const FmtRequest& request, const FileSystem& files);

}  // namespace honua::commands
