// SPDX-License-Identifier: MIT
#pragma once

#include <sys/stat.h>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_descriptor.h"
#include "coordination/store.h"

// Internal to the module: the files of a store in a directory that other hosts may have mounted, too.
namespace honua::coordination {

// Members of the owner's group may work with a store, nobody else.
inline constexpr mode_t folder_mode = S_IRWXU | S_IRWXG | S_ISGID;

// A path as messages show it: what looks like a name and a password in it (`user:secret@host`) is masked.
[[nodiscard]] std::string masked_path(std::string path);

// Files below one directory, by `folder/name`. No symbolic link in it is followed. A file is there as a whole
// or not at all, also after a power failure.
class StoreDirectory {
 public:
  // Of a directory that is there. `is_insecure`: whether everybody may write it.
  [[nodiscard]] static StoreResult<StoreDirectory> open(const std::string& path, bool is_insecure);

  // Opens the directory again if another one has taken its place.
  [[nodiscard]] StoreResult<void> refresh();

  // Makes a folder if there is none.
  [[nodiscard]] StoreResult<void> make_folder(const std::string& folder) const;
  enum class Created : bool { is_there_already, is_new };
  // Creates a file that must be new: of several that try, one succeeds.
  [[nodiscard]] StoreResult<Created> create(const std::string& folder, const std::string& name,
                                            std::string_view content) const;
  // Creates a file or replaces it. `is_durable`: also after a power failure.
  [[nodiscard]] StoreResult<void> replace(const std::string& folder, const std::string& name,
                                          std::string_view content, bool is_durable) const;
  // Makes a file that is there as young as a new one, and its name durable. False if it cannot.
  [[nodiscard]] bool renew(const std::string& folder, const std::string& name) const;
  // Nothing if there is none.
  [[nodiscard]] StoreResult<std::optional<std::string>> read(const std::string& folder,
                                                             const std::string& name,
                                                             std::size_t max_size) const;
  [[nodiscard]] StoreResult<bool> has(const std::string& folder, const std::string& name) const;
  // The names in a folder, sorted; none if there is no folder.
  [[nodiscard]] StoreResult<std::vector<std::string>> list(const std::string& folder) const;
  // Whether it was there.
  [[nodiscard]] StoreResult<bool> remove(const std::string& folder, const std::string& name) const;
  // The time by the clock of the file system itself, which is another host's maybe.
  [[nodiscard]] StoreResult<std::chrono::seconds> time() const;
  // When a file was written, by the same clock; nothing if it is not there.
  [[nodiscard]] StoreResult<std::optional<std::chrono::seconds>> time_of(const std::string& folder,
                                                                         const std::string& name) const;
  // Proves that the file system has what is needed: links that fail where something is, and renames that
  // replace. An error says what it lacks.
  [[nodiscard]] StoreResult<void> probe() const;

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  StoreDirectory(std::string path, FileDescriptor root, bool is_insecure)
      : path_(std::move(path)), root_(std::move(root)), is_insecure_(is_insecure) {}
  // Nothing if there is none.
  [[nodiscard]] StoreResult<std::optional<FileDescriptor>> find_folder(const std::string& folder) const;
  [[nodiscard]] StoreResult<FileDescriptor> open_folder(const std::string& folder, bool creates) const;

  std::string path_;
  FileDescriptor root_;
  bool is_insecure_;
};

// The folder that unfinished files lie in.
inline constexpr const char* temporary_folder = "tmp";

}  // namespace honua::coordination
