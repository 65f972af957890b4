// SPDX-License-Identifier: MIT
#include "watching/poller.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "base/scratch_directory.h"

namespace honua::watching {

namespace {

namespace fs = std::filesystem;

struct Polled {
  ScratchDirectory scratch;
  std::string root = fs::canonical(scratch.path()).string();
  std::string file = root + "/conf/honua.hcl";
  Poller poller;

  Polled() {
    fs::create_directory(root + "/conf");
    std::ofstream(file) << "honua {}\n";
    start();
  }
  void start() {
    WatchList list;
    REQUIRE(list.add_path(file).has_value());
    poller.start(list);
  }
};

}  // namespace

TEST_CASE("a poll finds what was written, replaced, removed and created, once") {
  Polled polled;
  CHECK_FALSE(polled.poller.poll());
  std::ofstream(polled.file) << "honua { }\n";
  CHECK(polled.poller.poll());
  CHECK_FALSE(polled.poller.poll());
  std::ofstream(polled.root + "/conf/new") << "honua { }\n";
  CHECK_FALSE(polled.poller.poll());
  fs::rename(polled.root + "/conf/new", polled.file);
  CHECK(polled.poller.poll());
  fs::remove(polled.file);
  CHECK(polled.poller.poll());
  std::ofstream(polled.file) << "honua { }\n";
  CHECK(polled.poller.poll());
}

TEST_CASE("a poll finds a directory that another one takes the place of") {
  Polled polled;
  fs::create_directory(polled.root + "/other");
  std::ofstream(polled.root + "/other/honua.hcl") << "honua {}\n";
  fs::rename(polled.root + "/conf", polled.root + "/old");
  fs::rename(polled.root + "/other", polled.root + "/conf");
  CHECK(polled.poller.poll());
}

TEST_CASE("in a directory that matters as a whole a poll finds new names") {
  const ScratchDirectory scratch;
  const std::string root = fs::canonical(scratch.path()).string();
  WatchList list;
  REQUIRE(list.add_directory(root).has_value());
  Poller poller;
  poller.start(list);
  CHECK_FALSE(poller.poll());
  std::ofstream(root + "/new.hcl") << "";
  CHECK(poller.poll());
  CHECK_FALSE(poller.poll());
}

TEST_CASE("file systems of this machine tell of changes") {
  CHECK_FALSE(needs_polling("/tmp"));
  CHECK_FALSE(needs_polling("/no/such/directory"));
}

}  // namespace honua::watching
