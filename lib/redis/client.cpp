// SPDX-License-Identifier: MIT
#include "redis/client.h"

#include <algorithm>
#include <utility>

#include "text/words.h"

namespace honua::redis {

namespace {

// What may be over a moment later, and is tried once more at once on a new connection.
bool is_of_connection(Trouble kind) { return kind == Trouble::unreachable || kind == Trouble::malformed; }

RedisResult<Session> open_if_master(const ServerAddress& address, const Target& target) {
  auto session = Session::open(address, target, connect_timeout);
  if (!session) return session;
  const auto role = session->run(Command{"ROLE"}, answer_timeout);
  if (!role) return tl::unexpected(role.error());
  if (role->is_error()) return tl::unexpected(error_of(*role));
  // A Sentinel may still name the one that was a master.
  if (role->elements.empty() || role->elements.front().text != "master")
    return trouble(Trouble::read_only, to_string(address) + " is not the master yet");
  return session;
}

std::optional<ServerAddress> address_of(const Reply& named) {
  if (named.elements.size() != 2) return std::nullopt;
  const auto port = text::read_whole_number<std::uint16_t>(named.elements[1].text);
  if (!port) return std::nullopt;
  return ServerAddress{named.elements[0].text, *port};
}

RedisResult<ServerAddress> ask_sentinel(const ServerAddress& sentinel, const Target& target) {
  auto session = Session::open_sentinel(sentinel, target, connect_timeout);
  if (!session) return tl::unexpected(session.error());
  const auto named =
      session->run(Command{"SENTINEL", "get-master-addr-by-name", target.master}, answer_timeout);
  if (!named) return tl::unexpected(named.error());
  if (named->is_error()) return tl::unexpected(error_of(*named));
  const auto address = address_of(*named);
  if (!address) return trouble(Trouble::refused, "its Sentinels know no master of that name");
  return *address;
}

}  // namespace

RedisResult<Session> open_master(const Target& target) {
  if (target.master.empty()) return Session::open(target.servers.front(), target, connect_timeout);
  RedisResult<Session> tried = trouble(Trouble::unreachable, "it has no Sentinels");
  for (const ServerAddress& sentinel : target.servers) {
    const auto address = ask_sentinel(sentinel, target);
    if (!address) {
      tried = tl::unexpected(address.error());
      continue;
    }
    tried = open_if_master(*address, target);
    if (tried) return tried;
  }
  return tried;
}

std::chrono::milliseconds jittered(std::chrono::milliseconds backoff, std::minstd_rand& random) {
  return std::chrono::milliseconds(std::uniform_int_distribution<std::int64_t>(0, backoff.count())(random));
}

std::chrono::milliseconds next_backoff(std::chrono::milliseconds backoff) {
  return std::clamp(backoff * 2, first_backoff, last_backoff);
}

RedisResult<void> Client::connect() {
  if (session_) return {};
  if (std::chrono::steady_clock::now() < next_try_) return tl::unexpected(last_error_);
  auto made = redirected_ ? Session::open(*redirected_, target_, connect_timeout) : open_master(target_);
  if (!made) {
    redirected_.reset();
    last_error_ = made.error();
    backoff_ = next_backoff(backoff_);
    next_try_ = std::chrono::steady_clock::now() + jittered(backoff_, random_);
    return tl::unexpected(last_error_);
  }
  session_.emplace(*std::move(made));
  ++connections_;
  return {};
}

void Client::redirect(const Reply& moved) {
  // "MOVED 3999 127.0.0.1:6381"
  const std::size_t blank = moved.text.rfind(' ');
  const std::string place = blank == std::string::npos ? "" : moved.text.substr(blank + 1);
  const std::size_t colon = place.rfind(':');
  if (colon == std::string::npos) return;
  const auto port = text::read_whole_number<std::uint16_t>(std::string_view(place).substr(colon + 1));
  std::string host = place.substr(0, colon);
  // A node that does not know its own name means the one that was asked.
  if (host.empty()) host = target_.servers.front().host;
  if (port) redirected_ = ServerAddress{std::move(host), *port};
}

RedisResult<std::vector<Reply>> Client::run_once(const std::vector<Command>& commands,
                                                 std::string_view tolerated) {
  const auto connected = connect();
  if (!connected) return tl::unexpected(connected.error());
  auto replies = session_->run(commands, answer_timeout);
  if (!replies) {
    session_.reset();
    redirected_.reset();
    return replies;
  }
  for (const Reply& one : *replies) {
    if (!one.is_error() || (!tolerated.empty() && one.text.starts_with(tolerated))) continue;
    const bool is_moved = one.text.starts_with("MOVED ");
    RedisError error =
        is_moved ? RedisError{Trouble::unreachable, "its cluster has moved our keys"} : error_of(one);
    // Another server may be the one by now.
    const bool is_elsewhere =
        is_moved || error.trouble == Trouble::read_only || error.trouble == Trouble::busy;
    if (is_elsewhere) {
      session_.reset();
      redirected_.reset();
    }
    if (is_moved) redirect(one);
    if (tolerated == any_error && !is_moved && error.trouble != Trouble::busy) continue;
    return tl::unexpected(std::move(error));
  }
  backoff_ = std::chrono::milliseconds(0);
  return replies;
}

RedisResult<std::vector<Reply>> Client::run(const std::vector<Command>& commands, std::string_view tolerated,
                                            Tries tries) {
  const auto begun = std::chrono::steady_clock::now();
  const bool was_connected = session_.has_value();
  auto replies = run_once(commands, tolerated);
  if (replies || session_ || !is_of_connection(replies.error().trouble)) return replies;
  // A server that was never reached is not asked twice.
  if (!was_connected && !redirected_) return replies;
  const bool took_too_long = std::chrono::steady_clock::now() - begun >= answer_timeout;
  if (took_too_long && tries == Tries::one_in_time) return replies;
  return run_once(commands, tolerated);
}

RedisResult<Reply> Client::run(const Command& command, std::string_view tolerated) {
  auto replies = run(std::vector<Command>{command}, tolerated);
  if (!replies) return tl::unexpected(replies.error());
  return std::move(replies->front());
}

}  // namespace honua::redis
