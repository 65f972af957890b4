// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "watching/event_log.h"

// The requests that a running watch answers over HTTP/1.1.
namespace honua::endpoint {

// Connections at a time; others wait in the system's queue. Each costs some kilobytes.
inline constexpr std::size_t max_connections = 32;
// Of these, readers of events, which stay: others must get through.
inline constexpr std::size_t max_event_readers = 16;
// A request has a few lines. Readers of the first one need no more, either.
inline constexpr std::uint32_t max_header_size = 8 * 1024;
inline constexpr std::uint64_t max_body_size = std::uint64_t{64} * 1024;
// For a request to arrive, and for an answer to be read.
inline constexpr std::chrono::seconds exchange_timeout{5};
// Events that wait for a slow reader; the connection ends beyond that.
inline constexpr std::size_t max_waiting_events = 256;
// So often a reader of events hears something, so that both sides notice when the other has gone.
inline constexpr std::chrono::seconds heartbeat_interval{15};

struct Options {
  std::string address;  // "127.0.0.1:8642", "[::1]:8642"; port 0 for any that is free
  std::string token;    // that allows reloads; "" to refuse them
};

// An answer in JSON or in text.
struct Answer {
  unsigned status = 200;
  std::string body;
  std::string_view content_type = "application/json";
};

// What the endpoint asks its program for. All but `reload` are called on the endpoint's thread and must be
// quick.
struct Handlers {
  std::function<Answer()> health;   // GET /healthz: whether the program still works
  std::function<Answer()> ready;    // GET /readyz: whether it has a configuration
  std::function<Answer()> version;  // GET /version: what runs
  std::function<Answer()> metrics;  // GET /metrics
  // POST /reload: looks, and calls back with what came of it; on any thread, once.
  std::function<void(std::function<void(Answer)>)> reload;
};

// Whether a text can be an address to listen at; an error says what one is.
[[nodiscard]] Result<void> check_address(std::string_view text);

// Listens until it is destroyed, on a thread of its own.
class Endpoint {
 public:
  // An error if the address is none, or cannot be listened at. The log must outlive it.
  [[nodiscard]] static Result<std::unique_ptr<Endpoint>> start(const Options& options, Handlers handlers,
                                                               watching::EventLog& log);
  Endpoint(const Endpoint&) = delete;
  Endpoint& operator=(const Endpoint&) = delete;
  ~Endpoint();

  // Where it listens: "127.0.0.1:8642".
  [[nodiscard]] const std::string& address() const;

 private:
  class Server;
  explicit Endpoint(std::shared_ptr<Server> server);

  std::shared_ptr<Server> server_;
};

}  // namespace honua::endpoint
