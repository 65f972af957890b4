// SPDX-License-Identifier: MIT
#include "catalog/extents.h"

#include <array>
#include <charconv>
#include <cstddef>
#include <string>

#include "text/words.h"

namespace honua::catalog {

namespace {

std::string_view remedy_of(const Catalog& catalog) {
  switch (catalog.engine) {
    case Engine::postgresql: return ": `ANALYZE` estimates those of tables";
    case Engine::mysql: return ": it keeps none";
    default: return "";
  }
}

}  // namespace

std::optional<Extent> read_box(std::string_view text) {
  constexpr std::string_view opening = "BOX(";
  if (!text.starts_with(opening) || !text.ends_with(')')) return std::nullopt;
  text.remove_prefix(opening.size());
  constexpr std::array<char, 4> ends = {' ', ',', ' ', ')'};
  std::array<double, ends.size()> sides{};
  for (std::size_t at = 0; at < ends.size(); ++at) {
    const auto [stop, trouble] = std::from_chars(text.data(), text.data() + text.size(), sides.at(at));
    if (trouble != std::errc() || stop == text.data() + text.size() || *stop != ends.at(at))
      return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(stop - text.data()) + 1);
  }
  return text.empty() ? extent_of(sides[0], sides[1], sides[2], sides[3]) : std::nullopt;
}

void add_note_of_extents(Catalog& catalog) {
  std::size_t without = 0;
  std::size_t all = 0;
  for (const Relation& relation : catalog.relations) {
    for (const Column& column : relation.columns) {
      if (!column.geometry) continue;
      ++all;
      if (!column.geometry->extent) ++without;
    }
  }
  if (without == 0) return;
  catalog.notes.push_back("the database has no extent noted down for " + std::to_string(without) + " of " +
                          text::count_of(all, "column") + " of geometries" + std::string(remedy_of(catalog)));
}

}  // namespace honua::catalog
