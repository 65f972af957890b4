// SPDX-License-Identifier: MIT
#include "watching/recording_file_system.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "base/file_descriptor.h"
#include "text/digest.h"
#include "text/words.h"

namespace honua::watching {

namespace {

bool is_same_time(const timespec& a, const timespec& b) {
  return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

bool is_same_file(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino && a.st_size == b.st_size &&
         is_same_time(a.st_mtim, b.st_mtim) && is_same_time(a.st_ctim, b.st_ctim);
}

// What a reading gave: a content, or that it has to be done once more.
struct Reading {
  std::string content;
  bool is_stable = false;
};

Result<std::string> read_all(int descriptor, std::size_t max_size) {
  std::string content;
  constexpr std::size_t room = std::size_t{64} * 1024;
  std::array<char, room> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init): read() fills it
  while (true) {
    const ssize_t size = read(descriptor, buffer.data(), buffer.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return fail(describe_errno(errno));
    if (size == 0) return content;
    content.append(buffer.data(), static_cast<std::size_t>(size));
    if (content.size() > max_size) return tl::unexpected(too_large_error(content.size(), max_size));
  }
}

// The descriptor of a regular file. A pipe is not waited for, and a device not read.
Result<FileDescriptor> open_regular(const std::string& path, struct stat& status) {
  FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!file.valid() || fstat(file.number(), &status) != 0) return fail(describe_errno(errno));
  if (S_ISDIR(status.st_mode)) return fail(describe_errno(EISDIR));
  if (!S_ISREG(status.st_mode)) return fail("is no regular file, which alone can be watched");
  return file;
}

Result<Reading> read_once(const std::string& path, const FileDescriptor& file, const struct stat& before,
                          std::size_t max_size) {
  const auto size = static_cast<std::size_t>(before.st_size);
  if (size > max_size) return tl::unexpected(too_large_error(size, max_size));
  auto content = read_all(file.number(), max_size);
  if (!content) return tl::unexpected(content.error());
  struct stat after {};
  struct stat there {};
  const bool is_stable = fstat(file.number(), &after) == 0 && stat(path.c_str(), &there) == 0 &&
                         is_same_file(before, after) && is_same_file(before, there) &&
                         content->size() == size;
  return Reading{*std::move(content), is_stable};
}

}  // namespace

std::string current_directory() {
  std::error_code error;
  const auto path = std::filesystem::current_path(error);
  return error ? "/" : path.string();
}

std::string RecordingFileSystem::absolute(const std::string& path) const {
  return path.starts_with('/') ? path : directory_ + "/" + path;
}

FileKind RecordingFileSystem::kind(const std::string& path) const {
  const std::string whole = absolute(path);
  names_.insert(whole);
  return files_.kind(whole);
}

std::string RecordingFileSystem::identity(const std::string& path) const {
  const std::string whole = absolute(path);
  names_.insert(whole);
  return files_.identity(whole);
}

Result<std::vector<std::string>> RecordingFileSystem::list_directory(const std::string& path) const {
  const std::string whole = absolute(path);
  directories_.insert(whole);
  return files_.list_directory(whole);
}

Result<FileContent> RecordingFileSystem::read_file(const std::string& path, std::size_t max_size) const {
  const std::string whole = absolute(path);
  std::string& hash = contents_[whole];
  hash.clear();
  for (int tries = 0; tries < most_readings; ++tries) {
    struct stat status {};
    const auto file = open_regular(whole, status);
    if (!file) {
      has_missing_ = has_missing_ || files_.kind(whole) == FileKind::missing;
      return tl::unexpected(file.error());
    }
    auto reading = read_once(whole, *file, status, max_size);
    if (!reading) return tl::unexpected(reading.error());
    if (!reading->is_stable) continue;
    hash = text::sha256(reading->content);
    has_empty_ = has_empty_ || text::trimmed(reading->content).empty();
    return FileContent(std::move(reading->content));
  }
  return fail("the file changes while it is read");
}

WatchList RecordingFileSystem::watch_list() const {
  WatchList list;
  for (const auto& [path, hash] : contents_) (void)list.add_path(path);
  for (const std::string& path : names_) {
    if (!contents_.contains(path)) (void)list.add_path(path);
  }
  for (const std::string& path : directories_) (void)list.add_directory(path);
  return list;
}

std::string RecordingFileSystem::hash() const {
  std::string all;
  for (const auto& [path, hash] : contents_) all.append(path).append(1, '\0').append(hash).append(1, '\n');
  return text::sha256(all);
}

}  // namespace honua::watching
