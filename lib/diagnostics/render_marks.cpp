// SPDX-License-Identifier: MIT
#include "diagnostics/render_marks.h"

#include <algorithm>
#include <string_view>
#include <tuple>

#include "text/unicode.h"

namespace honua::diagnostics {

namespace {

using Marks = std::vector<const Mark*>;

Style style_of(const Mark& mark) { return mark.primary ? Style::primary : Style::secondary; }

std::size_t length(const Mark& mark) { return mark.columns.end - mark.columns.begin; }

void put_caption(Row& row, const Mark& mark) {
  row.put(style_of(mark), mark.caption, text::display_width(mark.caption));
}

// All marks in one row. Where they overlap the shorter is on top, so that none
// disappears; of two on the same place the one at fault.
Row underline(const Marks& marks, Palette palette) {
  Marks order = marks;
  std::stable_sort(order.begin(), order.end(), [](const Mark* a, const Mark* b) {
    return length(*a) != length(*b) ? length(*a) > length(*b) : !a->primary && b->primary;
  });
  std::vector<const Mark*> owners;
  for (const Mark* mark : order) {
    owners.resize(std::max(owners.size(), mark->columns.end), nullptr);
    const auto begin = owners.begin();
    std::fill(begin + static_cast<std::ptrdiff_t>(mark->columns.begin),
              begin + static_cast<std::ptrdiff_t>(mark->columns.end), mark);
  }
  Row row(palette);
  for (std::size_t column = 0; column < owners.size();) {
    const Mark* const owner = owners[column];
    const std::size_t from = column;
    while (column < owners.size() && owners[column] == owner) ++column;
    if (owner == nullptr) continue;
    row.pad_to(from);
    row.put(style_of(*owner), std::string(column - from, owner->primary ? '^' : '-'));
  }
  return row;
}

// The mark whose caption can stand behind all marks: the one that ends there
// and, of several, starts last. Null when that one has nothing to say.
const Mark* find_inline(const Marks& marks) {
  const auto key = [](const Mark* mark) {
    return std::tuple(mark->columns.end, mark->columns.begin, mark->primary);
  };
  const Mark* const last =
      *std::max_element(marks.begin(), marks.end(), [&](auto* a, auto* b) { return key(a) < key(b); });
  return last->caption.empty() ? nullptr : last;
}

// `|` at the start of every mark of `marks` left of a column.
Row connectors(const Marks& marks, std::size_t limit, Palette palette) {
  Marks order = marks;
  std::stable_sort(order.begin(), order.end(),
                   [](const Mark* a, const Mark* b) { return a->columns.begin < b->columns.begin; });
  Row row(palette);
  for (const Mark* mark : order) {
    if (mark->columns.begin >= limit || mark->columns.begin < row.width()) continue;
    row.pad_to(mark->columns.begin);
    row.put(style_of(*mark), "|");
  }
  return row;
}

}  // namespace

std::vector<Row> render_marks(const std::vector<Mark>& marks, Palette palette) {
  if (marks.empty()) return {};
  Marks all;
  for (const Mark& mark : marks) all.push_back(&mark);
  std::vector<Row> rows = {underline(all, palette)};
  const Mark* const beside = find_inline(all);
  if (beside != nullptr) {
    rows.front().pad_to(rows.front().width() + 1);
    put_caption(rows.front(), *beside);
  }
  Marks hanging;
  for (const Mark* mark : all) {
    if (mark != beside && !mark->caption.empty()) hanging.push_back(mark);
  }
  if (hanging.empty()) return rows;
  // From right to left: what hangs further left still has its connector there.
  std::stable_sort(hanging.begin(), hanging.end(),
                   [](const Mark* a, const Mark* b) { return a->columns.begin > b->columns.begin; });
  rows.push_back(connectors(hanging, std::string::npos, palette));
  for (auto mark = hanging.begin(); mark != hanging.end(); ++mark) {
    Row row = connectors(Marks(mark, hanging.end()), (*mark)->columns.begin, palette);
    row.pad_to((*mark)->columns.begin);
    put_caption(row, **mark);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace honua::diagnostics
