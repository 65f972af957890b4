// SPDX-License-Identifier: MIT
#pragma once

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/file_descriptor.h"
#include "base/process.h"
#include "base/scratch_directory.h"
#include "redis/session.h"
#include "redis/target.h"

// Real servers on the loopback interface. For tests only.
namespace honua::redis {

// A port that nobody listens at.
inline std::uint16_t free_port() {
  const FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = static_cast<sockaddr*>(static_cast<void*>(&address));
  REQUIRE(::bind(socket.number(), generic, size) == 0);
  REQUIRE(::getsockname(socket.number(), generic, &size) == 0);
  return ntohs(address.sin_port);
}

// A `redis-server` that ends with the test.
class RedisServer {
 public:
  // `settings`: as on its command line, besides port, folder and log.
  explicit RedisServer(std::vector<std::string> settings = {}) : settings_(std::move(settings)) { start(); }
  RedisServer(const RedisServer&) = delete;
  RedisServer& operator=(const RedisServer&) = delete;
  ~RedisServer() { kill(); }

  void start() {
    std::vector<std::string> arguments{
        "redis-server",    "--port",    std::to_string(port_),  "--bind", "127.0.0.1", "--dir",
        directory_.path(), "--logfile", directory_.file("log"), "--save", ""};
    arguments.insert(arguments.end(), settings_.begin(), settings_.end());
    auto started = RunningProcess::start(arguments, {});
    REQUIRE(started.has_value());
    process_.emplace(*std::move(started));
    REQUIRE(is_up());
  }
  // As if its machine lost power.
  void kill() {
    if (!process_) return;
    process_->send(SIGKILL);
    // One that is paused ends, too.
    process_->send(SIGCONT);
    (void)process_->wait(std::chrono::seconds(10));
    process_.reset();
  }
  void pause() const { process_->send(SIGSTOP); }
  void go_on() const { process_->send(SIGCONT); }

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] ServerAddress address() const { return {"127.0.0.1", port_}; }
  [[nodiscard]] const ScratchDirectory& directory() const { return directory_; }
  [[nodiscard]] std::string url() const { return "redis://127.0.0.1:" + std::to_string(port_); }
  [[nodiscard]] Target target() const { return *read_target(url()); }

  // What an operator would do with `redis-cli`, as the default user without a password.
  Reply ask(const Command& command) const {
    auto session = Session::open(address(), Target{}, std::chrono::seconds(5));
    REQUIRE(session.has_value());
    auto reply = session->run(command, std::chrono::seconds(5));
    REQUIRE(reply.has_value());
    return *std::move(reply);
  }

 private:
  // Any answer counts: it may want a password.
  [[nodiscard]] bool is_up() const {
    for (int tries = 0; tries < 500; ++tries) {
      auto session = Session::open(address(), Target{}, std::chrono::seconds(1));
      if (session) {
        const auto reply = session->run(Command{"PING"}, std::chrono::seconds(1));
        if (reply && reply->first_word() != "LOADING") return true;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return false;
  }

  std::vector<std::string> settings_;
  ScratchDirectory directory_;
  std::uint16_t port_ = free_port();
  std::optional<RunningProcess> process_;
};

// Whether something becomes true within a time.
template <class Condition>
[[nodiscard]] bool comes_true(const Condition& condition,
                              std::chrono::milliseconds patience = std::chrono::seconds(10)) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return true;
}

}  // namespace honua::redis
