// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

// Internal to the module: where to listen, and which names clients may know it by.
namespace honua::endpoint {

struct Address {
  std::string host;  // an IP address, without brackets
  std::uint16_t port = 0;
};

// "127.0.0.1:8642", "[::1]:8642", "localhost:8642", ":8642" or "8642": without a host, the loopback address.
// Names other than `localhost` are refused: where they lead is decided elsewhere.
[[nodiscard]] Result<Address> read_address(std::string_view text);

// Whether a `Host` header may mean us: an IP address or `localhost`. A name that somebody made lead here (DNS
// rebinding) would let a web page ask.
[[nodiscard]] bool is_own_host(std::string_view header);

// Whether two texts are the same, in a time that does not depend on where they differ.
[[nodiscard]] bool is_same_secret(std::string_view given, std::string_view expected);

}  // namespace honua::endpoint
