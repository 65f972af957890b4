// SPDX-License-Identifier: MIT
#include "endpoint/address.h"

#include <arpa/inet.h>

#include <array>
#include <cstddef>
#include <optional>

#include "text/sanitize.h"
#include "text/unicode.h"
#include "text/words.h"

namespace honua::endpoint {

namespace {

bool is_ip_address(const std::string& text) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  return inet_pton(AF_INET, text.c_str(), bytes.data()) == 1 ||
         inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1;
}

std::optional<std::uint16_t> read_port(std::string_view text) {
  return text::read_whole_number<std::uint16_t>(text);
}

struct HostAndPort {
  std::string_view host;
  std::string_view port;  // "" for none
};

// Apart at the last colon, unless it is one of an IPv6 address.
HostAndPort split(std::string_view text) {
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return {text, ""};
    const std::string_view rest = text.substr(end + 1);
    return {text.substr(1, end - 1), rest.starts_with(':') ? rest.substr(1) : ""};
  }
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return {text, ""};
  return {text.substr(0, colon), text.substr(colon + 1)};
}

}  // namespace

Result<Address> read_address(std::string_view text) {
  HostAndPort parts = split(text);
  // A port alone.
  if (parts.port.empty() && read_port(text)) parts = {"", text};
  const auto port = read_port(parts.port);
  const std::string host =
      parts.host.empty() || parts.host == "localhost" ? "127.0.0.1" : std::string(parts.host);
  if (!port || !is_ip_address(host))
    return fail("`" + text::printable(text) + "` is no address and port, as `127.0.0.1:8642` is");
  return Address{host, *port};
}

bool is_own_host(std::string_view header) {
  const std::string host = text::ascii_lower(split(header).host);
  return host == "localhost" || is_ip_address(host);
}

bool is_same_secret(std::string_view given, std::string_view expected) {
  unsigned difference = given.size() == expected.size() ? 0U : 1U;
  for (std::size_t i = 0; i < given.size(); ++i) {
    // Of a longer text all of it is looked at, too.
    const char other = expected.empty() ? '\0' : expected[i % expected.size()];
    difference |=
        static_cast<unsigned>(static_cast<unsigned char>(given[i]) ^ static_cast<unsigned char>(other));
  }
  return difference == 0U;
}

}  // namespace honua::endpoint
