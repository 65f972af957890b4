// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace honua::redis {

inline constexpr std::uint16_t redis_port = 6379;
inline constexpr std::uint16_t sentinel_port = 26379;
inline constexpr std::size_t max_prefix_size = 64;
inline constexpr std::size_t max_sentinels = 16;

struct ServerAddress {
  std::string host;  // a name or an IP address, without brackets
  std::uint16_t port = redis_port;

  friend bool operator==(const ServerAddress&, const ServerAddress&) = default;
};
// "cache:6379", "[::1]:6379".
[[nodiscard]] std::string to_string(const ServerAddress& address);

struct TlsFiles {
  std::string ca;           // "" for the system's
  std::string certificate;  // of the client; "" for none
  std::string key;
};

// Who and what a client wants.
struct Target {
  std::vector<ServerAddress> servers;  // one, or the Sentinels
  std::string master;                  // what Sentinels call it; "" without Sentinels
  bool is_tls = false;
  TlsFiles tls;
  std::string user;  // "" for the default one
  std::string password;
  std::string sentinel_password;
  unsigned database = 0;
  std::string prefix = "honua";
};

// Of a URL:
//
//   redis://[USER[:PASSWORD]@]HOST[:PORT][/DATABASE][?prefix=NAME]
//   rediss://...[?ca=FILE&cert=FILE&key=FILE]        over TLS
//   redis+sentinel://[...@]HOST[:PORT],HOST.../MASTER[/DATABASE], rediss+sentinel://
//
// as the registration of `redis` at IANA has it, with `:PASSWORD` alone for the default user. An error names
// no part that may be a secret.
[[nodiscard]] Result<Target> read_target(std::string_view url);
[[nodiscard]] bool is_redis_url(std::string_view text);

// The URL without user and password, fit for messages.
[[nodiscard]] std::string shown(const Target& target);

}  // namespace honua::redis
