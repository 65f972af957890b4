// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "watching/watch_list.h"

namespace honua::watching {

// Finds out by asking whether something may have changed: where there are no events, as on file systems of
// other machines, and to find events that were missed.
class Poller {
 public:
  // What is there now is what later polls compare with.
  void start(const WatchList& list);
  // Whether a name that matters leads to another file, or to one that was written, since the last call.
  [[nodiscard]] bool poll();

 private:
  [[nodiscard]] std::string look() const;

  WatchList list_;
  std::string seen_;
};

// Whether a directory is on a file system that tells of no changes that are made by other machines, or of
// none at all: NFS, SMB, 9P, FUSE and the like.
[[nodiscard]] bool needs_polling(const std::string& directory);

// Whether one of the names in a directory is a file that is mounted by itself, as containers do: what happens
// to it elsewhere shows here without an event.
[[nodiscard]] bool has_mounted_file(const std::string& directory, const WatchList::Names& names);

}  // namespace honua::watching
