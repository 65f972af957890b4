// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Internal to the module.
namespace honua::catalog {

// What a view reads, where that is a single relation each row of which it shows once at most.
struct MysqlViewSource {
  std::string schema;
  std::string relation;
  std::vector<std::string> columns;  // that its columns repeat, in order; "" for what is computed
};

// `definition` is VIEWS.VIEW_DEFINITION, as the servers write it anew: all names in full and in backticks,
// words of SQL in lower case. Nothing for a join, a union, groups, and all that is not understood.
[[nodiscard]] std::optional<MysqlViewSource> read_mysql_view(std::string_view definition);

}  // namespace honua::catalog
