// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/file_descriptor.h"
#include "redis/deadline.h"
#include "redis/reply.h"
#include "redis/target.h"
#include "redis/tls.h"

// Internal to the module.
namespace honua::redis {

// Bytes to and from a server, over TCP or over TLS on it.
class Channel {
 public:
  // `tls`: nothing for plain TCP. Never plain where TLS was asked for.
  [[nodiscard]] static RedisResult<Channel> open(const ServerAddress& address,
                                                 const std::optional<TlsFiles>& tls, Deadline deadline);

  [[nodiscard]] RedisResult<void> send(std::string_view bytes, Deadline deadline);
  // At least one byte, or an error: the time is over, or the other side has ended.
  [[nodiscard]] RedisResult<std::size_t> receive(char* bytes, std::size_t size, Deadline deadline);
  // What is there now; nothing if nothing is.
  [[nodiscard]] RedisResult<std::optional<std::size_t>> receive_now(char* bytes, std::size_t size);
  [[nodiscard]] int descriptor() const { return socket_.number(); }

 private:
  explicit Channel(FileDescriptor socket) : socket_(std::move(socket)) {}

  FileDescriptor socket_;
  std::unique_ptr<TlsChannel> tls_;  // goes before the socket does
};

}  // namespace honua::redis
