// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"

namespace honua {

// Files that exist only in memory, for tests and fuzzers. Paths are compared
// after removing `.`, `..` and doubled slashes; directories exist where files
// need them or where add_directory() was called.
class MemoryFileSystem final : public FileSystem {
 public:
  void add(const std::string& path, std::string content);
  void add_directory(const std::string& path);
  // A pipe or device that yields `content`.
  void add_pipe(const std::string& path, std::string content);
  // Something that cannot be read, for the given reason.
  void add_unreadable(const std::string& path, std::string reason, FileKind kind = FileKind::regular);
  // A second name of `target`.
  void add_link(const std::string& path, const std::string& target);

  [[nodiscard]] FileKind kind(const std::string& path) const override;
  [[nodiscard]] std::string identity(const std::string& path) const override;
  [[nodiscard]] Result<FileContent> read_file(const std::string& path, std::size_t max_size) const override;
  [[nodiscard]] Result<std::vector<std::string>> list_directory(const std::string& path) const override;
  [[nodiscard]] Result<void> write_file_atomically(const std::string& path,
                                                   std::string_view content) override;
  [[nodiscard]] Result<void> create_private_file(const std::string& path, std::string_view content) override;

 private:
  struct Entry {
    FileKind kind = FileKind::regular;
    std::string content;
    std::string unreadable;  // why, or "" when it can be read
  };
  void put(const std::string& path, Entry entry);
  [[nodiscard]] std::string resolve(const std::string& path) const;

  std::map<std::string, Entry> entries_;      // by normalized path
  std::map<std::string, std::string> links_;  // normalized path -> normalized path
};

}  // namespace honua
