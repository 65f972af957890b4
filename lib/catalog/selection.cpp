// SPDX-License-Identifier: MIT
#include "catalog/selection.h"

#include <fnmatch.h>

#include <algorithm>

#include "text/words.h"

namespace honua::catalog {

namespace {

// LIKE's pattern as a shell's.
std::string shell_pattern(std::string_view like) {
  std::string pattern;
  bool is_escaped = false;
  for (const char c : like) {
    if (c == '\\' && !is_escaped) {
      is_escaped = true;
      continue;
    }
    const bool is_sign = !is_escaped && (c == '%' || c == '_');
    if (is_sign) {
      pattern += c == '%' ? '*' : '?';
    } else {
      if (std::string_view("*?[]\\").find(c) != std::string_view::npos) pattern += '\\';
      pattern += c;
    }
    is_escaped = false;
  }
  return pattern;
}

bool matches(const std::string& pattern, const std::string& name) {
  return fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
}

bool matches(const std::string& pattern, const std::string& schema, const std::string& name) {
  return matches(pattern, name) || matches(pattern, schema + "." + name);
}

}  // namespace

bool covers(const Selection& selection, const std::string& schema, const std::string& name) {
  const auto is_match = [&](const std::string& one) { return matches(one, schema, name); };
  if (!selection.schema.empty() && schema != selection.schema) return false;
  if (!selection.like.empty() && !matches(shell_pattern(selection.like), name)) return false;
  if (!selection.include.empty() && std::ranges::none_of(selection.include, is_match)) return false;
  return std::ranges::none_of(selection.exclude, is_match);
}

std::vector<std::string> unmatched_patterns(const Catalog& catalog, const Selection& selection) {
  std::vector<std::string> patterns = selection.include;
  patterns.insert(patterns.end(), selection.exclude.begin(), selection.exclude.end());
  std::erase_if(patterns, [&](const std::string& pattern) {
    const auto is_match = [&](const auto& one) { return matches(pattern, one.schema, one.name); };
    return std::ranges::any_of(catalog.relations, is_match) ||
           std::ranges::any_of(catalog.left_out, is_match);
  });
  return patterns;
}

void select(Catalog& catalog, const Selection& selection) {
  std::vector<Relation> wanted;
  std::size_t unmatched = 0;
  for (Relation& one : catalog.relations) {
    if (!covers(selection, one.schema, one.name)) {
      ++unmatched;
    } else if (one.is_view() && !one.has_geometry() && !selection.with_views) {
      catalog.left_out.push_back(
          {one.schema, one.name, "a view without geometry: `--include-views` adds it"});
    } else if (selection.at_most > 0 && wanted.size() == selection.at_most) {
      catalog.left_out.push_back({one.schema, one.name, "there are more than `--max-tables`"});
    } else {
      wanted.push_back(std::move(one));
    }
  }
  catalog.relations = std::move(wanted);
  std::ranges::stable_sort(catalog.left_out, {},
                           [](const LeftOut& one) { return std::pair(one.schema, one.name); });
  if (unmatched > 0)
    catalog.notes.push_back(text::count_of(unmatched, "relation") +
                            " that nobody asked for: the names are not like those wanted");
}

}  // namespace honua::catalog
