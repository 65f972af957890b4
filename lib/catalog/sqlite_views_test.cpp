// SPDX-License-Identifier: MIT
#include "catalog/sqlite_views.h"

#include <doctest/doctest.h>

#include <chrono>
#include <ostream>

#include "base/scratch_directory.h"
#include "catalog/sqlite_for_test.h"

namespace honua::catalog {

namespace {

using Statements = std::map<std::string, std::string, NameLess>;

// A file whose time is over when it has this long been open.
class TimedFile {
 public:
  explicit TimedFile(std::chrono::milliseconds timeout) {
    make_sqlite_file(directory_.file("a.db"), "CREATE TABLE t (id INTEGER PRIMARY KEY);");
    auto opened = SqliteFile::open(directory_.file("a.db"), timeout);
    REQUIRE_MESSAGE(opened.has_value(), opened.error().message);
    file_ = *std::move(opened);
  }
  [[nodiscard]] const SqliteFile& get() const { return *file_; }

 private:
  ScratchDirectory directory_;
  std::unique_ptr<SqliteFile> file_;
};

// Each but the first mentions the one before.
Statements chain_of_views(int count) {
  Statements statements;
  for (int i = 1; i <= count; ++i)
    statements["v" + std::to_string(i)] = "SELECT * FROM \"V" + std::to_string(i - 1) + "\"";
  return statements;
}

}  // namespace

TEST_CASE("views are deep from the five hundred and first on") {
  const TimedFile file(std::chrono::seconds(30));
  CHECK(find_deep_views(chain_of_views(500), file.get()).empty());
  const auto deep = find_deep_views(chain_of_views(503), file.get());
  CHECK(deep == std::set<std::string, NameLess>{"v501", "v502", "v503"});
}

TEST_CASE("views that mention each other are deep, with those that mention them") {
  const TimedFile file(std::chrono::seconds(30));
  Statements statements;
  for (int i = 0; i < 600; ++i) statements["v" + std::to_string(i)] = "SELECT 1";
  statements["v1"] = "SELECT * FROM v2";
  statements["v2"] = "SELECT * FROM [V1]";
  statements["v3"] = "SELECT * FROM v2, v4";
  statements["v5"] = "SELECT * FROM v4, v5";
  CHECK(find_deep_views(statements, file.get()) == std::set<std::string, NameLess>{"v1", "v2", "v3"});
}

TEST_CASE("to look for deep views ends when time is over") {
  const TimedFile file(std::chrono::milliseconds(0));
  CHECK_THROWS_AS((void)find_deep_views(chain_of_views(501), file.get()), SQLite::Exception);
}

TEST_CASE("views that mention each other too often are given up") {
  const TimedFile file(std::chrono::seconds(300));
  constexpr int count = 1000;
  std::string all;
  for (int i = 0; i <= count; ++i) all += "v" + std::to_string(i) + ' ';
  Statements statements;
  for (int i = 0; i < count; ++i) statements["v" + std::to_string(i)] = all;
  // 1000 times all but itself.
  CHECK_NOTHROW((void)find_deep_views(statements, file.get()));
  statements["v" + std::to_string(count)] = all;
  CHECK_THROWS_AS((void)find_deep_views(statements, file.get()), SQLite::Exception);
}

}  // namespace honua::catalog
