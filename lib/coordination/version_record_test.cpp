// SPDX-License-Identifier: MIT
#include "coordination/version_record.h"

#include <doctest/doctest.h>

#include <ostream>
#include <string>

#include "text/digest.h"

namespace honua::coordination {

namespace {

VersionRecord example() {
  VersionRecord record;
  record.version = 42;
  record.hash = "sha256:" + std::string(64, 'a');
  record.kind = VersionKind::rollback;
  record.of = 40;
  record.fence = 7;
  record.time = std::chrono::sys_seconds(std::chrono::seconds(1'782'900'000));
  record.author = "ops";
  record.host = "alpha";
  record.message = "back to \"40\"\nsince it worked";
  record.summary = "1 breaking";
  record.request = random_name();
  record.previous_chain = std::string(64, 'b');
  record.chain = chain_of(record);
  return record;
}

}  // namespace

TEST_CASE("a record is read as it was written") {
  const VersionRecord record = example();
  const auto read = read_record(write_record(record));
  REQUIRE(read.has_value());
  CHECK(read->version == 42);
  CHECK(read->hash == record.hash);
  CHECK(read->kind == VersionKind::rollback);
  CHECK(read->of == 40);
  CHECK(read->fence == 7);
  CHECK(read->time == record.time);
  CHECK(read->message == record.message);
  CHECK(read->request == record.request);
  CHECK(read->previous_chain == record.previous_chain);
  CHECK(read->chain == record.chain);
}

TEST_CASE("a record that was damaged anywhere is none") {
  const std::string text = write_record(example());
  std::size_t accepted = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string damaged = text;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 7)));
    accepted += read_record(damaged) ? 1U : 0U;
    accepted += read_record(text.substr(0, at)) ? 1U : 0U;
  }
  CHECK(accepted == 0);
  CHECK_FALSE(read_record(text + " ").has_value());
  CHECK_FALSE(read_record("").has_value());
  CHECK_FALSE(read_record("{}").has_value());
  CHECK_FALSE(read_record("[1]").has_value());
  CHECK_FALSE(read_record(std::string(max_record_size + 1, ' ')).has_value());
}

TEST_CASE("what later programs add to a record is let be, and counts in its chain") {
  const std::string text = write_record(example());
  const std::size_t end = text.find(",\"chain\"");
  std::string later = text.substr(0, end) + ",\"canary\":3,\"stages\":[1,2]";
  const std::string chain = text::sha256(later + "}");
  later += ",\"chain\":\"" + chain + "\"}\n";
  const auto read = read_record(later);
  REQUIRE_MESSAGE(read.has_value(), read.error().message);
  CHECK(read->version == 42);
  CHECK(read->chain == chain);
  CHECK(read->chain != example().chain);
  std::string edited = later;
  edited[edited.find("canary")] = 'C';
  CHECK_FALSE(read_record(edited).has_value());
}

TEST_CASE("a record of another major format is told so") {
  std::string text = write_record(example());
  text.replace(text.find("\"1.0\""), 5, "\"2.0\"");
  CHECK(read_record(text).error().message == "it is of a format that only newer programs read: `2.0`");
}

TEST_CASE("whatever a record says is in its chain") {
  const VersionRecord record = example();
  VersionRecord other = record;
  other.message += "!";
  CHECK(chain_of(other) != chain_of(record));
  other = record;
  other.previous_chain = std::string(64, 'c');
  CHECK(chain_of(other) != chain_of(record));
  other = record;
  other.of.reset();
  CHECK(chain_of(other) != chain_of(record));
  other = record;
  other.takes_over = !record.takes_over;
  CHECK(chain_of(other) != chain_of(record));
  CHECK(read_record(write_record(other))->takes_over == other.takes_over);
}

TEST_CASE("random names differ") { CHECK(random_name() != random_name()); }

}  // namespace honua::coordination
