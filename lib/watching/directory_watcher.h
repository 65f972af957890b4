// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/file_descriptor.h"
#include "base/result.h"
#include "watching/debounce.h"
#include "watching/watch_list.h"

namespace honua::watching {

// Watches directories by inotify. Files are never watched themselves: editors and ConfigMaps put others in
// their place.
class DirectoryWatcher {
 public:
  // An error where the system has no more of them: fs.inotify.max_user_instances.
  [[nodiscard]] static Result<DirectoryWatcher> create();

  // Readable when there are events.
  [[nodiscard]] int descriptor() const { return descriptor_.number(); }

  // A directory that cannot be watched, and the error's number: ENOSPC says that there are no more watches
  // (fs.inotify.max_user_watches).
  struct Failure {
    std::string directory;
    int number;
  };
  // Watches these directories and no others. What changes meanwhile is not lost: whoever looks afterwards
  // sees it.
  std::vector<Failure> watch(const WatchList& list);

  // What has happened since the last call to the names that matter.
  struct Events {
    std::optional<Debounce::Event> change;  // the last one; nothing if no name was concerned
    bool is_structural = false;             // names lead elsewhere: the directories have to be found anew
    bool has_overflowed = false;            // events were lost: everything may have changed
    std::size_t count = 0;                  // events that concerned a name
  };
  [[nodiscard]] Events read_events();

  // How many directories are watched.
  [[nodiscard]] std::size_t size() const { return directories_.size(); }

 private:
  explicit DirectoryWatcher(FileDescriptor descriptor) : descriptor_(std::move(descriptor)) {}
  void take(std::uint32_t mask, int watch, std::string_view name, Events& events) const;

  FileDescriptor descriptor_;
  WatchList list_;
  std::map<std::string, int> watches_;  // by directories
  std::map<int, std::vector<std::string>>
      directories_;  // by watches: several paths may lead to one directory
};

}  // namespace honua::watching
