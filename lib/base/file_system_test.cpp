// SPDX-License-Identifier: MIT
#include "base/file_system.h"

#include <sys/stat.h>
#include <unistd.h>

#include <doctest/doctest.h>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "base/scratch_directory.h"

namespace honua {

namespace {

constexpr std::size_t megabyte = std::size_t{1024} * 1024;

// Makes the process an ordinary user for a while, where it may be root:
// root is refused nothing.
class OrdinaryUser {
 public:
  OrdinaryUser() : user_(::geteuid()) {
    if (user_ == 0) REQUIRE(::seteuid(nobody) == 0);
  }
  OrdinaryUser(const OrdinaryUser&) = delete;
  OrdinaryUser& operator=(const OrdinaryUser&) = delete;
  ~OrdinaryUser() {
    if (user_ == 0) (void)(::seteuid(user_) == 0);
  }

 private:
  static constexpr uid_t nobody = 65534;
  uid_t user_;
};

std::string error_of(const Result<FileContent>& result) {
  return result ? "no error, but: " + result->to_string().substr(0, 80) : result.error().message;
}

}  // namespace

TEST_CASE("a file is read whole with every byte it has") {
  const ScratchDirectory scratch;
  const std::string content("a\0b\r\n\xFF\xEF\xBB\xBF", 9);
  scratch.write("a", content);
  scratch.write("empty", "");
  CHECK(RealFileSystem().read_file(scratch.file("a"), megabyte).value() == content);
  CHECK(RealFileSystem().read_file(scratch.file("empty"), megabyte).value().empty());
}

TEST_CASE("a file of just the largest size is read and one byte more is refused") {
  const ScratchDirectory scratch;
  scratch.write("fits", std::string(100, 'x'));
  scratch.write("over", std::string(101, 'x'));
  CHECK(RealFileSystem().read_file(scratch.file("fits"), 100).value().size() == 100);
  CHECK(error_of(RealFileSystem().read_file(scratch.file("over"), 100)) ==
        "has 101 bytes; files over 100 bytes are not read");
  CHECK(RealFileSystem().read_file(scratch.file("over"), std::string::npos).value().size() == 101);
}

TEST_CASE("a file of 1 GB is refused at once") {
  const ScratchDirectory scratch;
  scratch.write("huge", "");
  REQUIRE(::truncate(scratch.file("huge").c_str(), off_t{1} << 30) == 0);
  const auto start = std::chrono::steady_clock::now();
  CHECK(error_of(RealFileSystem().read_file(scratch.file("huge"), 256 * megabyte)) ==
        "has 1 GiB; files over 256 MiB are not read");
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::milliseconds(100));
}

TEST_CASE("an endless device is read up to the limit") {
  CHECK(error_of(RealFileSystem().read_file("/dev/zero", megabyte)) == "is larger than 1 MiB");
  CHECK(RealFileSystem().read_file("/dev/null", megabyte).value().empty());
}

TEST_CASE("a file whose size the system does not tell is read whole") {
  CHECK(RealFileSystem().read_file("/proc/self/status", megabyte).value().view().starts_with("Name:"));
}

TEST_CASE("what cannot be read says why in lower case") {
  const ScratchDirectory scratch;
  const RealFileSystem files;
  std::filesystem::create_symlink("loop", scratch.file("loop"));
  scratch.write("file", "");
  CHECK(error_of(files.read_file(scratch.file("none"), megabyte)) == "no such file or directory");
  CHECK(error_of(files.read_file("", megabyte)) == "no such file or directory");
  CHECK(error_of(files.read_file(scratch.path(), megabyte)) == "is a directory");
  CHECK(error_of(files.read_file(scratch.file("file/below"), megabyte)) == "not a directory");
  CHECK(error_of(files.read_file(scratch.file("loop"), megabyte)) == "too many levels of symbolic links");
  CHECK(error_of(files.read_file(scratch.file(std::string(300, 'n')), megabyte)) == "file name too long");
  CHECK(error_of(files.read_file(std::string("a\0b", 3), megabyte)) == "the path contains a NUL character");
}

TEST_CASE("a file without permission is inaccessible or says so when read") {
  const ScratchDirectory scratch;
  scratch.write("secret", "x");
  REQUIRE(::chmod(scratch.file("secret").c_str(), 0) == 0);
  std::filesystem::create_directory(scratch.file("closed"));
  REQUIRE(::chmod(scratch.file("closed").c_str(), 0) == 0);
  REQUIRE(::chmod(scratch.path().c_str(), 0755) == 0);
  const OrdinaryUser as_ordinary_user;
  const RealFileSystem files;
  CHECK(error_of(files.read_file(scratch.file("secret"), megabyte)) == "permission denied");
  CHECK(files.kind(scratch.file("secret")) == FileKind::regular);
  CHECK(files.kind(scratch.file("closed/file")) == FileKind::inaccessible);
  CHECK(files.list_directory(scratch.file("closed")).error().message == "permission denied");
}

