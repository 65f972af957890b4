// SPDX-License-Identifier: MIT
#include "endpoint/address.h"

#include <doctest/doctest.h>

#include <ostream>
#include <string>

namespace honua::endpoint {

TEST_CASE("an address is an IP address or localhost, and a port") {
  const auto described = [](std::string_view text) {
    const auto address = read_address(text);
    return address ? address->host + " " + std::to_string(address->port) : address.error().message;
  };
  CHECK(described("127.0.0.1:8642") == "127.0.0.1 8642");
  CHECK(described("localhost:80") == "127.0.0.1 80");
  CHECK(described(":80") == "127.0.0.1 80");
  CHECK(described("80") == "127.0.0.1 80");
  CHECK(described("[::1]:0") == "::1 0");
  CHECK(described("0.0.0.0:8642") == "0.0.0.0 8642");
  for (const char* wrong : {"", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "example.org:80", "::1:80x",
                            "127.0.0.1:-1", "[::1", "[::1]80"}) {
    CAPTURE(wrong);
    CHECK(described(wrong) == "`" + std::string(wrong) + "` is no address and port, as `127.0.0.1:8642` is");
  }
}

TEST_CASE("a host is our own if it is an address or localhost") {
  for (const char* own : {"127.0.0.1", "127.0.0.1:80", "localhost", "LocalHost:80", "[::1]:80", "[::1]"}) {
    CAPTURE(own);
    CHECK(is_own_host(own));
  }
  for (const char* foreign :
       {"", "evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1.evil.example:80"}) {
    CAPTURE(foreign);
    CHECK_FALSE(is_own_host(foreign));
  }
}

TEST_CASE("secrets are compared as a whole") {
  CHECK(is_same_secret("abc", "abc"));
  CHECK_FALSE(is_same_secret("abd", "abc"));
  CHECK_FALSE(is_same_secret("ab", "abc"));
  CHECK_FALSE(is_same_secret("abcabc", "abc"));
  CHECK_FALSE(is_same_secret("", "abc"));
  CHECK_FALSE(is_same_secret("a", ""));
}

}  // namespace honua::endpoint
