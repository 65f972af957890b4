// SPDX-License-Identifier: MIT
#pragma once

#include "catalog/mysql_session.h"

// Internal to the module.
namespace honua::catalog {

// The catalog that a server's answers make, in two round trips.
[[nodiscard]] Result<Catalog> read_mysql_answers(MysqlQueries& queries, const ReadOptions& options);

}  // namespace honua::catalog
