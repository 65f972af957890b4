// SPDX-License-Identifier: MIT
#include "watching/recording_file_system.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "base/scratch_directory.h"

namespace honua::watching {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t large = 1U << 20U;

struct Recorded {
  ScratchDirectory scratch;
  std::string root = fs::canonical(scratch.path()).string();
  RealFileSystem real;
  RecordingFileSystem files{real};

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(root + "/" + name) << text;
  }
  [[nodiscard]] std::string hash_of(const std::string& name) const {
    RealFileSystem other;
    const RecordingFileSystem once(other);
    (void)once.read_file(root + "/" + name, large);
    return once.hash();
  }
};

}  // namespace

TEST_CASE("what was read and asked for is where changes are looked for") {
  const Recorded one;
  one.write("a.hcl", "honua {}\n");
  fs::create_directory(one.root + "/conf");
  CHECK(one.files.read_file(one.root + "/a.hcl", large)->to_string() == "honua {}\n");
  CHECK(one.files.kind(one.root + "/b.hcl") == FileKind::missing);
  CHECK(one.files.list_directory(one.root + "/conf").has_value());
  const WatchList list = one.files.watch_list();
  CHECK(list.directories().at(one.root).contains("a.hcl"));
  CHECK(list.directories().at(one.root).contains("b.hcl"));
  CHECK_FALSE(list.directories().at(one.root).contains("c.hcl"));
  CHECK(list.directories().at(one.root + "/conf").contains("anything"));
  CHECK(one.files.size() == 1);
}

TEST_CASE("the hash is of names and contents, and of nothing else") {
  const Recorded one;
  one.write("a.hcl", "honua {}\n");
  const std::string before = one.hash_of("a.hcl");
  CHECK(one.hash_of("a.hcl") == before);
  fs::permissions(one.root + "/a.hcl", fs::perms::owner_read);
  fs::last_write_time(one.root + "/a.hcl", fs::file_time_type::clock::now());
  CHECK(one.hash_of("a.hcl") == before);
  fs::remove(one.root + "/a.hcl");
  CHECK(one.hash_of("a.hcl") != before);
  one.write("a.hcl", "honua {}\n");
  CHECK(one.hash_of("a.hcl") == before);
  one.write("b.hcl", "honua {}\n");
  CHECK(one.hash_of("b.hcl") != before);
}

TEST_CASE("missing and empty files are told apart from others") {
  const Recorded one;
  CHECK_FALSE(one.files.has_missing());
  CHECK(one.files.read_file(one.root + "/none.hcl", large).error().message == "no such file or directory");
  CHECK(one.files.has_missing());
  CHECK_FALSE(one.files.has_empty());
  one.write("empty.hcl", " \n\t\n");
  CHECK(one.files.read_file(one.root + "/empty.hcl", large).has_value());
  CHECK(one.files.has_empty());
}

TEST_CASE("a file that is too large, and a directory, are errors as everywhere") {
  const Recorded one;
  one.write("a.hcl", "0123456789");
  CHECK(one.files.read_file(one.root + "/a.hcl", 10).has_value());
  CHECK(one.files.read_file(one.root + "/a.hcl", 9).error().message ==
        one.real.read_file(one.root + "/a.hcl", 9).error().message);
  CHECK(one.files.read_file(one.root, large).error().message ==
        one.real.read_file(one.root, large).error().message);
}

TEST_CASE("what is read is a whole version, however often others are put in its place") {
  const Recorded one;
  const std::string first(100'000, 'a');
  const std::string second(200'000, 'b');
  one.write("a.hcl", first);
  std::atomic<bool> is_over = false;
  std::thread writer([&] {
    for (int round = 0; !is_over; ++round) {
      one.write("new", round % 2 == 0 ? second : first);
      fs::rename(one.root + "/new", one.root + "/a.hcl");
    }
  });
  for (int reads = 0; reads < 300; ++reads) {
    const auto content = one.files.read_file(one.root + "/a.hcl", large);
    if (!content) continue;
    const std::string text = content->to_string();
    CHECK((text == first || text == second));
  }
  is_over = true;
  writer.join();
}

TEST_CASE("a content that was read does not change with the file") {
  const Recorded one;
  one.write("a.hcl", "first");
  const auto content = one.files.read_file(one.root + "/a.hcl", large);
  one.write("a.hcl", "other");
  CHECK(content->to_string() == "first");
}

TEST_CASE("a pipe and a device are errors at once: nobody waits for them, and nothing is read") {
  const Recorded one;
  REQUIRE(::mkfifo((one.root + "/pipe").c_str(), 0600) == 0);
  const auto begin = std::chrono::steady_clock::now();
  const std::string refused = "is no regular file, which alone can be watched";
  CHECK(one.files.read_file(one.root + "/pipe", large).error().message == refused);
  CHECK(one.files.read_file("/dev/zero", large).error().message == refused);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(2));
  CHECK_FALSE(one.files.has_missing());
}

TEST_CASE("relative paths begin where they are told to, whatever becomes of the working directory") {
  const Recorded one;
  one.write("a.hcl", "one");
  RealFileSystem real;
  const RecordingFileSystem files(real, one.root);
  CHECK(files.read_file("a.hcl", large)->to_string() == "one");
  CHECK(files.kind("a.hcl") == FileKind::regular);
  CHECK(files.kind("b.hcl") == FileKind::missing);
  CHECK(files.watch_list().directories().at(one.root).contains("b.hcl"));
}

}  // namespace honua::watching
