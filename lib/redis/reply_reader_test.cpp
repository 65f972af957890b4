// SPDX-License-Identifier: MIT
#include "redis/reply_reader.h"

#include <doctest/doctest.h>

#include <string>

namespace honua::redis {

namespace {

RedisResult<std::optional<Reply>> read_all(std::string_view bytes) {
  ReplyReader reader;
  const auto fed = reader.feed(bytes);
  if (!fed) return tl::unexpected(fed.error());
  return reader.next();
}

std::string refusal_of(std::string_view bytes) {
  const auto reply = read_all(bytes);
  return reply ? "" : reply.error().message;
}

}  // namespace

TEST_CASE("Each kind of reply is read") {
  CHECK((*read_all("+OK\r\n"))->kind == Reply::Kind::status);
  CHECK((*read_all("+OK\r\n"))->text == "OK");
  CHECK((*read_all("-ERR no\r\n"))->is_error());
  CHECK((*read_all("-ERR no\r\n"))->first_word() == "ERR");
  CHECK((*read_all(":-42\r\n"))->integer == -42);
  CHECK((*read_all("$4\r\na\r\nb\r\n"))->text == "a\r\nb");
  CHECK((*read_all("$-1\r\n"))->is_nil());
  CHECK((*read_all("*-1\r\n"))->is_nil());
  CHECK((*read_all("*0\r\n"))->elements.empty());
  const auto nested = *read_all("*2\r\n*2\r\n:1\r\n$1\r\nx\r\n$-1\r\n");
  REQUIRE(nested->elements.size() == 2);
  REQUIRE(nested->elements[0].elements.size() == 2);
  CHECK(nested->elements[0].elements[0].integer == 1);
  CHECK(nested->elements[0].elements[1].text == "x");
  CHECK(nested->elements[1].is_nil());
}

TEST_CASE("A reply may come byte by byte, and with others") {
  ReplyReader reader;
  const std::string bytes = "*2\r\n:1\r\n$3\r\nabc\r\n";
  for (std::size_t i = 0; i + 1 < bytes.size(); ++i) {
    REQUIRE(reader.feed(bytes.substr(i, 1)).has_value());
    CHECK_FALSE((*reader.next()).has_value());
  }
  REQUIRE(reader.feed("\n+OK\r\n+AGAIN\r\n").has_value());
  CHECK((*reader.next())->elements[1].text == "abc");
  CHECK((*reader.next())->text == "OK");
  CHECK((*reader.next())->text == "AGAIN");
  CHECK_FALSE((*reader.next()).has_value());
}

TEST_CASE("What is no reply is told so") {
  CHECK(refusal_of("HTTP/1.1 400 Bad Request\r\n") == "it does not answer as Redis does");
  CHECK(refusal_of(std::string("\0\0\0\0\r\n", 6)) == "it does not answer as Redis does");
}

TEST_CASE("A list of a thousand million elements takes no memory") {
  CHECK(refusal_of("*1000000000\r\n") == "its answer has more than 262144 elements");
  CHECK(refusal_of("*262145\r\n") == "its answer has more than 262144 elements");
  CHECK_FALSE((*read_all("*262144\r\n")).has_value());
}

TEST_CASE("Lists in lists count together, and are not endlessly deep") {
  std::string wide = "*100000\r\n";
  wide += "*200000\r\n";
  CHECK(refusal_of(wide) == "its answer has more than 262144 elements");
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "*1\r\n";
  CHECK(refusal_of(deep) == "it does not answer as Redis does");
}

TEST_CASE("A reply that has no end is refused at the limit") {
  ReplyReader reader;
  REQUIRE(reader.feed("$999999999999\r\n").has_value());
  const std::string piece(std::size_t{1} << 20U, 'x');
  std::size_t taken = 0;
  while (taken <= max_reply_size) {
    if (!reader.feed(piece)) break;
    REQUIRE(reader.next().has_value());
    taken += piece.size();
  }
  CHECK(taken < max_reply_size);
  CHECK(taken + 2 * piece.size() > max_reply_size);
}

TEST_CASE("Errors of a server have a meaning") {
  const auto meaning = [](const std::string& text) {
    return error_of(Reply{Reply::Kind::error, text, 0, {}});
  };
  CHECK(meaning("NOAUTH Authentication required.").trouble == Trouble::refused);
  CHECK(meaning("NOAUTH Authentication required.").message == "it wants a password");
  CHECK(meaning("READONLY You can't write against a read only replica.").trouble == Trouble::read_only);
  CHECK(meaning("OOM command not allowed when used memory > 'maxmemory'.").trouble == Trouble::full);
  CHECK(meaning("LOADING Redis is loading the dataset in memory").trouble == Trouble::busy);
  CHECK(meaning("NOPERM this user has no permissions to run the 'eval' command").message ==
        "the user lacks a right: `NOPERM this user has no permissions to run the 'eval' command`");
  CHECK(meaning("ERR \x1b[31m").message == "it answers with `ERR \\u{1b}[31m`");
}

}  // namespace honua::redis
