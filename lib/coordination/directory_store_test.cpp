// SPDX-License-Identifier: MIT
#include "coordination/directory_store.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <ostream>
#include <string>
#include <thread>
#include <vector>

#include "base/file_system.h"
#include "base/scratch_directory.h"
#include "coordination/store_for_test.h"
#include "snapshot/hash.h"

namespace honua::coordination {

namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

struct TestStore {
  TestStore() { store = reopen(); }
  [[nodiscard]] std::unique_ptr<Store> reopen() const {
    auto opened = open_store("dir:" + root, {true, false});
    REQUIRE_MESSAGE(opened.has_value(), opened.error().message);
    return *std::move(opened);
  }
  [[nodiscard]] std::string file(const std::string& name) const { return root + "/" + name; }

  ScratchDirectory scratch;
  std::string root = scratch.file("store");
  std::unique_ptr<Store> store;
};

void write_raw(const std::string& path, const std::string& content) {
  fs::permissions(path, fs::perms::owner_write, fs::perm_options::add);
  std::ofstream(path, std::ios::binary) << content;
}

}  // namespace

TEST_CASE("a store that was never made is missing, and an empty one has no head") {
  const ScratchDirectory scratch;
  const auto none = open_store("dir:" + scratch.file("none"), {});
  REQUIRE_FALSE(none.has_value());
  CHECK(none.error().trouble == StoreTrouble::missing);
  const auto empty = open_store("dir:" + scratch.path(), {});
  REQUIRE_FALSE(empty.has_value());
  CHECK(empty.error().message == "there is no store in `dir:" + scratch.path() + "`");
  TestStore made;
  CHECK(head_version(*made.store) == 0);
  CHECK(made.store->history(10)->empty());
  CHECK(made.store->epoch()->size() == 32);
  CHECK(*made.reopen()->epoch() == *made.store->epoch());
  CHECK(faults_of(*made.store).empty());
  CHECK(open_store("redis:x", {}).error().trouble == StoreTrouble::refused);
  CHECK(open_store("dir:", {}).error().trouble == StoreTrouble::refused);
}

TEST_CASE("the head is found without its hint, and with a wrong one") {
  TestStore made;
  for (int i = 0; i < 5; ++i) (void)publish(*made.store, request_of(std::to_string(i)));
  for (const std::string hint : {"", "3\n", "4711\n", "garbage", "0\n"}) {
    CAPTURE(hint);
    write_raw(made.file("HEAD"), hint);
    CHECK(head_version(*made.store) == 5);
  }
  fs::remove(made.file("HEAD"));
  CHECK(head_version(*made.store) == 5);
}

