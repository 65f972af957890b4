// SPDX-License-Identifier: MIT
#include "watching/directory_watcher.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "base/scratch_directory.h"

namespace honua::watching {

namespace {

namespace fs = std::filesystem;
using Saved = Debounce::Event;

// A watched `honua.hcl` in a directory of its own.
struct Watched {
  ScratchDirectory scratch;
  std::string root = fs::canonical(scratch.path()).string();
  std::string directory = root + "/conf";
  std::string file = directory + "/honua.hcl";
  DirectoryWatcher watcher = *DirectoryWatcher::create();

  Watched() {
    fs::create_directory(directory);
    write(file, "honua {}\n");
    rebuild();
  }

  static void write(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

  void rebuild() {
    WatchList list;
    REQUIRE(list.add_path(file).has_value());
    CHECK(watcher.watch(list).empty());
    (void)watcher.read_events();
  }
};

}  // namespace

TEST_CASE("a file that is written and closed has changed") {
  Watched watched;
  Watched::write(watched.file, "honua { }\n");
  const auto events = watched.watcher.read_events();
  CHECK(events.change == Saved::completed);
  CHECK_FALSE(events.is_structural);
  CHECK(watched.watcher.read_events().count == 0);
}

TEST_CASE("a file that is still open is being written") {
  Watched watched;
  std::ofstream out(watched.file);
  out << "honua {" << std::flush;
  CHECK(watched.watcher.read_events().change == Saved::written);
  out.close();
  CHECK(watched.watcher.read_events().change == Saved::completed);
}

TEST_CASE("names that do not matter are no events") {
  Watched watched;
  Watched::write(watched.directory + "/.honua.hcl.swp", "x");
  Watched::write(watched.directory + "/4913", "x");
  fs::remove(watched.directory + "/4913");
  const auto events = watched.watcher.read_events();
  CHECK(events.count == 0);
  CHECK_FALSE(events.change);
}

TEST_CASE("a file that another one is moved over has changed, and directories are to be found anew") {
  Watched watched;
  Watched::write(watched.directory + "/new", "honua { }\n");
  fs::rename(watched.directory + "/new", watched.file);
  const auto events = watched.watcher.read_events();
  CHECK(events.change == Saved::completed);
  CHECK(events.is_structural);
}

TEST_CASE("a file that goes and comes is seen") {
  Watched watched;
  fs::remove(watched.file);
  CHECK(watched.watcher.read_events().is_structural);
  watched.rebuild();
  Watched::write(watched.file, "honua { }\n");
  const auto events = watched.watcher.read_events();
  CHECK(events.is_structural);
  CHECK(events.change == Saved::completed);
}

TEST_CASE("a directory that is replaced is seen, and what is in the new one afterwards") {
  Watched watched;
  fs::create_directory(watched.root + "/other");
  Watched::write(watched.root + "/other/honua.hcl", "honua { }\n");
  fs::rename(watched.directory, watched.root + "/old");
  fs::rename(watched.root + "/other", watched.directory);
  CHECK(watched.watcher.read_events().is_structural);
  watched.rebuild();
  Watched::write(watched.file, "honua {  }\n");
  CHECK(watched.watcher.read_events().change == Saved::completed);
  Watched::write(watched.root + "/old/honua.hcl", "honua {  }\n");
  CHECK(watched.watcher.read_events().count == 0);
}

TEST_CASE("a link that is swapped is a complete change") {
  Watched watched;
  fs::create_directory(watched.directory + "/..1");
  fs::create_directory(watched.directory + "/..2");
  for (const char* one : {"..1", "..2"}) Watched::write(watched.directory + "/" + one + "/honua.hcl", one);
  fs::create_directory_symlink("..1", watched.directory + "/..data");
  fs::remove(watched.file);
  fs::create_symlink("..data/honua.hcl", watched.file);
  watched.rebuild();
  fs::create_directory_symlink("..2", watched.directory + "/..data_tmp");
  fs::rename(watched.directory + "/..data_tmp", watched.directory + "/..data");
  const auto events = watched.watcher.read_events();
  CHECK(events.change == Saved::completed);
  CHECK(events.is_structural);
  CHECK(events.count == 1);
}

TEST_CASE("directories that are not wanted any more are not watched") {
  Watched watched;
  const std::size_t before = watched.watcher.size();
  CHECK(watched.watcher.watch(WatchList()).empty());
  CHECK(watched.watcher.size() == 0);
  Watched::write(watched.file, "x");
  CHECK(watched.watcher.read_events().count == 0);
  watched.rebuild();
  CHECK(watched.watcher.size() == before);
}

TEST_CASE("what cannot be watched is told, and the rest is watched") {
  Watched watched;
  WatchList list;
  REQUIRE(list.add_path(watched.file).has_value());
  fs::rename(watched.directory, watched.root + "/gone");
  const auto failures = watched.watcher.watch(list);
  REQUIRE(failures.size() == 1);
  CHECK(failures.front().directory == watched.directory);
  CHECK(failures.front().number == ENOENT);
  CHECK(watched.watcher.size() == list.directories().size() - 1);
}

}  // namespace honua::watching
