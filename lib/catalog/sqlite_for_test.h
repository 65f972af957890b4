// SPDX-License-Identifier: MIT
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <string>

namespace honua::catalog {

// A new file of SQLite that has run some statements. For tests only.
inline void make_sqlite_file(const std::string& path, const std::string& statements) {
  SQLite::Database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec(statements);
}

}  // namespace honua::catalog
