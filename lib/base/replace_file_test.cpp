// SPDX-License-Identifier: MIT
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <doctest/doctest.h>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/scratch_directory.h"

namespace honua {

namespace {

std::string content_of(const std::string& path) {
  return RealFileSystem().read_file(path, 1000).value().to_string();
}

mode_t mode_of(const std::string& path) {
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

std::string error_of(const Result<void>& result) { return result ? "no error" : result.error().message; }

}  // namespace

TEST_CASE("writing creates a file with the usual mode and leaves nothing else behind") {
  const ScratchDirectory scratch;
  RealFileSystem files;
  const mode_t mask = ::umask(027);
  CHECK(files.write_file_atomically(scratch.file("new"), "content").has_value());
  ::umask(mask);
  CHECK(content_of(scratch.file("new")) == "content");
  CHECK(mode_of(scratch.file("new")) == 0640);
  CHECK(files.list_directory(scratch.path()).value() == std::vector<std::string>{"new"});
}

TEST_CASE("writing replaces a file, keeps its mode and does not touch readers of the old one") {
  const ScratchDirectory scratch;
  RealFileSystem files;
  scratch.write("f", "old");
  REQUIRE(::chmod(scratch.file("f").c_str(), 0604) == 0);
  std::ifstream reader(scratch.file("f"));
  CHECK(files.write_file_atomically(scratch.file("f"), "new").has_value());
  std::string seen;
  reader >> seen;
  CHECK(seen == "old");
  CHECK(content_of(scratch.file("f")) == "new");
  CHECK(mode_of(scratch.file("f")) == 0604);
}

TEST_CASE("writing over a symbolic link replaces its target and keeps the link") {
  const ScratchDirectory scratch;
  RealFileSystem files;
  std::filesystem::create_directory(scratch.file("sub"));
  scratch.write("sub/target", "old");
  std::filesystem::create_symlink("sub/target", scratch.file("link"));
  CHECK(files.write_file_atomically(scratch.file("link"), "new").has_value());
  CHECK(std::filesystem::is_symlink(scratch.file("link")));
  CHECK(content_of(scratch.file("sub/target")) == "new");
}

TEST_CASE("what cannot be replaced stays as it is and says why") {
  const ScratchDirectory scratch;
  RealFileSystem files;
  std::filesystem::create_symlink("gone", scratch.file("dangling"));
  REQUIRE(::mkfifo(scratch.file("pipe").c_str(), 0600) == 0);
  CHECK(error_of(files.write_file_atomically(scratch.path(), "x")) == "is a directory");
  CHECK(error_of(files.write_file_atomically(scratch.file("none/f"), "x")) == "no such file or directory");
  CHECK(error_of(files.write_file_atomically(scratch.file("pipe"), "x")) == "is not a regular file");
  CHECK(error_of(files.write_file_atomically("/dev/null", "x")) == "is not a regular file");
  CHECK(error_of(files.write_file_atomically(scratch.file("dangling"), "x")) ==
        "is a symbolic link to a missing file");
  CHECK(error_of(files.write_file_atomically(std::string("a\0b", 3), "x")) ==
        "the path contains a NUL character");
  CHECK(files.list_directory(scratch.path()).value() == std::vector<std::string>{"dangling", "pipe"});
}

TEST_CASE("a write that fails half-way leaves the old content and no rest") {
  const ScratchDirectory scratch;
  RealFileSystem files;
  scratch.write("f", "old");
  // As a full disk would: the first bytes are taken, then comes an error.
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  const rlimit small{10, before.rlim_max};
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
  const auto result = files.write_file_atomically(scratch.file("f"), std::string(100, 'x'));
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
  (void)std::signal(SIGXFSZ, handler);
  CHECK(error_of(result) == "file too large");
  CHECK(content_of(scratch.file("f")) == "old");
  CHECK(files.list_directory(scratch.path()).value() == std::vector<std::string>{"f"});
}

TEST_CASE("a name of the greatest length can be written") {
  const ScratchDirectory scratch;
  const std::string path = scratch.file(std::string(255, 'n'));
  CHECK(RealFileSystem().write_file_atomically(path, "x").has_value());
  CHECK(content_of(path) == "x");
}

TEST_CASE("private files are new, and their owner's alone") {
  const ScratchDirectory scratch;
  RealFileSystem files;
  const mode_t mask = ::umask(0);
  CHECK(files.create_private_file(scratch.file("secrets"), "A='b'").has_value());
  ::umask(mask);
  CHECK(content_of(scratch.file("secrets")) == "A='b'");
  CHECK(mode_of(scratch.file("secrets")) == 0600);
  CHECK(error_of(files.create_private_file(scratch.file("secrets"), "x")) == "file exists");
  std::filesystem::create_symlink(scratch.file("elsewhere"), scratch.file("link"));
  CHECK(error_of(files.create_private_file(scratch.file("link"), "x")) == "file exists");
  CHECK(content_of(scratch.file("secrets")) == "A='b'");
  CHECK_FALSE(files.exists(scratch.file("elsewhere")));
}

}  // namespace honua
