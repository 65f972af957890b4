// SPDX-License-Identifier: MIT
#pragma once

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/assert.h"

namespace honua::catalog {

// Makes databases of any statements, which can neither leave the database nor take long. For fuzzers only.
class StatementRunner {
 public:
  StatementRunner() {
    sqlite3* opened = nullptr;
    HONUA_ASSERT(sqlite3_open(":memory:", &opened) == SQLITE_OK);
    database_.reset(opened);
    for (const auto& [limit, value] : limits) sqlite3_limit(opened, limit, value);
    sqlite3_set_authorizer(opened, &StatementRunner::authorize, nullptr);
    sqlite3_progress_handler(opened, instructions_between_checks, &StatementRunner::is_over, this);
    run("PRAGMA page_size = 512");
  }

  // Each as far as it goes: one that fails keeps none of the others from being run.
  void run_all(const std::string& statements) {
    const char* rest = statements.c_str();
    const char* const end = rest + statements.size();
    for (std::size_t left = max_statements; left > 0 && rest < end; --left) {
      sqlite3_stmt* prepared = nullptr;
      const char* next = end;
      (void)sqlite3_prepare_v2(database_.get(), rest, static_cast<int>(end - rest), &prepared, &next);
      const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> statement(prepared, &sqlite3_finalize);
      while (prepared != nullptr && sqlite3_step(prepared) == SQLITE_ROW) {
      }
      // What cannot be read to its end says nothing of where that is.
      const std::string_view unread(rest, static_cast<std::size_t>(end - rest));
      rest = prepared != nullptr ? next : rest + std::min(unread.find(';'), unread.size() - 1) + 1;
    }
    run("COMMIT");
  }

  // The file's bytes.
  [[nodiscard]] std::string take() {
    sqlite3_int64 size = 0;
    const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> bytes(
        sqlite3_serialize(database_.get(), "main", &size, 0), &sqlite3_free);
    return bytes ? std::string(bytes.get(), bytes.get() + size) : std::string();
  }

 private:
  struct Limit {
    int limit;
    int value;
  };
  static constexpr std::array limits = std::to_array<Limit>({{SQLITE_LIMIT_LENGTH, 65'536},
                                                             {SQLITE_LIMIT_ATTACHED, 0},
                                                             {SQLITE_LIMIT_COMPOUND_SELECT, 8},
                                                             {SQLITE_LIMIT_EXPR_DEPTH, 32},
                                                             {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 64},
                                                             {SQLITE_LIMIT_TRIGGER_DEPTH, 4}});
  static constexpr int instructions_between_checks = 1000;
  static constexpr int max_checks = 200;
  static constexpr std::size_t max_statements = 100;

  // Neither other files nor settings that outlive the database. To serialize it counts its pages.
  static int authorize(void*, int action, const char* subject, const char*, const char*, const char*) {
    if (action == SQLITE_ATTACH || action == SQLITE_DETACH) return SQLITE_DENY;
    if (action != SQLITE_PRAGMA) return SQLITE_OK;
    constexpr auto allowed = std::to_array<std::string_view>(
        {"application_id", "encoding", "page_count", "page_size", "user_version", "writable_schema"});
    return subject != nullptr && std::ranges::find(allowed, std::string_view(subject)) != allowed.end()
               ? SQLITE_OK
               : SQLITE_DENY;
  }

  static int is_over(void* self) {
    return ++static_cast<StatementRunner*>(self)->checks_ > max_checks ? 1 : 0;
  }

  void run(const char* statement) {
    (void)sqlite3_exec(database_.get(), statement, nullptr, nullptr, nullptr);
  }

  std::unique_ptr<sqlite3, decltype(&sqlite3_close)> database_{nullptr, &sqlite3_close};
  int checks_ = 0;
};

}  // namespace honua::catalog
