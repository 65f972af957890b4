// SPDX-License-Identifier: MIT
#include "commands/watch_state.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

#include "source/source_file.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::commands {

namespace {

constexpr int lock_mode = 0644;

// The process that has the lock, as it says.
std::string holder_of(const FileDescriptor& lock) {
  std::array<char, 32> text{};
  const ssize_t size = ::pread(lock.number(), text.data(), text.size(), 0);
  if (size <= 0) return "another process";
  return "process " + text::printable(text::trimmed({text.data(), static_cast<std::size_t>(size)}));
}

}  // namespace

Result<WatchState> WatchState::open(const std::string& path) {
  constexpr mode_t directory_mode = 0755;
  if (::mkdir(path.c_str(), directory_mode) != 0 && errno != EEXIST)
    return fail(text::quoted(path) + ": " + describe_errno(errno));
  const std::string name = path + "/lock";
  FileDescriptor lock(::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, lock_mode));
  if (!lock.valid()) return fail(text::quoted(name) + ": " + describe_errno(errno));
  if (::flock(lock.number(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return fail(text::quoted(path) + " is used by " + holder_of(lock));
    return fail(text::quoted(name) + ": " + describe_errno(errno));
  }
  const std::string pid = std::to_string(::getpid()) + "\n";
  const bool is_written =
      ::ftruncate(lock.number(), 0) == 0 &&
      ::pwrite(lock.number(), pid.data(), pid.size(), 0) == static_cast<ssize_t>(pid.size());
  if (!is_written) return fail(text::quoted(name) + ": " + describe_errno(errno));
  return WatchState(path, std::move(lock));
}

std::string WatchState::file() const { return path_ + "/last-good.json"; }

Result<std::optional<std::string>> WatchState::read(const FileSystem& files) const {
  if (!files.exists(file())) return std::optional<std::string>();
  const auto content = files.read_file(file(), source::max_file_size);
  if (!content) return fail(text::quoted(file()) + ": " + content.error().message);
  return std::optional(content->to_string());
}

Result<void> WatchState::write(const std::string& snapshot, FileSystem& files) const {
  const auto written = files.write_file_atomically(file(), snapshot);
  if (!written) return fail(text::quoted(file()) + ": " + written.error().message);
  return {};
}

}  // namespace honua::commands
