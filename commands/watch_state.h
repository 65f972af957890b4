// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "base/file_descriptor.h"
#include "base/result.h"
#include "commands/command.h"

namespace honua::commands {

// What a watch keeps from one run to the next, in a directory that one watch has for itself at a time:
//
//   lock            held while a watch runs; holds its process's number
//   last-good.json  the snapshot of the last good configuration
class WatchState {
 public:
  // Takes the directory, which must be there. An error if another watch has it.
  [[nodiscard]] static Result<WatchState> open(const std::string& path);

  // The last good snapshot; nothing if there is none yet.
  [[nodiscard]] Result<std::optional<std::string>> read(const FileSystem& files) const;
  // Replaces it as a whole.
  [[nodiscard]] Result<void> write(const std::string& snapshot, FileSystem& files) const;
  // "DIR/last-good.json"
  [[nodiscard]] std::string file() const;

 private:
  WatchState(std::string path, FileDescriptor lock) : path_(std::move(path)), lock_(std::move(lock)) {}

  std::string path_;
  FileDescriptor lock_;
};

}  // namespace honua::commands
