// SPDX-License-Identifier: MIT
#include "watching/watch_list.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "base/scratch_directory.h"

namespace honua::watching {

namespace {

namespace fs = std::filesystem;

// A directory with what Kubernetes makes of a ConfigMap.
struct Mounted {
  ScratchDirectory scratch;
  std::string root = fs::canonical(scratch.path()).string();

  Mounted() {
    fs::create_directory(root + "/..2026_1");
    std::ofstream(root + "/..2026_1/honua.hcl") << "honua {}\n";
    fs::create_directory_symlink("..2026_1", root + "/..data");
    fs::create_symlink("..data/honua.hcl", root + "/honua.hcl");
  }
};

std::string names_in(const WatchList& list, const std::string& directory) {
  const auto found = list.directories().find(directory);
  if (found == list.directories().end()) return "none";
  std::string all;
  for (const std::string& one : found->second.names) all += (all.empty() ? "" : " ") + one;
  return found->second.all ? "all" : all;
}

}  // namespace

TEST_CASE("every directory on the way to a file is watched for the name that leads on") {
  const ScratchDirectory scratch;
  const std::string root = fs::canonical(scratch.path()).string();
  fs::create_directories(root + "/a/b");
  WatchList list;
  CHECK(list.add_path(root + "/a/./b/../b/honua.hcl").has_value());
  CHECK(names_in(list, root) == "a");
  CHECK(names_in(list, root + "/a") == "b");
  CHECK(names_in(list, root + "/a/b") == "honua.hcl");
  CHECK(names_in(list, "/") != "none");
}

TEST_CASE("symbolic links are watched where they lie and where they lead") {
  const Mounted mounted;
  WatchList list;
  CHECK(list.add_path(mounted.root + "/honua.hcl").has_value());
  CHECK(names_in(list, mounted.root) == "..2026_1 ..data honua.hcl");
  CHECK(names_in(list, mounted.root + "/..2026_1") == "honua.hcl");
}

TEST_CASE("links with absolute targets start from the root") {
  const Mounted mounted;
  const ScratchDirectory other;
  const std::string root = fs::canonical(other.path()).string();
  fs::create_symlink(mounted.root + "/honua.hcl", root + "/link");
  WatchList list;
  CHECK(list.add_path(root + "/link").has_value());
  CHECK(names_in(list, root) == "link");
  CHECK(names_in(list, mounted.root + "/..2026_1") == "honua.hcl");
}

TEST_CASE("of a way that ends early the deepest directory is watched for what may come") {
  const ScratchDirectory scratch;
  const std::string root = fs::canonical(scratch.path()).string();
  WatchList list;
  CHECK(list.add_path(root + "/not/there/honua.hcl").has_value());
  CHECK(names_in(list, root) == "not");
  CHECK(list.directories().size() == static_cast<std::size_t>(std::count(root.begin(), root.end(), '/')) + 1);
}

TEST_CASE("links in a circle are an error") {
  const ScratchDirectory scratch;
  const std::string root = fs::canonical(scratch.path()).string();
  fs::create_symlink("b", root + "/a");
  fs::create_symlink("a", root + "/b");
  WatchList list;
  CHECK(list.add_path(root + "/a").error().message == "too many levels of symbolic links");
}

TEST_CASE("in a directory that is watched as a whole every name matters") {
  const Mounted mounted;
  WatchList list;
  CHECK(list.add_directory(mounted.root + "/..data").has_value());
  CHECK(names_in(list, mounted.root + "/..2026_1") == "all");
  CHECK(names_in(list, mounted.root) == "..2026_1 ..data");
  CHECK(list.directories().at(mounted.root + "/..2026_1").contains("new.hcl"));
  WatchList missing;
  CHECK(missing.add_directory(mounted.root + "/none").has_value());
  CHECK(names_in(missing, mounted.root) == "none");
}

}  // namespace honua::watching
