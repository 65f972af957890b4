// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_content.h"
#include "base/result.h"

namespace honua {

// What a path leads to, symbolic links followed.
enum class FileKind : std::uint8_t {
  missing,
  regular,
  directory,
  other,         // a pipe, a device or a socket
  inaccessible,  // there may be something, but we are not let near: reading it tells why
};

// The files a command may read and write: the real ones, or a test's.
//
// Errors say what is wrong ("permission denied"), not with which file: callers
// know the name that the user gave and put it in front.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  [[nodiscard]] virtual FileKind kind(const std::string& path) const = 0;
  [[nodiscard]] bool exists(const std::string& path) const { return kind(path) != FileKind::missing; }
  [[nodiscard]] bool is_directory(const std::string& path) const { return kind(path) == FileKind::directory; }

  // A text that two paths share exactly when they lead to the same file, for
  // instance over a symbolic link; "" when there is nothing to identify.
  [[nodiscard]] virtual std::string identity(const std::string& path) const = 0;

  // The whole content. A regular file of more than `max_size` bytes is refused
  // before it is read; pipes and devices are read up to that limit.
  [[nodiscard]] virtual Result<FileContent> read_file(const std::string& path,
                                                      std::size_t max_size) const = 0;

  // The names in a directory without `.` and `..`, sorted by their bytes.
  [[nodiscard]] virtual Result<std::vector<std::string>> list_directory(const std::string& path) const = 0;

  // Replaces the file's content or creates it: readers see the old or the new
  // content and never a part of it, also after a power failure. An existing
  // file keeps its mode and, as far as permitted, its owner; a symbolic link
  // stays one and its target is replaced. Only regular files can be replaced.
  [[nodiscard]] virtual Result<void> write_file_atomically(const std::string& path,
                                                           std::string_view content) = 0;

  // Creates a file that only its owner may read and write. What is there already is left alone, and is an
  // error, a symbolic link included. Nothing is left behind by a write that fails.
  [[nodiscard]] virtual Result<void> create_private_file(const std::string& path,
                                                         std::string_view content) = 0;
};

// How long a named pipe without a writer is waited for before it is an error.
// A process substitution's writer is there at once; one started beside us may
// need a moment.
inline constexpr std::chrono::milliseconds default_writer_wait = std::chrono::seconds(5);

// The operating system's files.
class RealFileSystem final : public FileSystem {
 public:
  explicit RealFileSystem(std::chrono::milliseconds writer_wait = default_writer_wait)
      : writer_wait_(writer_wait) {}

  [[nodiscard]] FileKind kind(const std::string& path) const override;
  [[nodiscard]] std::string identity(const std::string& path) const override;
  [[nodiscard]] Result<FileContent> read_file(const std::string& path, std::size_t max_size) const override;
  [[nodiscard]] Result<std::vector<std::string>> list_directory(const std::string& path) const override;
  [[nodiscard]] Result<void> write_file_atomically(const std::string& path,
                                                   std::string_view content) override;
  [[nodiscard]] Result<void> create_private_file(const std::string& path, std::string_view content) override;

 private:
  std::chrono::milliseconds writer_wait_;
};

// "no such file or directory": the system's text for an error number, starting
// in lower case as all our messages do.
[[nodiscard]] std::string describe_errno(int number);

// "256 MiB": a size for messages, in the largest unit that keeps it at least 1.
[[nodiscard]] std::string describe_size(std::uint64_t bytes);

// The errors that every FileSystem words alike.
[[nodiscard]] Error too_large_error(std::uint64_t size, std::size_t max_size);

// A NUL character in a path, which no system call can take.
[[nodiscard]] bool has_nul(std::string_view path);
inline constexpr std::string_view nul_in_path = "the path contains a NUL character";

}  // namespace honua
