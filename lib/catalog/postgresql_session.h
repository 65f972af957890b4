// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <libpq-fe.h>

#include "base/result.h"

// Internal to the module.
namespace honua::catalog {

struct Libpq;

// What a server may send in a session. The catalog of 10,000 tables of ten columns takes 7 MiB. In memory,
// libpq makes up to four times of what it gets.
inline constexpr std::size_t max_postgresql_answer = std::size_t{256} * 1024 * 1024;

// What one statement gave. Texts live as long as it does.
class PostgresqlRows {
 public:
  PostgresqlRows(const Libpq& libpq, PGresult* result);

  [[nodiscard]] std::size_t size() const;
  // "" for NULL.
  [[nodiscard]] std::string_view text(std::size_t row, int column) const;
  [[nodiscard]] bool is_null(std::size_t row, int column) const;
  // A boolean; false for NULL.
  [[nodiscard]] bool flag(std::size_t row, int column) const { return text(row, column) == "t"; }
  // A whole number; 0 for NULL.
  [[nodiscard]] std::int64_t number(std::size_t row, int column) const;

 private:
  const Libpq* libpq_;
  std::unique_ptr<PGresult, void (*)(PGresult*)> result_;
};

// A connection by libpq, which is loaded when the first one is opened. It bears with the server until a
// deadline and up to a limit on what it sends, and is silent about notices. Errors are the server's first
// words; they show neither the password nor, of a connection that fails, its parts.
class PostgresqlSession {
 public:
  // `connection`: a URI or `keyword=value` pairs; libpq adds what the environment and its files say. The
  // deadline is `timeout` from now and holds for all that follows.
  [[nodiscard]] static Result<PostgresqlSession> open(const std::string& connection,
                                                      std::chrono::milliseconds timeout);

  // Sends several statements at once, which is one round trip: the rows of those that give any, in order.
  [[nodiscard]] Result<std::vector<PostgresqlRows>> run(const std::string& statements);
  // The same, with each statement's rows handed over as they come, while the server works on.
  using TakeRows = std::function<void(PostgresqlRows rows)>;
  [[nodiscard]] Result<void> run(const std::string& statements, const TakeRows& take);

 private:
  PostgresqlSession(const Libpq& libpq, PGconn* connection, std::chrono::steady_clock::time_point deadline);

  [[nodiscard]] Result<void> connect();
  [[nodiscard]] Result<void> send_all();
  class Watch;
  [[nodiscard]] Result<void> receive(const Watch& watch);
  // Whether there is time left, and the server has not sent too much.
  [[nodiscard]] Result<void> check_limits() const;
  // Calls a function of libpq that reads from the socket, and counts how much.
  template <class Read>
  auto count_read(const Read& read);
  // Until the socket can be read, or written if `for_writing`.
  [[nodiscard]] Result<void> wait(bool for_writing);
  // A message for people: its first line, without the password.
  [[nodiscard]] std::string shown(std::string_view message) const;
  [[nodiscard]] std::string without_password(std::string_view message) const;
  [[nodiscard]] std::string trouble() const;
  // The same before there is a connection, without its parts.
  [[nodiscard]] std::string connect_trouble() const;

  const Libpq* libpq_;
  std::unique_ptr<PGconn, void (*)(PGconn*)> connection_;
  std::chrono::steady_clock::time_point deadline_;
  std::size_t received_ = 0;
};

// What is wrong with the form of a connection, without its parts; nothing if nothing is. An error if libpq
// is not here.
[[nodiscard]] Result<std::optional<std::string>> fault_of_conninfo(const std::string& connection);

}  // namespace honua::catalog
