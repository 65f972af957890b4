// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>

#include "base/result.h"

// Internal to the module.
namespace honua::catalog {

// A file of SQLite that is only read, in one transaction. Statements throw SQLite::Exception.
class SqliteFile {
 public:
  [[nodiscard]] static Result<std::unique_ptr<SqliteFile>> open(const std::string& path,
                                                                std::chrono::milliseconds timeout);
  SqliteFile(const SqliteFile&) = delete;
  SqliteFile& operator=(const SqliteFile&) = delete;
  ~SqliteFile();

  // Calls on_row with the statement at each row. `parameters` are texts for `?1`, `?2` ...
  template <class OnRow, class... Parameters>
  void select(const std::string& statement, OnRow&& on_row, const Parameters&... parameters) {
    SQLite::Statement query(database_, statement);
    if constexpr (sizeof...(parameters) > 0) {
      int place = 0;
      (query.bind(++place, parameters), ...);
    }
    while (query.executeStep()) {
      count(query);
      on_row(query);
    }
  }
  [[nodiscard]] SQLite::Database& database() { return database_; }
  // Preparing a statement cannot be interrupted: throws when the next one comes too late.
  void check_time() const;
  // What users should know of how it was opened.
  [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }

 private:
  SqliteFile(const std::string& uri, std::chrono::milliseconds timeout);
  static int is_over(void* self);
  // Registries may be views of any size, and are kept in memory: throws if they say too much.
  void count(const SQLite::Statement& row);

  SQLite::Database database_;
  std::chrono::steady_clock::time_point deadline_;
  std::vector<std::string> notes_;
  std::size_t bytes_ = 0;  // of all rows
};

// Whether an error is of the file as a whole, whatever was asked for: no time or no memory is left.
[[nodiscard]] bool is_of_whole_file(const SQLite::Exception& error);

// What went wrong, as users need to know it.
[[nodiscard]] std::string trouble_of(const SQLite::Exception& error);

// A column's text; "" for NULL.
[[nodiscard]] std::string text_of(const SQLite::Column& column);

}  // namespace honua::catalog
