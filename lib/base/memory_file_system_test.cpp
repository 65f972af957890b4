// SPDX-License-Identifier: MIT
#include "base/memory_file_system.h"

#include <doctest/doctest.h>
#include <string>
#include <vector>

namespace honua {

TEST_CASE("a memory file is found under every spelling of its path") {
  MemoryFileSystem files;
  files.add("conf/a.hcl", "content");
  CHECK(files.read_file("./conf//x/../a.hcl", 100).value() == "content");
  CHECK(files.identity("conf/a.hcl") == files.identity("./conf/a.hcl"));
  CHECK(files.is_directory("conf"));
  CHECK(files.is_directory("."));
  CHECK_FALSE(files.exists("conf/b.hcl"));
  CHECK_FALSE(files.exists("/conf/a.hcl"));
  CHECK_FALSE(files.exists(""));
}

TEST_CASE("a memory directory lists files, links and directories sorted by bytes") {
  MemoryFileSystem files;
  files.add("conf/b.hcl", "");
  files.add("conf/a.hcl", "");
  files.add("conf/sub/deep.hcl", "");
  files.add_link("conf/link.hcl", "conf/a.hcl");
  CHECK(files.list_directory("conf").value() ==
        std::vector<std::string>{"a.hcl", "b.hcl", "link.hcl", "sub"});
  CHECK(files.list_directory(".").value() == std::vector<std::string>{"conf"});
  CHECK(files.list_directory("conf/a.hcl").error().message == "not a directory");
  CHECK(files.list_directory("none").error().message == "no such file or directory");
  CHECK(files.identity("conf/link.hcl") == files.identity("conf/a.hcl"));
}

TEST_CASE("a memory file system refuses as the real one does") {
  MemoryFileSystem files;
  files.add("big", std::string(11, 'x'));
  files.add_unreadable("secret", "permission denied");
  files.add_pipe("pipe", "flow");
  CHECK(files.read_file("big", 10).error().message == "has 11 bytes; files over 10 bytes are not read");
  CHECK(files.read_file("secret", 10).error().message == "permission denied");
  CHECK(files.read_file(".", 10).error().message == "is a directory");
  CHECK(files.read_file("none", 10).error().message == "no such file or directory");
  CHECK(files.read_file(std::string("a\0b", 3), 10).error().message == "the path contains a NUL character");
  CHECK(files.read_file("pipe", 10).value() == "flow");
  CHECK(files.kind("pipe") == FileKind::other);
}

TEST_CASE("a memory file is created and replaced where its directory exists") {
  MemoryFileSystem files;
  files.add("conf/a", "old");
  files.add_pipe("pipe", "");
  CHECK(files.write_file_atomically("conf/a", "new").has_value());
  CHECK(files.write_file_atomically("conf/b", "more").has_value());
  CHECK(files.read_file("conf/a", 10).value() == "new");
  CHECK(files.read_file("conf/b", 10).value() == "more");
  CHECK(files.write_file_atomically("none/a", "x").error().message == "no such file or directory");
  CHECK(files.write_file_atomically("conf", "x").error().message == "is a directory");
  CHECK(files.write_file_atomically("pipe", "x").error().message == "is not a regular file");
}

}  // namespace honua
