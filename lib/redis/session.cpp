// SPDX-License-Identifier: MIT
#include "redis/session.h"

#include <array>
#include <utility>

namespace honua::redis {

namespace {

constexpr std::size_t receive_size = std::size_t{64} * 1024;

}  // namespace

std::string encoded(const Command& command) {
  std::string all = "*" + std::to_string(command.size()) + "\r\n";
  for (const std::string& argument : command) {
    all += '$';
    all += std::to_string(argument.size());
    all += "\r\n";
    all += argument;
    all += "\r\n";
  }
  return all;
}

RedisResult<Session> Session::connect(const ServerAddress& address, const Target& target,
                                      const std::vector<Command>& greeting, Deadline deadline) {
  auto channel = Channel::open(address, target.is_tls ? std::optional(target.tls) : std::nullopt, deadline);
  if (!channel) return tl::unexpected(channel.error());
  Session made(*std::move(channel));
  if (greeting.empty()) return made;
  const auto replies = made.run_until(greeting, deadline);
  if (!replies) return tl::unexpected(replies.error());
  for (const Reply& one : *replies) {
    if (!one.is_error()) continue;
    // Of a password that nobody asked for, the server's words say enough: it has a line for that.
    return tl::unexpected(error_of(one));
  }
  return made;
}

RedisResult<Session> Session::open(const ServerAddress& address, const Target& target,
                                   std::chrono::milliseconds timeout) {
  std::vector<Command> greeting;
  if (!target.password.empty() && target.user.empty()) greeting.push_back({"AUTH", target.password});
  if (!target.user.empty()) greeting.push_back({"AUTH", target.user, target.password});
  if (target.database != 0) greeting.push_back({"SELECT", std::to_string(target.database)});
  return connect(address, target, greeting, deadline_in(timeout));
}

RedisResult<Session> Session::open_sentinel(const ServerAddress& address, const Target& target,
                                            std::chrono::milliseconds timeout) {
  std::vector<Command> greeting;
  if (!target.sentinel_password.empty()) greeting.push_back({"AUTH", target.sentinel_password});
  return connect(address, target, greeting, deadline_in(timeout));
}

RedisResult<Reply> Session::receive(Deadline deadline) {
  while (true) {
    auto reply = reader_->next();
    if (!reply) return tl::unexpected(reply.error());
    if (*reply) return **std::move(reply);
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): filled by what comes
    std::array<char, receive_size> bytes;
    const auto size = channel_.receive(bytes.data(), bytes.size(), deadline);
    if (!size) return tl::unexpected(size.error());
    const auto fed = reader_->feed(std::string_view(bytes.data(), *size));
    if (!fed) return tl::unexpected(fed.error());
  }
}

RedisResult<std::vector<Reply>> Session::run_until(const std::vector<Command>& commands, Deadline deadline) {
  std::string text;
  for (const Command& one : commands) text += encoded(one);
  const auto sent = channel_.send(text, deadline);
  if (!sent) return tl::unexpected(sent.error());
  std::vector<Reply> replies;
  replies.reserve(commands.size());
  for (std::size_t i = 0; i < commands.size(); ++i) {
    auto reply = receive(deadline);
    if (!reply) return tl::unexpected(reply.error());
    replies.push_back(*std::move(reply));
  }
  return replies;
}

RedisResult<std::vector<Reply>> Session::run(const std::vector<Command>& commands,
                                             std::chrono::milliseconds timeout) {
  return run_until(commands, deadline_in(timeout));
}

RedisResult<Reply> Session::run(const Command& command, std::chrono::milliseconds timeout) {
  auto replies = run_until({command}, deadline_in(timeout));
  if (!replies) return tl::unexpected(replies.error());
  return std::move(replies->front());
}

RedisResult<void> Session::send(const Command& command, std::chrono::milliseconds timeout) {
  return channel_.send(encoded(command), deadline_in(timeout));
}

RedisResult<std::optional<Reply>> Session::take() {
  while (true) {
    auto reply = reader_->next();
    if (!reply || *reply) return reply;
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): filled by what comes
    std::array<char, receive_size> bytes;
    const auto size = channel_.receive_now(bytes.data(), bytes.size());
    if (!size) return tl::unexpected(size.error());
    if (!*size) return std::optional<Reply>();
    if (**size == 0) return trouble(Trouble::unreachable, "it ended the connection");
    const auto fed = reader_->feed(std::string_view(bytes.data(), **size));
    if (!fed) return tl::unexpected(fed.error());
  }
}

}  // namespace honua::redis
