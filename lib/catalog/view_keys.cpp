// SPDX-License-Identifier: MIT
#include "catalog/view_keys.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <string>
#include <utility>

namespace honua::catalog {

namespace {

// The members of a node at one depth: `{QUERY :commandType 1 :targetList (...) ...}`.
class NodeText {
 public:
  // `depth`: how many brackets stand around the members.
  NodeText(std::string_view text, int depth) { split(text, depth); }

  // "" if there is none.
  [[nodiscard]] std::string_view find(std::string_view name) const {
    const auto found = members_.find(name);
    return found == members_.end() ? std::string_view() : found->second;
  }

 private:
  void split(std::string_view text, int wanted) {
    int depth = 0;
    std::string_view name;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
      const char c = text[at];
      if (c == '\\') {
        ++at;
      } else if (c == '{' || c == '(') {
        ++depth;
      } else if (c == '}' || c == ')') {
        if (depth-- == wanted && !name.empty()) {
          add(name, text.substr(begin, at - begin));
          name = {};
        }
      } else if (c == ':' && depth == wanted && at > 0 && text[at - 1] == ' ') {
        if (!name.empty()) add(name, text.substr(begin, at - begin));
        const std::size_t end = std::min(text.find(' ', at), text.size());
        name = text.substr(at + 1, end - at - 1);
        begin = std::min(end + 1, text.size());
        at = end - 1;
      }
    }
  }

  void add(std::string_view name, std::string_view value) {
    while (value.ends_with(' ')) value.remove_suffix(1);
    members_.emplace(name, value);
  }

  std::map<std::string_view, std::string_view> members_;
};

// The nodes `{...}` of a list `({...} {...})`.
std::vector<std::string_view> nodes_of(std::string_view list) {
  std::vector<std::string_view> nodes;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < list.size(); ++at) {
    const char c = list[at];
    if (c == '\\') {
      ++at;
    } else if (c == '{') {
      if (depth++ == 0) begin = at;
    } else if (c == '}' && --depth == 0) {
      nodes.push_back(list.substr(begin, at + 1 - begin));
    }
  }
  return nodes;
}

std::optional<std::uint32_t> read_id(std::string_view text) {
  std::uint32_t number = 0;
  const auto [stop, trouble] = std::from_chars(text.data(), text.data() + text.size(), number);
  return trouble == std::errc() ? std::optional(number) : std::nullopt;
}

std::size_t count_in(std::string_view text, std::string_view word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) ++count;
  return count;
}

bool is_one_relation(const NodeText& query) {
  constexpr std::string_view none = "<>";
  const std::string_view from = query.find("jointree");
  return from.find("{JOINEXPR") == std::string_view::npos && count_in(from, "{RANGETBLREF") == 1 &&
         query.find("setOperations") == none && query.find("groupClause") == none &&
         query.find("groupingSets") == none && query.find("distinctClause") == none &&
         query.find("hasAggs") == "false" && query.find("hasTargetSRFs") == "false";
}

using ViewKeys = std::map<RelationId, ViewKey>;

// The view's columns that are the key's.
std::optional<ViewKey> key_shown_by(const ViewQuery& view, RelationId origin, const ViewKey& key) {
  ViewKey made;
  made.is_certain = key.is_certain && view.keeps_rows_apart;
  for (const ColumnNumber column : key.columns) {
    const auto target = std::ranges::find_if(view.targets, [&](const ViewQuery::Target& one) {
      return one.origin == origin && one.origin_column == column;
    });
    if (target == view.targets.end()) return std::nullopt;
    made.columns.push_back(target->column);
  }
  return made;
}

std::optional<ViewKey> key_of_view(const ViewQuery& view, const ViewKeys& below) {
  std::set<RelationId> origins;
  for (const ViewQuery::Target& one : view.targets) origins.insert(one.origin);
  for (const RelationId origin : origins) {
    const auto key = below.find(origin);
    if (key == below.end()) continue;
    if (auto shown = key_shown_by(view, origin, key->second)) return shown;
  }
  return std::nullopt;
}

}  // namespace

std::optional<ViewQuery> read_view_query(std::string_view action) {
  // A list of one query: its members are within two brackets.
  const NodeText query(action, 2);
  ViewQuery made;
  for (const std::string_view node : nodes_of(query.find("targetList"))) {
    const NodeText entry(node, 1);
    const auto number = read_id(entry.find("resno"));
    const auto origin = read_id(entry.find("resorigtbl"));
    const auto column = read_id(entry.find("resorigcol"));
    if (!number || !origin || !column) return std::nullopt;
    if (entry.find("resjunk") == "true") continue;
    made.targets.push_back({static_cast<ColumnNumber>(*number), *origin, static_cast<ColumnNumber>(*column)});
  }
  made.keeps_rows_apart = is_one_relation(query);
  return made;
}

ViewKeys find_view_keys(const std::map<RelationId, ViewQuery>& views,
                        const std::map<RelationId, std::vector<ColumnNumber>>& primary_keys) {
  ViewKeys all;
  ViewKeys last;
  for (const auto& [table, columns] : primary_keys) last[table] = {columns, true};
  // From the tables up, a level a round: a view that many ways lead to is looked at no more often, and cycles
  // are never entered.
  for (int depth = 0; depth < max_view_depth && !last.empty(); ++depth) {
    ViewKeys next;
    for (const auto& [id, view] : views) {
      if (all.contains(id)) continue;
      if (auto key = key_of_view(view, last)) next.emplace(id, *std::move(key));
    }
    all.insert(next.begin(), next.end());
    last = std::move(next);
  }
  return all;
}

}  // namespace honua::catalog
