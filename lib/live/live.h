// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

#include "base/result.h"
#include "catalog/catalog.h"
#include "catalog/reader.h"
#include "validation/check.h"

// A configuration held to the databases that it names.
namespace honua::live {

// Reads the database behind a connection, which is one of `provider`. It is called from several threads at a
// time. An error must not show the connection.
using ReadCatalog = std::function<Result<catalog::Catalog>(
    const std::string& connection, const std::string& provider, const catalog::ReadOptions& options)>;

// Each takes a thread and a connection; of more, some wait.
inline constexpr std::size_t most_at_a_time = 32;

struct LiveOptions {
  ReadCatalog read;
  std::chrono::milliseconds timeout = std::chrono::seconds(10);  // of each data source
};

// Reads the database of each data source, also of one that no layer names, `most_at_a_time`, and reports what
// layers say that is not so there. A database that cannot be read is one finding, whatever its layers.
void check_databases(const config::Configuration& configuration, const validation::Options& options,
                     const LiveOptions& live, diagnostics::Diagnostics& sink);

}  // namespace honua::live
