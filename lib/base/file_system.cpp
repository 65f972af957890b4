// SPDX-License-Identifier: MIT
#include "base/file_system.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <limits>
#include <memory>

#include "base/file_descriptor.h"

namespace honua {

namespace {

// Growth of the buffer for what has no known size: pipes, devices, /proc.
constexpr std::size_t first_chunk = std::size_t{64} * 1024;
// What a read can return, and one byte more can be counted.
constexpr std::size_t largest_read = std::numeric_limits<std::ptrdiff_t>::max() - 1;

// Waits until `file` can be read or its writers are gone. False on time-out.
bool wait_readable(int file, int milliseconds) {
  pollfd waiting{file, POLLIN, 0};
  int count = 0;
  do {
    count = ::poll(&waiting, 1, milliseconds);
  } while (count < 0 && errno == EINTR);
  return count != 0;
}

// Reads to the end. `status` is the file's own; the descriptor doesn't block.
class Reader {
 public:
  Reader(int file, const struct stat& status, std::size_t max_size, std::chrono::milliseconds writer_wait)
      : file_(file),
        max_size_(std::min(max_size, largest_read)),
        writer_wait_(writer_wait),
        may_lack_writer_(S_ISFIFO(status.st_mode)) {
    const auto known =
        S_ISREG(status.st_mode) && status.st_size > 0 ? static_cast<std::size_t>(status.st_size) : 0;
    // One byte more than expected, so that the end is found without growing.
    content_.reserve(std::min(known > 0 ? known : first_chunk, max_size_) + 1);
  }

  Result<FileContent> read_all() {
    for (;;) {
      if (room() == 0) content_.reserve(std::min(content_.capacity() * 2, max_size_ + 1));
      const ssize_t count = ::read(file_, content_.end(), room());
      if (count > 0) {
        content_.grow(static_cast<std::size_t>(count));
        if (content_.size() > max_size_)
          return tl::unexpected(Error{"is larger than " + describe_size(max_size_)});
      } else if (count == 0) {
        if (!awaits_writer()) break;
        if (!writer_came()) return fail("nothing writes to this pipe");
      } else if (errno == EAGAIN) {
        wait_readable(file_, -1);
      } else if (errno != EINTR) {
        return fail(describe_errno(errno));
      }
    }
    return std::move(content_);
  }

 private:
  [[nodiscard]] bool awaits_writer() const { return may_lack_writer_ && content_.empty(); }
  [[nodiscard]] std::size_t room() const { return content_.capacity() - content_.size(); }

  // A named pipe that nobody has opened for writing yet reads as ended. Waits
  // for data or for the end of a writer, whichever comes first.
  bool writer_came() {
    may_lack_writer_ = false;
    if (wait_readable(file_, static_cast<int>(writer_wait_.count()))) return true;
    char probe = 0;
    // A writer that is there but silent shows as "try again", not as the end.
    const ssize_t count = ::read(file_, &probe, 1);
    if (count == 1) content_.append({&probe, 1});
    return count == 1 || (count < 0 && errno == EAGAIN);
  }

  FileContent content_;
  int file_;
  std::size_t max_size_;
  std::chrono::milliseconds writer_wait_;
  bool may_lack_writer_;
};

}  // namespace

std::string describe_errno(int number) {
  std::string text = std::strerror(number);
  // "No such file" but not "RPC failed": capitals of an abbreviation stay.
  if (text.size() > 1 && std::islower(static_cast<unsigned char>(text[1])) != 0) {
    text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  }
  return text;
}

std::string describe_size(std::uint64_t bytes) {
  static constexpr std::array units = {"bytes", "KiB", "MiB", "GiB", "TiB"};
  std::size_t unit = 0;
  auto amount = static_cast<double>(bytes);
  while (amount >= 1024 && unit + 1 < units.size()) {
    amount /= 1024;
    ++unit;
  }
  const bool whole = amount == static_cast<double>(static_cast<std::uint64_t>(amount));
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), whole ? "%.0f %s" : "%.1f %s", amount, units[unit]);
  return text.data();
}

Error too_large_error(std::uint64_t size, std::size_t max_size) {
  return Error{"has " + describe_size(size) + "; files over " + describe_size(max_size) + " are not read"};
}

bool has_nul(std::string_view path) { return path.find('\0') != std::string_view::npos; }

FileKind RealFileSystem::kind(const std::string& path) const {
  if (has_nul(path)) return FileKind::inaccessible;
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    return errno == ENOENT || errno == ENOTDIR ? FileKind::missing : FileKind::inaccessible;
  }
  if (S_ISREG(status.st_mode)) return FileKind::regular;
  return S_ISDIR(status.st_mode) ? FileKind::directory : FileKind::other;
}

std::string RealFileSystem::identity(const std::string& path) const {
  struct stat status {};
  if (has_nul(path) || ::stat(path.c_str(), &status) != 0) return "";
  return std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino);
}

Result<FileContent> RealFileSystem::read_file(const std::string& path, std::size_t max_size) const {
  if (has_nul(path)) return fail(std::string(nul_in_path));
  // Not to block: a named pipe without a writer would hang in open().
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!file.valid()) return fail(describe_errno(errno));
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) return fail(describe_errno(errno));
  if (S_ISDIR(status.st_mode)) return fail(describe_errno(EISDIR));
  const auto size = static_cast<std::uint64_t>(std::max<off_t>(status.st_size, 0));
  if (S_ISREG(status.st_mode) && size > max_size) return tl::unexpected(too_large_error(size, max_size));
  return Reader(file.number(), status, max_size, writer_wait_).read_all();
}

Result<std::vector<std::string>> RealFileSystem::list_directory(const std::string& path) const {
  if (has_nul(path)) return fail(std::string(nul_in_path));
  struct Closer {
    void operator()(DIR* directory) const { ::closedir(directory); }
  };
  const std::unique_ptr<DIR, Closer> directory(::opendir(path.c_str()));
  if (!directory) return fail(describe_errno(errno));
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = ::readdir(directory.get())) {
    const std::string_view name = &entry->d_name[0];
    if (name != "." && name != "..") names.emplace_back(name);
    errno = 0;
  }
  if (errno != 0) return fail(describe_errno(errno));
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace honua
