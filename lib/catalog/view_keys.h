// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

// Internal to the module: the keys of PostgreSQL's views, from what their rewrite rules say they read. The
// rules' text is the server's own (src/backend/nodes/outfuncs.c) and may change; what cannot be read is no
// key, never an error.
namespace honua::catalog {

using RelationId = std::uint32_t;   // pg_class.oid
using ColumnNumber = std::int32_t;  // pg_attribute.attnum

// What a view reads.
struct ViewQuery {
  struct Target {
    ColumnNumber column = 0;         // of the view
    RelationId origin = 0;           // the relation that it comes from unchanged; 0: from none
    ColumnNumber origin_column = 0;  // there
  };
  std::vector<Target> targets;
  // It reads one relation, and gives each of its rows once at most.
  bool keeps_rows_apart = false;
};

// From pg_rewrite.ev_action.
[[nodiscard]] std::optional<ViewQuery> read_view_query(std::string_view action);

struct ViewKey {
  std::vector<ColumnNumber> columns;
  bool is_certain = false;  // nothing in the view can repeat a row
};

// Views read views: what is further from its table than this gets no key. People's are a few apart.
inline constexpr int max_view_depth = 32;

// The keys of views, taken over from those of tables; of the nearest table, if there are several. Those that
// do not show one have none.
[[nodiscard]] std::map<RelationId, ViewKey> find_view_keys(
    const std::map<RelationId, ViewQuery>& views,
    const std::map<RelationId, std::vector<ColumnNumber>>& primary_keys);

}  // namespace honua::catalog