TEST_CASE("what was damaged is told with its place, and is not used") {
  TestStore made;
  std::string hash;
  for (int i = 0; i < 4; ++i) hash = publish(*made.store, request_of(std::to_string(i))).head.hash;
  const std::string third = made.file("versions/000000000003");
  const std::string whole = RealFileSystem().read_file(third, 100'000).value().to_string();
  write_raw(third, whole.substr(0, 10));
  CHECK(faults_of(*made.store) ==
        std::vector<std::string>{"versions/000000000003: `versions/000000000003`: it is no JSON"});
  CHECK(made.store->head().error().trouble == StoreTrouble::corrupt);
  fs::remove(third);
  CHECK(made.store->head().error().trouble == StoreTrouble::corrupt);
  CHECK(faults_of(*made.store) == std::vector<std::string>{"versions/000000000003: it is missing"});
  std::string flipped = whole;
  flipped[flipped.find("tester")] = 'T';
  write_raw(made.file("versions/000000000004"), "");
  std::ofstream(third, std::ios::binary) << flipped;
  CHECK(faults_of(*made.store).size() == 2);
  std::ofstream(third, std::ios::binary) << whole;
  write_raw(made.file("versions/000000000004"), whole);
  CHECK(faults_of(*made.store) ==
        std::vector<std::string>{
            "versions/000000000004: `versions/000000000004`: it is the record of another version"});
  CHECK(made.store->head().error().message == "`versions/000000000004`: it is the record of another version");
  fs::remove(made.file("versions/000000000004"));
  fs::remove(made.file("HEAD"));
  CHECK(head_version(*made.store) == 3);
  const std::string object = made.file("objects/" + hash.substr(7, 2) + "/" + hash.substr(9));
  CHECK(*made.store->object(hash) == "3");
  write_raw(object, "4");
  CHECK(made.store->object(hash).error().trouble == StoreTrouble::corrupt);
  // Who publishes it again mends it.
  (void)publish(*made.store, request_of("3"));
  CHECK(*made.store->object(hash) == "3");
  std::ofstream(made.file("versions/notes.txt")) << "x";
  CHECK(faults_of(*made.store) == std::vector<std::string>{"versions/notes.txt: it is no version's record"});
  fs::remove(made.file("versions/notes.txt"));
  // One far away is one fault and a gap, and takes no time.
  std::ofstream(made.file("versions/900000000000")) << whole;
  const std::string far = "versions/900000000000: ";
  CHECK(faults_of(*made.store) ==
        std::vector<std::string>{"versions/000000000005: it is missing, as are all up to 899999999999",
                                 far + "`versions/900000000000`: it is the record of another version"});
}

TEST_CASE("links that somebody planted are not followed") {
  TestStore made;
  (void)publish(*made.store, request_of("one\n"));
  made.scratch.write("outside", "secret\n");
  fs::remove(made.file("HEAD"));
  fs::create_symlink(made.scratch.file("outside"), made.file("HEAD"));
  CHECK(head_version(*made.store) == 1);
  fs::rename(made.file("objects"), made.scratch.file("objects"));
  fs::create_directory_symlink(made.scratch.file("objects"), made.file("objects"));
  const auto read = made.store->object(snapshot::hash_of("one\n"));
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().trouble == StoreTrouble::refused);
  CHECK(made.store->publish(request_of("two\n")).error().trouble == StoreTrouble::refused);
}

TEST_CASE("a store that everybody may write is refused, unless that is wanted") {
  const TestStore made;
  fs::permissions(made.root, fs::perms::all);
  CHECK(open_store("dir:" + made.root, {}).error().trouble == StoreTrouble::refused);
  CHECK(open_store("dir:" + made.root, {false, true}).has_value());
}

TEST_CASE("a file that is no heartbeat is no instance") {
  TestStore made;
  Instance instance;
  instance.id = random_name();
  CHECK(made.store->beat(instance).has_value());
  std::ofstream(made.file("instances/garbage")) << "x";
  CHECK(made.store->instances()->size() == 1);
}

TEST_CASE("what is young is not taken away, whoever left it") {
  TestStore made;
  for (int i = 0; i < 10; ++i) (void)publish(*made.store, request_of(std::to_string(i)));
  made.scratch.write("store/tmp/left", "x");
  const Lease lease = acquire(*made.store, lease_request(milliseconds(5000), milliseconds(0)));
  const auto young = made.store->collect(3, std::chrono::hours(1), lease);
  REQUIRE_MESSAGE(young.has_value(), young.error().message);
  CHECK(young->objects == 0);
  CHECK(young->temporary == 0);
  const auto collected = made.store->collect(3, std::chrono::seconds(0), lease);
  REQUIRE_MESSAGE(collected.has_value(), collected.error().message);
  CHECK(collected->objects == 7);
  CHECK(collected->temporary == 1);
  CHECK(collected->instances == 0);
}

TEST_CASE("a directory that another one replaces is noticed") {
  TestStore made;
  (void)publish(*made.store, request_of("one"));
  const std::string epoch = *made.store->epoch();
  fs::rename(made.root, made.root + ".old");
  CHECK(made.store->epoch().error().trouble == StoreTrouble::missing);
  const auto other = made.reopen();
  CHECK(*made.store->epoch() == *other->epoch());
  CHECK(*made.store->epoch() != epoch);
  CHECK(head_version(*made.store) == 0);
}

TEST_CASE("a store whose collected versions reach beyond its head is faulty, and nothing is taken away") {
  TestStore made;
  for (int i = 0; i < 3; ++i) (void)publish(*made.store, request_of(std::to_string(i)));
  const Lease lease = acquire(*made.store, lease_request(milliseconds(5000), milliseconds(0)));
  for (const std::string number : {"4\n", "99\n", "18446744073709551615\n"}) {
    std::ofstream(made.file("COLLECTED")) << number;
    CHECK(faults_of(*made.store) ==
          std::vector<std::string>{"COLLECTED: it names a version that does not exist"});
    CHECK(made.store->collect(1, std::chrono::seconds(0), lease).error().trouble == StoreTrouble::corrupt);
    CHECK(made.store->object(made.store->version(3)->hash).has_value());
  }
  std::ofstream(made.file("COLLECTED")) << "3\n";
  CHECK(faults_of(*made.store).empty());
}

