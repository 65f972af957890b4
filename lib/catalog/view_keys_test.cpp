// SPDX-License-Identifier: MIT
#include "catalog/view_keys.h"

#include <doctest/doctest.h>

#include <string>

namespace honua::catalog {

namespace {

// As PostgreSQL writes a view's query, cut to what is read; `more` are targets after the first.
std::string action_of(const std::string& from, const std::string& more = "",
                      const std::string& group = "<>") {
  return "({QUERY :commandType 1 :hasAggs false :hasTargetSRFs false :cteList <> :rtable ({RTE :alias <> "
         ":eref "
         "{ALIAS :aliasname odd\\{\\ name :colnames (\"id\" \"geom\")}}) :jointree {FROMEXPR :fromlist (" +
         from +
         ") :quals <>} :targetList ({TARGETENTRY :expr {VAR :varno 1} :resno 1 :resname fid :ressortgroupref "
         "0 "
         ":resorigtbl 100 :resorigcol 1 :resjunk false}" +
         more + ") :groupClause " + group +
         " :groupingSets <> :distinctClause <> :setOperations <> :constraintDeps <>})";
}

std::optional<ViewKey> find_key(RelationId view, const std::map<RelationId, ViewQuery>& views,
                                const std::map<RelationId, std::vector<ColumnNumber>>& primary_keys) {
  const auto keys = find_view_keys(views, primary_keys);
  const auto found = keys.find(view);
  return found == keys.end() ? std::nullopt : std::optional(found->second);
}

const std::string one_table = "{RANGETBLREF :rtindex 1}";
const std::string join =
    "{JOINEXPR :jointype 0 :larg {RANGETBLREF :rtindex 1} :rarg {RANGETBLREF :rtindex 2} :quals <>}";

}  // namespace

TEST_CASE("a view of one table keeps its key") {
  const auto query = read_view_query(action_of(one_table));
  REQUIRE(query.has_value());
  REQUIRE(query->targets.size() == 1);
  CHECK(query->targets[0].column == 1);
  CHECK(query->targets[0].origin == 100);
  CHECK(query->keeps_rows_apart);
  const auto key = find_key(7, {{7, *query}}, {{100, {1}}});
  REQUIRE(key.has_value());
  CHECK(key->columns == std::vector<ColumnNumber>{1});
  CHECK(key->is_certain);
}

TEST_CASE("joins and groups may repeat a key") {
  for (const std::string& action :
       {action_of(join), action_of("{RANGETBLREF :rtindex 1} {RANGETBLREF :rtindex 2}"),
        action_of(one_table, "", "({SORTGROUPCLAUSE :tleSortGroupRef 1})")}) {
    const auto query = read_view_query(action);
    REQUIRE(query.has_value());
    const auto key = find_key(7, {{7, *query}}, {{100, {1}}});
    REQUIRE(key.has_value());
    CHECK_FALSE(key->is_certain);
  }
}

TEST_CASE("a view of a view has the key of the table below") {
  const auto lower = read_view_query(action_of(one_table));
  auto upper = *lower;
  upper.targets[0] = {3, 7, 1};
  const auto key = find_key(8, {{7, *lower}, {8, upper}}, {{100, {1}}});
  REQUIRE(key.has_value());
  CHECK(key->columns == std::vector<ColumnNumber>{3});
  CHECK(key->is_certain);
}

TEST_CASE("a view that does not show the whole key has none") {
  const auto query = read_view_query(action_of(one_table));
  CHECK_FALSE(find_key(7, {{7, *query}}, {{100, {1, 2}}}).has_value());
  CHECK_FALSE(find_key(7, {{7, *query}}, {{101, {1}}}).has_value());
}

TEST_CASE("columns that only sort are not the view's") {
  const auto query =
      read_view_query(action_of(one_table,
                                " {TARGETENTRY :expr {VAR :varno 1} :resno 2 :resname x :ressortgroupref 1 "
                                ":resorigtbl 100 :resorigcol 2 :resjunk true}"));
  REQUIRE(query.has_value());
  CHECK(query->targets.size() == 1);
}

TEST_CASE("views that read each other end") {
  ViewQuery query;
  query.targets.push_back({1, 8, 1});
  ViewQuery other;
  other.targets.push_back({1, 7, 1});
  CHECK_FALSE(find_key(7, {{7, query}, {8, other}}, {}).has_value());
}

TEST_CASE("views that read each other may show a table's key, too") {
  const std::map<RelationId, ViewQuery> views = {{7, {{{1, 8, 1}}, true}},
                                                 {8, {{{2, 7, 1}, {1, 100, 1}}, true}}};
  const auto keys = find_view_keys(views, {{100, {1}}});
  REQUIRE(keys.size() == 2);
  CHECK(keys.at(7).columns == std::vector<ColumnNumber>{1});
  CHECK(keys.at(8).columns == std::vector<ColumnNumber>{1});
}

TEST_CASE("of several keys a view has that of the nearest table") {
  const std::map<RelationId, ViewQuery> views = {{7, {{{1, 100, 1}}, true}},
                                                 {8, {{{1, 7, 1}, {2, 101, 1}}, false}}};
  const auto keys = find_view_keys(views, {{100, {1}}, {101, {1}}});
  REQUIRE(keys.contains(8));
  CHECK(keys.at(8).columns == std::vector<ColumnNumber>{2});
}

TEST_CASE("views that each read the two below are looked at in no time") {
  constexpr RelationId levels = 30;
  std::map<RelationId, ViewQuery> views;
  for (RelationId id = 2; id < levels * 2; ++id) {
    const RelationId below = id < 4 ? 1000 : id / 2 * 2 - 2;
    views[id].targets = {{1, below, 1}, {2, below + 1, 1}};
  }
  // Whether none shows the whole key, so that every way is tried, or all do.
  CHECK(find_view_keys(views, {{1000, {1, 2}}}).empty());
  CHECK(find_view_keys(views, {{1000, {1}}}).size() == views.size());
}

TEST_CASE("a key is followed through as many views as the limit says") {
  std::map<RelationId, ViewQuery> views;
  for (RelationId id = 1; id <= max_view_depth + 5; ++id)
    views[id] = {{{1, id == 1 ? 1000 : id - 1, 1}}, true};
  const auto keys = find_view_keys(views, {{1000, {1}}});
  CHECK(keys.size() == max_view_depth);
  CHECK(keys.contains(max_view_depth));
  CHECK_FALSE(keys.contains(max_view_depth + 1));
}

TEST_CASE("what is no rule is no key and no trouble") {
  for (const char* action : {"", "<>", "({QUERY", "({QUERY :targetList ({TARGETENTRY :resno x})})", "}}}})))",
                             "({QUERY :targetList \\", " :", "({ :"}) {
    CAPTURE(action);
    const auto query = read_view_query(action);
    CHECK((!query || query->targets.empty()));
  }
}

}  // namespace honua::catalog
