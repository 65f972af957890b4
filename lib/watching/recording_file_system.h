// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "base/file_system.h"
#include "watching/watch_list.h"

namespace honua::watching {

// Where relative paths begin; "/" if the working directory is gone.
[[nodiscard]] std::string current_directory();

// The operating system's files, read until they are stable, with a record of what was looked at: all that a
// configuration depends on. Only regular files are read: who watches waits for no pipe.
class RecordingFileSystem final : public FileSystem {
 public:
  // `files`: for all but reading; it lives as long as this does. `directory`: where relative paths begin,
  // whatever becomes of the working directory meanwhile.
  explicit RecordingFileSystem(FileSystem& files, std::string directory = current_directory())
      : files_(files), directory_(std::move(directory)) {}

  [[nodiscard]] FileKind kind(const std::string& path) const override;
  [[nodiscard]] std::string identity(const std::string& path) const override;
  // A regular file's content is a copy: what is written to the file later does not change it.
  [[nodiscard]] Result<FileContent> read_file(const std::string& path, std::size_t max_size) const override;
  [[nodiscard]] Result<std::vector<std::string>> list_directory(const std::string& path) const override;
  [[nodiscard]] Result<void> write_file_atomically(const std::string& path,
                                                   std::string_view content) override {
    return files_.write_file_atomically(absolute(path), content);
  }
  [[nodiscard]] Result<void> create_private_file(const std::string& path, std::string_view content) override {
    return files_.create_private_file(absolute(path), content);
  }

  // Where changes have to be looked for. Links in a circle are left out: reading has told of them.
  [[nodiscard]] WatchList watch_list() const;
  // Of all that was read, by paths and contents, in hexadecimal digits: the same as long as nothing changes.
  // What could not be read counts by that.
  [[nodiscard]] std::string hash() const;
  // How many files were read.
  [[nodiscard]] std::size_t size() const { return contents_.size(); }
  // Whether one that was read was not there, or had nothing but blanks in it.
  [[nodiscard]] bool has_missing() const { return has_missing_; }
  [[nodiscard]] bool has_empty() const { return has_empty_; }

 private:
  [[nodiscard]] std::string absolute(const std::string& path) const;

  FileSystem& files_;
  std::string directory_;
  // A record of const calls: nothing that callers can see changes.
  mutable std::map<std::string, std::string> contents_;  // hashes by paths; "" for what could not be read
  mutable std::set<std::string> names_;                  // paths that were asked for otherwise
  mutable std::set<std::string> directories_;            // that were listed
  mutable bool has_missing_ = false;
  mutable bool has_empty_ = false;
};

// How often a file is read that changes while it is, before it is an error.
inline constexpr int most_readings = 5;

}  // namespace honua::watching
