// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalog/reader.h"

// Internal to the module.
namespace honua::catalog {

using MysqlValue = std::optional<std::string>;  // nothing is NULL
using MysqlRow = std::vector<MysqlValue>;
using MysqlRows = std::vector<MysqlRow>;

// Who answers statements: a server, or a test's recorded rows.
class MysqlQueries {
 public:
  MysqlQueries() = default;
  MysqlQueries(const MysqlQueries&) = delete;
  MysqlQueries& operator=(const MysqlQueries&) = delete;
  virtual ~MysqlQueries() = default;

  // The rows of each statement, in one round trip. The first error ends it.
  [[nodiscard]] virtual Result<std::vector<MysqlRows>> run(const std::vector<std::string>& statements) = 0;
};

struct MysqlClient;  // the client library's functions

// What the client library is called, and Debian's package that it comes in.
inline constexpr const char* mysql_library = "libmariadb.so.3";
inline constexpr const char* mysql_package = "libmariadb3";

// What the rows that a server sends in a session may take in memory. Those of 10,000 tables of ten columns
// take some 60 MiB, by their number.
inline constexpr std::size_t max_mysql_answer = std::size_t{512} * 1024 * 1024;

// The functions of the library, which stays loaded.
[[nodiscard]] Result<std::shared_ptr<const MysqlClient>> load_mysql_client(const char* library);

// A connection to a server, which is borne with until a deadline and up to a limit on what it sends. Errors
// are what users need to know, and hold no password and, of a connection that fails, none of its parts.
class MysqlSession final : public MysqlQueries {
 public:
  [[nodiscard]] static Result<std::unique_ptr<MysqlSession>> connect(const connection::MysqlTarget& target,
                                                                     std::chrono::milliseconds timeout);
  MysqlSession(const MysqlSession&) = delete;
  MysqlSession& operator=(const MysqlSession&) = delete;
  ~MysqlSession() override;

  [[nodiscard]] Result<std::vector<MysqlRows>> run(const std::vector<std::string>& statements) override;

 private:
  struct State;
  explicit MysqlSession(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace honua::catalog
