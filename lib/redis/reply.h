// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

// A client of Redis: what it asks is bounded in time, what it takes in memory.
namespace honua::redis {

// What one command gave, as RESP2 has it.
struct Reply {
  enum class Kind : std::uint8_t { nil, status, error, integer, text, array };
  Kind kind = Kind::nil;
  std::string text;  // of a status, an error and a text
  std::int64_t integer = 0;
  std::vector<Reply> elements;  // of an array

  [[nodiscard]] bool is_nil() const { return kind == Kind::nil; }
  [[nodiscard]] bool is_error() const { return kind == Kind::error; }
  // Of a status or an error: "OK", "NOSCRIPT".
  [[nodiscard]] std::string first_word() const { return text.substr(0, text.find(' ')); }
};

enum class Trouble : std::uint8_t {
  unreachable,  // nobody answers, or not in time: what was asked may have happened or not
  busy,         // it loads, runs a script, or waits for another: the same may be taken later
  read_only,    // a replica, or a master without enough replicas: it takes no writes
  full,         // no memory for writes
  refused,      // it does not let us: a password, a right, a certificate
  malformed,    // what came is no answer, or none that we asked for
};

struct RedisError {
  Trouble trouble = Trouble::unreachable;
  std::string message;  // lower-case start, no full stop; without secrets
};

template <class T>
using RedisResult = tl::expected<T, RedisError>;

[[nodiscard]] inline tl::unexpected<RedisError> trouble(Trouble kind, std::string message) {
  return tl::unexpected<RedisError>(RedisError{kind, std::move(message)});
}

// What a server's error means.
[[nodiscard]] RedisError error_of(const Reply& reply);

}  // namespace honua::redis