TEST_CASE("kinds follow symbolic links") {
  const ScratchDirectory scratch;
  const RealFileSystem files;
  scratch.write("file", "");
  std::filesystem::create_symlink("file", scratch.file("link"));
  std::filesystem::create_symlink("gone", scratch.file("dangling"));
  std::filesystem::create_symlink("loop", scratch.file("loop"));
  CHECK(files.kind(scratch.file("file")) == FileKind::regular);
  CHECK(files.kind(scratch.file("link")) == FileKind::regular);
  CHECK(files.is_directory(scratch.path()));
  CHECK_FALSE(files.exists(scratch.file("dangling")));
  CHECK_FALSE(files.exists(scratch.file("file/below")));
  CHECK(files.kind(scratch.file("loop")) == FileKind::inaccessible);
  CHECK(files.kind(std::string("a\0b", 3)) == FileKind::inaccessible);
  CHECK(files.kind("/dev/null") == FileKind::other);
}

TEST_CASE("two paths to one file have one identity") {
  const ScratchDirectory scratch;
  const RealFileSystem files;
  scratch.write("a", "");
  scratch.write("b", "");
  std::filesystem::create_symlink("a", scratch.file("link"));
  CHECK(files.identity(scratch.file("a")) == files.identity(scratch.file("./link")));
  CHECK(files.identity(scratch.file("a")) != files.identity(scratch.file("b")));
  CHECK(files.identity(scratch.file("none")).empty());
}

TEST_CASE("a named pipe without a writer does not hang") {
  const ScratchDirectory scratch;
  REQUIRE(::mkfifo(scratch.file("pipe").c_str(), 0600) == 0);
  const RealFileSystem files(std::chrono::milliseconds(20));
  CHECK(files.kind(scratch.file("pipe")) == FileKind::other);
  CHECK(error_of(files.read_file(scratch.file("pipe"), megabyte)) == "nothing writes to this pipe");
}

TEST_CASE("a named pipe is read to its end whenever its writer comes and however slow it is") {
  const ScratchDirectory scratch;
  REQUIRE(::mkfifo(scratch.file("pipe").c_str(), 0600) == 0);
  std::thread writer([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    std::ofstream out(scratch.file("pipe"));
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    out << "one " << std::flush;
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    out << "two";
  });
  CHECK(RealFileSystem().read_file(scratch.file("pipe"), megabyte).value() == "one two");
  writer.join();
}

TEST_CASE("a writer that is silent for longer than one is waited for is not taken for missing") {
  const ScratchDirectory scratch;
  REQUIRE(::mkfifo(scratch.file("pipe").c_str(), 0600) == 0);
  std::thread writer([&] {
    std::ofstream out(scratch.file("pipe"));
    std::this_thread::sleep_for(std::chrono::milliseconds(250));
    out << "late";
  });
  CHECK(RealFileSystem(std::chrono::milliseconds(100)).read_file(scratch.file("pipe"), megabyte).value() ==
        "late");
  writer.join();
}

TEST_CASE("a pipe that is over the limit is refused") {
  const ScratchDirectory scratch;
  REQUIRE(::mkfifo(scratch.file("pipe").c_str(), 0600) == 0);
  std::thread writer([&] { std::ofstream(scratch.file("pipe")) << std::string(2000, 'x'); });
  CHECK(error_of(RealFileSystem().read_file(scratch.file("pipe"), 1000)) == "is larger than 1000 bytes");
  writer.join();
}

TEST_CASE("a directory lists its names sorted by bytes") {
  const ScratchDirectory scratch;
  for (const char* name : {"b", "a", "B", ".hidden", "\xC3\xA9", "a.hcl"}) scratch.write(name, "");
  CHECK(RealFileSystem().list_directory(scratch.path()).value() ==
        std::vector<std::string>{".hidden", "B", "a", "a.hcl", "b", "\xC3\xA9"});
  CHECK(RealFileSystem().list_directory(scratch.file("a")).error().message == "not a directory");
  CHECK(RealFileSystem().list_directory(scratch.file("none")).error().message == "no such file or directory");
}

TEST_CASE("sizes are told in the largest unit that keeps them at least 1") {
  CHECK(describe_size(0) == "0 bytes");
  CHECK(describe_size(1023) == "1023 bytes");
  CHECK(describe_size(1024) == "1 KiB");
  CHECK(describe_size(1536) == "1.5 KiB");
  CHECK(describe_size(std::uint64_t{1} << 30) == "1 GiB");
}

}  // namespace honua
