// SPDX-License-Identifier: MIT
#include "watching/poller.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <utility>

#include "base/file_system.h"

namespace honua::watching {

namespace {

// All that changes with a file: which it is, its size, and when it and its data were changed.
void add_status(const std::string& path, std::string& all) {
  struct stat found {};
  all += path;
  if (lstat(path.c_str(), &found) != 0) {
    all += " none\n";
    return;
  }
  const auto add = [&](auto number) { all.append(1, ' ').append(std::to_string(number)); };
  add(found.st_dev);
  add(found.st_ino);
  add(found.st_size);
  add(found.st_mode);
  add(found.st_mtim.tv_sec);
  add(found.st_mtim.tv_nsec);
  add(found.st_ctim.tv_sec);
  add(found.st_ctim.tv_nsec);
  all += '\n';
}

}  // namespace

std::string Poller::look() const {
  std::string all;
  for (const auto& [directory, names] : list_.directories()) {
    std::set<std::string> looked_at(names.names.begin(), names.names.end());
    if (names.all) {
      const auto there = RealFileSystem().list_directory(directory);
      if (there) looked_at.insert(there->begin(), there->end());
    }
    for (const std::string& name : looked_at) {
      const std::string path = (directory == "/" ? "" : directory) + "/" + name;
      // A directory that is watched changes with everything in it; that it is another one shows in its names.
      if (list_.directories().contains(path))
        all.append(path).append(1, '\n');
      else
        add_status(path, all);
    }
  }
  return all;
}

void Poller::start(const WatchList& list) {
  list_ = list;
  seen_ = look();
}

bool Poller::poll() {
  std::string now = look();
  std::swap(now, seen_);
  return now != seen_;
}

bool needs_polling(const std::string& directory) {
  // The kernel's magic numbers (statfs(2)): NFS, SMB, CIFS, SMB2, 9P, FUSE, Ceph, AFS, Lustre, GPFS, vboxsf.
  static constexpr std::array<std::uint32_t, 11> remote = {0x6969,     0x517B,     0xFF534D42, 0xFE534D42,
                                                           0x01021997, 0x65735546, 0x00C36400, 0x5346414F,
                                                           0x0BD00BD0, 0x47504653, 0x786F4256};
  struct statfs found {};
  if (statfs(directory.c_str(), &found) != 0) return false;
  return std::ranges::find(remote, static_cast<std::uint32_t>(found.f_type)) != remote.end();
}

bool has_mounted_file(const std::string& directory, const WatchList::Names& names) {
  return std::ranges::any_of(names.names, [&directory](const std::string& name) {
    struct statx found {};
    const std::string path = directory + "/" + name;
    return ::statx(AT_FDCWD, path.c_str(), AT_SYMLINK_NOFOLLOW, STATX_TYPE, &found) == 0 &&
           S_ISREG(found.stx_mode) && (found.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
  });
}

}  // namespace honua::watching
