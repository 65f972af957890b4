// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/result.h"

namespace honua::watching {

// Directories, and the names in them that matter. All paths are absolute and lead through no symbolic links.
class WatchList {
 public:
  struct Names {
    std::set<std::string, std::less<>> names;
    bool all = false;  // every name matters: files may come that nobody knows yet

    [[nodiscard]] bool contains(std::string_view name) const { return all || names.contains(name); }
    friend bool operator==(const Names&, const Names&) = default;
  };

  // Everything that decides which file a path leads to: each directory on the way with the name that is
  // looked up in it, symbolic links followed. Of a way that ends early, what is there: the next name may
  // come. `path`: absolute. An error if links lead in a circle.
  Result<void> add_path(const std::string& path);
  // The same for a directory whose files all matter.
  Result<void> add_directory(const std::string& path);

  // All that another list has.
  void add(const WatchList& other);

  [[nodiscard]] const std::map<std::string, Names>& directories() const { return directories_; }

  // Whether the same is watched.
  friend bool operator==(const WatchList& a, const WatchList& b) { return a.directories_ == b.directories_; }

 private:
  // Where the path leads; as far as it does.
  struct Way {
    std::string path;
    bool is_whole = false;
  };
  Result<Way> follow(const std::string& path);

  std::map<std::string, Names> directories_;
  std::set<std::string, std::less<>> followed_;  // directories that names led to while this was made
};

}  // namespace honua::watching
