// SPDX-License-Identifier: MIT
// RealFileSystem::write_file_atomically: write a new file beside the old one,
// make it durable, then rename it over the old one. And files that must be new.
#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>

#include "base/file_descriptor.h"
#include "base/file_system.h"

namespace honua {

namespace {

// Names tried for the new file. They hold our process id, so another try is
// only needed when an earlier process of that number died here.
constexpr int max_name_tries = 100;

std::string directory_of(const std::string& path) {
  const auto slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

// Where a symbolic link leads, so that the link itself survives; the path
// itself when nothing is there yet.
std::string resolve_links(const std::string& path) {
  std::array<char, PATH_MAX> real{};
  return ::realpath(path.c_str(), real.data()) != nullptr ? std::string(real.data()) : path;
}

// The status of the file to replace; nothing when there is none.
Result<std::optional<struct stat>> status_of_replaced(const std::string& target) {
  struct stat status {};
  if (::stat(target.c_str(), &status) != 0) {
    if (errno != ENOENT) return fail(describe_errno(errno));
    // A link to nowhere: renaming over it would lose the link.
    if (::lstat(target.c_str(), &status) == 0) return fail("is a symbolic link to a missing file");
    return std::optional<struct stat>();
  }
  if (S_ISDIR(status.st_mode)) return fail(describe_errno(EISDIR));
  if (!S_ISREG(status.st_mode)) return fail("is not a regular file");
  return std::optional(status);
}

// All of it, to the disk; closes the file.
Result<void> write_all(FileDescriptor& file, std::string_view content) {
  while (!content.empty()) {
    const ssize_t count = ::write(file.number(), content.data(), content.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail(describe_errno(errno));
    content.remove_prefix(static_cast<std::size_t>(count));
  }
  if (::fsync(file.number()) != 0 || !file.close()) return fail(describe_errno(errno));
  return {};
}

// The file that will take the target's place; removed again unless it does.
class Replacement {
 public:
  explicit Replacement(std::string target) : target_(std::move(target)) {}
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;
  ~Replacement() {
    if (!name_.empty()) ::unlink(name_.c_str());
  }

  Result<void> create(const std::optional<struct stat>& replaced) {
    // A file that replaces another is ours alone until it has the other's mode.
    const mode_t mode =
        replaced ? S_IRUSR | S_IWUSR : S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH;
    for (int attempt = 0; attempt < max_name_tries; ++attempt) {
      // Hidden and without the target's name: no glob finds it, no limit on names is hit.
      std::string name = directory_of(target_) + "/.honua-" + std::to_string(::getpid()) + "-" +
                         std::to_string(attempt) + ".tmp";
      file_ = std::make_unique<FileDescriptor>(
          ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
      if (file_->valid()) {
        name_ = std::move(name);
        return replaced ? copy_owner_and_mode(*replaced) : Result<void>();
      }
      if (errno != EEXIST) break;
    }
    return fail(describe_errno(errno));
  }

  Result<void> write(std::string_view content) { return write_all(*file_, content); }

  Result<void> take_place() {
    if (std::rename(name_.c_str(), target_.c_str()) != 0) return fail(describe_errno(errno));
    name_.clear();
    // Makes the rename itself durable. Some file systems can't; the content is
    // in place regardless, so that is no failure.
    const FileDescriptor directory(::open(directory_of(target_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.valid()) ::fsync(directory.number());
    return {};
  }

 private:
  Result<void> copy_owner_and_mode(const struct stat& replaced) {
    // Only root may give files away; for others the file becomes their own.
    if (::fchown(file_->number(), replaced.st_uid, replaced.st_gid) != 0 && errno != EPERM) {
      return fail(describe_errno(errno));
    }
    if (::fchmod(file_->number(), replaced.st_mode & 07777) != 0) return fail(describe_errno(errno));
    return {};
  }

  std::string target_;
  std::string name_;  // "" while there is nothing to remove
  std::unique_ptr<FileDescriptor> file_;
};

}  // namespace

Result<void> RealFileSystem::write_file_atomically(const std::string& path, std::string_view content) {
  if (has_nul(path)) return fail(std::string(nul_in_path));
  const std::string target = resolve_links(path);
  const auto replaced = status_of_replaced(target);
  if (!replaced) return tl::unexpected(replaced.error());
  Replacement replacement(target);
  return replacement.create(*replaced).and_then([&] { return replacement.write(content); }).and_then([&] {
    return replacement.take_place();
  });
}

Result<void> RealFileSystem::create_private_file(const std::string& path, std::string_view content) {
  if (has_nul(path)) return fail(std::string(nul_in_path));
  FileDescriptor file(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (!file.valid()) return fail(describe_errno(errno));
  auto written = write_all(file, content);
  if (!written) ::unlink(path.c_str());
  return written;
}

}  // namespace honua
