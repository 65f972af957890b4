// SPDX-License-Identifier: MIT
#include "commands/layer_table.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "text/sanitize.h"
#include "text/unicode.h"
#include "text/words.h"

namespace honua::commands {

namespace {

using generation::LayerPlan;

// Wider ones are cut: a name may have thousands of characters.
constexpr std::size_t widest_cell = 40;

// Bytes: marks above a letter take no room, and there may be any number of them.
constexpr std::size_t longest_cell = 16 * widest_cell;

constexpr std::size_t columns = 7;
using Row = std::array<std::string, columns>;

std::string cell_of(std::string_view text) {
  std::string printable = text::printable(text);
  if (printable.size() <= longest_cell && text::display_width(printable) <= widest_cell) return printable;
  std::string cut;
  std::string_view rest = printable;
  while (true) {
    const std::string_view next = rest.substr(0, text::first_grapheme(rest));
    const bool is_full = text::display_width(cut) + text::display_width(next) + 3 > widest_cell ||
                         cut.size() + next.size() > longest_cell;
    if (is_full) return cut + "...";
    cut += next;
    rest.remove_prefix(next.size());
  }
}

Row row_of(const LayerPlan& plan, catalog::Engine engine) {
  const catalog::Geometry* geometry = plan.geometry == nullptr ? nullptr : &*plan.geometry->geometry;
  const std::uint64_t rows = plan.relation->row_estimate.value_or(0);
  return {cell_of(plan.label),
          cell_of(generation::table_name(*plan.relation, engine)),
          std::string(catalog::to_string(plan.relation->kind)),
          geometry == nullptr ? "-" : std::string(to_string(geometry->type)).append(ordinates_of(*geometry)),
          geometry == nullptr || !geometry->srid ? "-" : std::to_string(*geometry->srid),
          plan.id_field.empty() ? "-" : cell_of(plan.id_field),
          rows == 0 ? "-" : std::to_string(rows)};
}

std::string line_of(const Row& row, const std::array<std::size_t, columns>& widths) {
  std::string line;
  for (std::size_t at = 0; at < columns; ++at) {
    const std::string gap(widths.at(at) - text::display_width(row.at(at)), ' ');
    const bool is_number = at + 1 == columns;
    line += "  " + (is_number ? gap + row.at(at) : row.at(at) + gap);
  }
  return line + "\n";
}

}  // namespace

std::string layer_table(const std::vector<LayerPlan>& plans, catalog::Engine engine) {
  if (plans.empty()) return "";
  std::vector<Row> rows = {{"layer", "table", "kind", "geometry", "srid", "id_field", "rows"}};
  const std::size_t shown = std::min(plans.size(), most_rows_of_layers);
  for (const LayerPlan& one : std::span(plans).first(shown)) rows.push_back(row_of(one, engine));
  std::array<std::size_t, columns> widths{};
  for (const Row& row : rows) {
    for (std::size_t at = 0; at < columns; ++at)
      widths.at(at) = std::max(widths.at(at), text::display_width(row.at(at)));
  }
  std::string table;
  for (const Row& row : rows) table += line_of(row, widths);
  if (shown < plans.size()) table += "  ... and " + text::count_of(plans.size() - shown, "more layer") + "\n";
  return table;
}

}  // namespace honua::commands
