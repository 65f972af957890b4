// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "redis/channel.h"
#include "redis/reply.h"
#include "redis/reply_reader.h"
#include "redis/target.h"

namespace honua::redis {

// A command with its arguments, which may be any bytes.
using Command = std::vector<std::string>;

// As it is sent: a RESP array of texts.
[[nodiscard]] std::string encoded(const Command& command);

// One connection that is logged in. After an error it is of no use any more.
class Session {
 public:
  // `timeout`: for all of it, with TLS and the password.
  [[nodiscard]] static RedisResult<Session> open(const ServerAddress& address, const Target& target,
                                                 std::chrono::milliseconds timeout);
  // The same for a Sentinel, which has a password of its own and no databases.
  [[nodiscard]] static RedisResult<Session> open_sentinel(const ServerAddress& address, const Target& target,
                                                          std::chrono::milliseconds timeout);

  // Sends commands at once, which is one round trip, and takes their replies; errors of the server are
  // replies. If one does not come, nobody knows how many of the commands were run.
  [[nodiscard]] RedisResult<std::vector<Reply>> run(const std::vector<Command>& commands,
                                                    std::chrono::milliseconds timeout);
  [[nodiscard]] RedisResult<Reply> run(const Command& command, std::chrono::milliseconds timeout);

  // For subscriptions: sends without waiting for a reply, and takes the replies that have come by now; each
  // is one that nobody asked for. An error if the other side has ended.
  [[nodiscard]] RedisResult<void> send(const Command& command, std::chrono::milliseconds timeout);
  [[nodiscard]] RedisResult<std::optional<Reply>> take();
  [[nodiscard]] int descriptor() const { return channel_.descriptor(); }

 private:
  explicit Session(Channel channel)
      : channel_(std::move(channel)), reader_(std::make_unique<ReplyReader>()) {}
  [[nodiscard]] static RedisResult<Session> connect(const ServerAddress& address, const Target& target,
                                                    const std::vector<Command>& greeting, Deadline deadline);
  [[nodiscard]] RedisResult<std::vector<Reply>> run_until(const std::vector<Command>& commands,
                                                          Deadline deadline);
  [[nodiscard]] RedisResult<Reply> receive(Deadline deadline);

  Channel channel_;
  std::unique_ptr<ReplyReader> reader_;
};

}  // namespace honua::redis
