// SPDX-License-Identifier: MIT
#include "coordination/store_directory.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <tuple>
#include <utility>

#include "base/file_system.h"
#include "text/mask.h"
#include "text/sanitize.h"

namespace honua::coordination {

namespace {

// Members of the owner's group may read what is in a store; whoever replaces a file makes a new one.
constexpr mode_t file_mode = S_IRUSR | S_IWUSR | S_IRGRP;

tl::unexpected<StoreError> system_trouble(const std::string& what, int number) {
  // A link where none may be, or a file instead of a folder: somebody else's doing.
  if (number == ELOOP)
    return trouble(StoreTrouble::refused, what + " is a symbolic link, which is not followed");
  return trouble(StoreTrouble::unavailable, what + ": " + describe_errno(number));
}

std::string shown_path(const std::string& path) { return text::quoted(masked_path(path)); }

// Files that are replaced all the time could be stale each time.
constexpr int most_stale_tries = 5;

std::string shown(const std::string& folder, const std::string& name) {
  return text::quoted(folder.empty() ? name : folder + "/" + name);
}

bool write_all(int file, std::string_view content) {
  while (!content.empty()) {
    const ssize_t count = ::write(file, content.data(), content.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

// Takes a temporary file away that nobody needs any more.
class TemporaryFile {
 public:
  TemporaryFile(const FileDescriptor& folder, std::string name) : folder_(folder), name_(std::move(name)) {}
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (!name_.empty()) (void)::unlinkat(folder_.number(), name_.c_str(), 0);
  }
  void keep() { name_.clear(); }
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  const FileDescriptor& folder_;
  std::string name_;
};

// A new file with that content, in a folder of unfinished ones; its name.
StoreResult<std::string> write_temporary(const FileDescriptor& folder, std::string_view content,
                                         bool is_durable) {
  std::string name = random_name();
  FileDescriptor file(::openat(folder.number(), name.c_str(),
                               O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, file_mode));
  if (!file.valid()) return system_trouble(shown("", temporary_folder), errno);
  TemporaryFile temporary(folder, name);
  // Whatever the user's mask is; a file system without modes has nothing to set.
  std::ignore = ::fchmod(file.number(), file_mode);
  if (!write_all(file.number(), content) || (is_durable && ::fsync(file.number()) != 0) || !file.close())
    return system_trouble("a new file", errno);
  temporary.keep();
  return name;
}

}  // namespace

std::string masked_path(std::string path) {
  constexpr std::string_view mask = "**";
  for (std::size_t at = path.find('@'); at != std::string::npos; at = path.find('@', at + 1)) {
    const std::size_t part = path.rfind('/', at);
    const std::size_t colon = path.find(':', part == std::string::npos ? 0 : part);
    if (colon >= at) continue;
    path.replace(colon + 1, at - colon - 1, mask);
    at = colon + 1 + mask.size();
  }
  return text::mask_secrets(path);
}

StoreResult<StoreDirectory> StoreDirectory::open(const std::string& path, bool is_insecure) {
  FileDescriptor root(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!root.valid()) {
    if (errno == ENOENT) return trouble(StoreTrouble::missing, "there is no directory " + shown_path(path));
    return system_trouble(shown_path(path), errno);
  }
  struct stat status {};
  if (::fstat(root.number(), &status) != 0) return system_trouble(shown_path(path), errno);
  if (!is_insecure && (status.st_mode & S_IWOTH) != 0)
    return trouble(StoreTrouble::refused, shown_path(path) + " may be written by everybody");
  return StoreDirectory(path, std::move(root), is_insecure);
}

StoreResult<void> StoreDirectory::refresh() {
  struct stat there {};
  struct stat ours {};
  const bool is_same = ::stat(path_.c_str(), &there) == 0 && ::fstat(root_.number(), &ours) == 0 &&
                       there.st_dev == ours.st_dev && there.st_ino == ours.st_ino;
  if (is_same) return {};
  auto again = open(path_, is_insecure_);
  if (!again) return tl::unexpected(again.error());
  *this = *std::move(again);
  return {};
}

StoreResult<FileDescriptor> StoreDirectory::open_folder(const std::string& folder, bool creates) const {
  FileDescriptor found(::fcntl(root_.number(), F_DUPFD_CLOEXEC, 0));
  std::string_view rest = folder;
  while (!rest.empty()) {
    const std::string part(rest.substr(0, rest.find('/')));
    rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    int next = ::openat(found.number(), part.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (next < 0 && errno == ENOENT && creates) {
      if (::mkdirat(found.number(), part.c_str(), folder_mode) != 0 && errno != EEXIST)
        return system_trouble(shown("", folder), errno);
      // Whatever the user's mask is: the group works with it, too; a file system without modes has nothing to
      // set.
      std::ignore = ::fchmodat(found.number(), part.c_str(), folder_mode, 0);
      // A file in a folder that is lost is lost, too.
      (void)::fsync(found.number());
      next = ::openat(found.number(), part.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    }
    if (next < 0) {
      if (errno == ENOTDIR) {
        struct stat status {};
        const bool is_link = ::fstatat(found.number(), part.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
                             S_ISLNK(status.st_mode);
        return system_trouble(shown("", folder), is_link ? ELOOP : ENOTDIR);
      }
      return system_trouble(shown("", folder), errno);
    }
    found = FileDescriptor(next);
  }
  return found;
}

StoreResult<std::optional<FileDescriptor>> StoreDirectory::find_folder(const std::string& folder) const {
  auto found = open_folder(folder, false);
  if (!found) {
    const auto is_there = has("", folder);
    if (is_there && !*is_there) return std::optional<FileDescriptor>();
    // Somebody may have made it meanwhile.
    found = open_folder(folder, false);
  }
  if (!found) return tl::unexpected(found.error());
  return std::optional(*std::move(found));
}

StoreResult<void> StoreDirectory::make_folder(const std::string& folder) const {
  const auto made = open_folder(folder, true);
  if (!made) return tl::unexpected(made.error());
  return {};
}

StoreResult<StoreDirectory::Created> StoreDirectory::create(const std::string& folder,
                                                            const std::string& name,
                                                            std::string_view content) const {
  const auto target = open_folder(folder, true);
  if (!target) return tl::unexpected(target.error());
  const auto from = open_folder(temporary_folder, true);
  if (!from) return tl::unexpected(from.error());
  auto written = write_temporary(*from, content, true);
  if (!written) return tl::unexpected(written.error());
  const TemporaryFile temporary(*from, *std::move(written));
  const bool is_linked =
      ::linkat(from->number(), temporary.name().c_str(), target->number(), name.c_str(), 0) == 0;
  const int number = errno;
  // Over a network the answer may be that of a repeated request: the file itself knows how often it is
  // linked.
  struct stat status {};
  const bool is_ours =
      ::fstatat(from->number(), temporary.name().c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
      status.st_nlink == 2;
  if (!is_linked && !is_ours) {
    if (number == EEXIST) return Created::is_there_already;
    return system_trouble(shown(folder, name), number);
  }
  if (::fsync(target->number()) != 0) return system_trouble(shown("", folder), errno);
  return Created::is_new;
}

StoreResult<void> StoreDirectory::replace(const std::string& folder, const std::string& name,
                                          std::string_view content, bool is_durable) const {
  const auto target = open_folder(folder, true);
  if (!target) return tl::unexpected(target.error());
  const auto from = open_folder(temporary_folder, true);
  if (!from) return tl::unexpected(from.error());
  auto written = write_temporary(*from, content, is_durable);
  if (!written) return tl::unexpected(written.error());
  TemporaryFile temporary(*from, *std::move(written));
  if (::renameat(from->number(), temporary.name().c_str(), target->number(), name.c_str()) != 0)
    return system_trouble(shown(folder, name), errno);
  temporary.keep();
  if (is_durable && ::fsync(target->number()) != 0) return system_trouble(shown("", folder), errno);
  return {};
}

bool StoreDirectory::renew(const std::string& folder, const std::string& name) const {
  const auto found = open_folder(folder, false);
  if (!found) return false;
  return ::utimensat(found->number(), name.c_str(), nullptr, AT_SYMLINK_NOFOLLOW) == 0 &&
         ::fsync(found->number()) == 0;
}

StoreResult<std::optional<std::string>> StoreDirectory::read(const std::string& folder,
                                                             const std::string& name,
                                                             std::size_t max_size) const {
  const auto found = find_folder(folder);
  if (!found) return tl::unexpected(found.error());
  if (!*found) return std::optional<std::string>();
  const FileDescriptor& where = **found;
  // A pipe is not waited for.
  constexpr int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
  FileDescriptor file(::openat(where.number(), name.c_str(), flags));
  // A stale handle of a network file system: another file has taken its place meanwhile.
  for (int tries = 1; !file.valid() && errno == ESTALE && tries < most_stale_tries; ++tries)
    file = FileDescriptor(::openat(where.number(), name.c_str(), flags));
  if (!file.valid()) {
    if (errno == ENOENT) return std::optional<std::string>();
    return system_trouble(shown(folder, name), errno);
  }
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) return system_trouble(shown(folder, name), errno);
  if (!S_ISREG(status.st_mode))
    return trouble(StoreTrouble::corrupt, shown(folder, name) + " is no regular file");
  if (static_cast<std::size_t>(status.st_size) > max_size)
    return trouble(StoreTrouble::corrupt, shown(folder, name) + " is too large to be one of a store");
  std::string content(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t size = 0;
  while (size < content.size()) {
    const ssize_t count = ::read(file.number(), content.data() + size, content.size() - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_trouble(shown(folder, name), errno);
    if (count == 0) break;
    size += static_cast<std::size_t>(count);
  }
  content.resize(size);
  return std::optional(std::move(content));
}

StoreResult<bool> StoreDirectory::has(const std::string& folder, const std::string& name) const {
  struct stat status {};
  const std::string path = folder.empty() ? name : folder + "/" + name;
  if (::fstatat(root_.number(), path.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) return true;
  if (errno == ENOENT) return false;
  return system_trouble(shown(folder, name), errno);
}

StoreResult<std::vector<std::string>> StoreDirectory::list(const std::string& folder) const {
  std::vector<std::string> names;
  const auto found = find_folder(folder);
  if (!found) return tl::unexpected(found.error());
  if (!*found) return names;
  const FileDescriptor& where = **found;
  // Opened anew: of a copied descriptor the place in the list would be shared.
  const int own = ::openat(where.number(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(own < 0 ? nullptr : ::fdopendir(own), &::closedir);
  if (!entries) return system_trouble(shown("", folder), errno);
  errno = 0;
  while (const dirent* entry = ::readdir(entries.get())) {  // NOLINT(concurrency-mt-unsafe): our own stream
    const std::string_view name = entry->d_name;
    if (!name.starts_with('.')) names.emplace_back(name);
  }
  if (errno != 0) return system_trouble(shown("", folder), errno);
  std::ranges::sort(names);
  return names;
}

StoreResult<bool> StoreDirectory::remove(const std::string& folder, const std::string& name) const {
  const std::string path = folder.empty() ? name : folder + "/" + name;
  if (::unlinkat(root_.number(), path.c_str(), 0) == 0) return true;
  if (errno == ENOENT) return false;
  return system_trouble(shown(folder, name), errno);
}

StoreResult<std::chrono::seconds> StoreDirectory::time() const {
  const auto from = open_folder(temporary_folder, true);
  if (!from) return tl::unexpected(from.error());
  auto written = write_temporary(*from, "", false);
  if (!written) return tl::unexpected(written.error());
  const TemporaryFile temporary(*from, *std::move(written));
  struct stat status {};
  if (::fstatat(from->number(), temporary.name().c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
    return system_trouble("a new file", errno);
  return std::chrono::seconds(status.st_mtim.tv_sec);
}

StoreResult<std::optional<std::chrono::seconds>> StoreDirectory::time_of(const std::string& folder,
                                                                         const std::string& name) const {
  struct stat status {};
  const std::string path = folder + "/" + name;
  if (::fstatat(root_.number(), path.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0)
    return std::optional(std::chrono::seconds(status.st_mtim.tv_sec));
  if (errno == ENOENT) return std::optional<std::chrono::seconds>();
  return system_trouble(shown(folder, name), errno);
}

StoreResult<void> StoreDirectory::probe() const {
  const std::string name = "probe-" + random_name();
  const auto first = create(temporary_folder, name, "1");
  if (!first)
    return trouble(StoreTrouble::refused,
                   "the file system has no links, without which publishers could overwrite each other: " +
                       first.error().message);
  const auto second = create(temporary_folder, name, "2");
  const auto replaced = replace(temporary_folder, name, "3", false);
  const auto content = read(temporary_folder, name, 16);
  (void)remove(temporary_folder, name);
  const bool is_kept = second && *second == Created::is_there_already;
  const bool is_replaced = replaced && content && *content == std::optional<std::string>("3");
  if (!is_kept) return trouble(StoreTrouble::refused, "the file system lets a link replace what is there");
  if (!is_replaced)
    return trouble(StoreTrouble::refused, "the file system does not replace files as a whole");
  return {};
}

}  // namespace honua::coordination