TEST_CASE("a holder whose store was moved away has no lease in the one that others see") {
  TestStore made;
  const Lease lost = acquire(*made.store, lease_request(milliseconds(5000), milliseconds(0)));
  CHECK(*made.store->renew(lost));
  fs::rename(made.root, made.root + ".old");
  CHECK(made.store->renew(lost).error().trouble == StoreTrouble::missing);
  const auto other = made.reopen();
  CHECK_FALSE(*made.store->renew(lost));
  (void)acquire(*other, lease_request(milliseconds(5000), milliseconds(0)));
  PublishRequest request = request_of("late");
  request.lease = lost;
  CHECK(publish(*made.store, request).result == PublishResult::stale_fence);
}

TEST_CASE("who collects without the lease takes nothing away") {
  TestStore made;
  for (int i = 0; i < 5; ++i) (void)publish(*made.store, request_of(std::to_string(i)));
  const Lease lost = acquire(*made.store, lease_request(milliseconds(1), milliseconds(0)));
  (void)acquire(*made.reopen(), lease_request(milliseconds(5000), milliseconds(3000)));
  const auto refused = made.store->collect(1, std::chrono::seconds(0), lost);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().message == "the lease was taken over meanwhile");
  CHECK(made.store->object(made.store->version(1)->hash).has_value());
}

TEST_CASE("a snapshot that is published again is as young as a new one") {
  TestStore made;
  const std::string hash = publish(*made.store, request_of("one")).head.hash;
  const std::string object = made.file("objects/" + hash.substr(7, 2) + "/" + hash.substr(9));
  fs::last_write_time(object, fs::file_time_type::clock::now() - std::chrono::hours(24));
  (void)publish(*made.store, request_of("two"));
  (void)publish(*made.store, request_of("one"));
  CHECK(fs::file_time_type::clock::now() - fs::last_write_time(object) < std::chrono::minutes(1));
}

TEST_CASE("the group of a store's owner works with it, whatever the mask is") {
  const mode_t before = ::umask(077);
  TestStore made;
  (void)publish(*made.store, request_of("one"));
  (void)::umask(before);
  const auto mode_of = [&](const std::string& name) {
    struct stat status {};
    REQUIRE(::stat(made.file(name).c_str(), &status) == 0);
    return status.st_mode & 07777U;
  };
  CHECK(mode_of(".") == folder_mode);
  CHECK(mode_of("versions") == folder_mode);
  CHECK(mode_of("versions/000000000001") == (S_IRUSR | S_IWUSR | S_IRGRP));
}

TEST_CASE("old grants of a lease are taken away") {
  TestStore made;
  for (std::uint64_t i = 0; i < 3 * kept_grants; ++i) {
    const Lease lease = acquire(*made.store, lease_request(milliseconds(5000), milliseconds(0)));
    CHECK(made.store->release(lease).has_value());
  }
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(made.file("leases/publisher")))
    files += entry.exists() ? 1U : 0U;
  CHECK(files <= 2 * (kept_grants + 1));
}

TEST_CASE("what looks like a password in a path is not shown") {
  CHECK(masked_path("/a/user:secret@host/b") == "/a/user:**@host/b");
  CHECK(masked_path("user:secret@host") == "user:**@host");
  CHECK(masked_path("/a@b/c:d") == "/a@b/c:d");
  CHECK(masked_path("/srv/honua") == "/srv/honua");
}

TEST_CASE("fingerprints differ for environments and stores, and say little") {
  CHECK(fingerprint_of("a", "x") == fingerprint_of("a", "x"));
  CHECK(fingerprint_of("a", "x") != fingerprint_of("a", "y"));
  CHECK(fingerprint_of("a", "x") != fingerprint_of("b", "x"));
  CHECK(fingerprint_of("a", "x").size() == 4);
}

}  // namespace honua::coordination
