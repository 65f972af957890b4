// SPDX-License-Identifier: MIT
#pragma once

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/file_descriptor.h"

// Servers that say what a test wants. For tests only.
namespace honua::catalog {

// A socket of a free port of this machine, which listens unless told otherwise.
class LoopbackSocket {
 public:
  explicit LoopbackSocket(bool is_listening = true) {
    REQUIRE(socket_.valid());
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = static_cast<sockaddr*>(static_cast<void*>(&address));
    REQUIRE(::bind(socket_.number(), generic, size) == 0);
    if (is_listening) REQUIRE(::listen(socket_.number(), 1) == 0);
    REQUIRE(::getsockname(socket_.number(), generic, &size) == 0);
    port_ = ntohs(address.sin_port);
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }
  // The next client's socket, once there is one; the caller closes it.
  [[nodiscard]] int accept() const { return ::accept(socket_.number(), nullptr, nullptr); }

 private:
  FileDescriptor socket_{::socket(AF_INET, SOCK_STREAM, 0)};
  std::uint16_t port_ = 0;
};

// Whether the client says anything before it has gone.
inline bool receive_any(const FileDescriptor& client) {
  std::array<char, 4096> taken{};
  return ::recv(client.number(), taken.data(), taken.size(), 0) > 0;
}

// How much of the text the client's kernel takes: less than all once the client has gone.
inline std::size_t send_all(const FileDescriptor& client, std::string_view text) {
  std::size_t taken = 0;
  while (taken < text.size()) {
    const std::string_view rest = text.substr(taken);
    const ssize_t sent = ::send(client.number(), rest.data(), rest.size(), MSG_NOSIGNAL);
    if (sent <= 0) break;
    taken += static_cast<std::size_t>(sent);
  }
  return taken;
}

}  // namespace honua::catalog
