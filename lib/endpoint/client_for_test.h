// SPDX-License-Identifier: MIT
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "base/file_descriptor.h"

// A client that sends what it is told to, byte by byte. For tests only.
namespace honua::endpoint {

class TestClient {
 public:
  // `address`: "127.0.0.1:8642".
  explicit TestClient(const std::string& address)
      : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const std::size_t colon = address.rfind(':');
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(colon + 1))));
    HONUA_ASSERT(inet_pton(AF_INET, address.substr(0, colon).c_str(), &where.sin_addr) == 1);
    // NOLINTNEXTLINE: the interface of sockets
    HONUA_ASSERT(::connect(socket_.number(), reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0);
  }

  void send(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t sent = ::send(socket_.number(), text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  // What comes until a text is part of it, the other side ends, or a while is over.
  std::string read_until(std::string_view part,
                         std::chrono::milliseconds patience = std::chrono::milliseconds(5000)) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (part.empty() || read_.find(part) == std::string::npos) {
      const auto left =
          std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
      pollfd waiting{socket_.number(), POLLIN, 0};
      if (left.count() <= 0 || ::poll(&waiting, 1, static_cast<int>(left.count())) <= 0) break;
      std::array<char, 4096> buffer{};
      const ssize_t size = ::recv(socket_.number(), buffer.data(), buffer.size(), 0);
      if (size <= 0) {
        is_closed_ = true;
        break;
      }
      read_.append(buffer.data(), static_cast<std::size_t>(size));
    }
    return read_;
  }
  std::string read_to_end() { return read_until(""); }
  [[nodiscard]] bool is_closed() const { return is_closed_; }
  void forget() { read_.clear(); }

 private:
  FileDescriptor socket_;
  std::string read_;
  bool is_closed_ = false;
};

}  // namespace honua::endpoint
