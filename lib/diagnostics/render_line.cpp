// SPDX-License-Identifier: MIT
#include "diagnostics/render_line.h"

#include <algorithm>
#include <string_view>

#include "text/sanitize.h"
#include "text/unicode.h"

namespace honua::diagnostics {

namespace {

constexpr std::string_view ellipsis = "…";

// What nearly all characters are: printable, no blank, one byte, one column.
bool is_plain(std::string_view cluster) {
  return cluster.size() == 1 && cluster[0] > ' ' && cluster[0] < '\x7F';
}

}  // namespace

ExcerptLine::ExcerptLine(const source::SourceFile& file, std::uint32_t line, std::uint32_t focus) {
  const source::SourceRange whole = file.line_range(line);
  focus = std::clamp(focus, whole.begin, whole.end);
  std::uint32_t begin = whole.begin;
  std::uint32_t end = whole.end;
  const auto character_start = [&](std::uint32_t at, std::uint32_t lowest) {
    return std::max(lowest, static_cast<std::uint32_t>(text::character_start(file.text(), at)));
  };
  if (focus - begin > excerpt_reach) begin = character_start(focus - excerpt_reach, whole.begin);
  if (end - focus > excerpt_reach) end = character_start(focus + excerpt_reach, focus);
  lay_out(file, begin, end);
  cut(focus, begin > whole.begin, end < whole.end);
  join();
}

void ExcerptLine::lay_out(const source::SourceFile& file, std::uint32_t begin, std::uint32_t end) {
  const std::string masked = file.masked_text({file.id(), begin, end});
  std::uint32_t at = begin;
  while (at < end) {
    const std::string_view rest = std::string_view(masked).substr(at - begin);
    const std::string_view cluster = rest.substr(0, text::first_grapheme(rest));
    if (is_plain(cluster)) {
      cells_.push_back(Cell{at, width_, std::string(cluster), 1, false});
      ++width_;
      ++at;
      continue;
    }
    const bool tab = cluster == "\t";
    Cell cell{at, width_, tab ? std::string(tab_width, ' ') : text::printable(cluster), 0,
              tab || cluster == " "};
    cell.width = text::display_width(cell.shown);
    width_ += cell.width;
    cells_.push_back(std::move(cell));
    at += static_cast<std::uint32_t>(cluster.size());
  }
  end_ = end;
}

// Keeps about max_excerpt_width columns around the focus and puts an ellipsis
// where something was left out.
void ExcerptLine::cut(std::uint32_t focus, bool left_out_before, bool left_out_behind) {
  if (width_ <= max_excerpt_width && !left_out_before && !left_out_behind) return;
  const Cell* const focused = cell_of(focus);
  const std::size_t wanted = focused != nullptr ? focused->column : width_;
  // What leads up to a place says less than what follows.
  constexpr std::size_t before = max_excerpt_width / 4;
  std::size_t from = wanted > before ? wanted - before : 0;
  from = std::min(from, width_ > max_excerpt_width ? width_ - max_excerpt_width : 0);
  const std::size_t to = from + max_excerpt_width;
  // An ellipsis takes the place of at least one column.
  const bool cut_right = left_out_behind || width_ > to;
  cut_left_ = left_out_before || from > 0;
  std::vector<Cell> kept;
  if (cut_left_) kept.push_back(Cell{0, 0, std::string(ellipsis), 1, false});
  std::size_t column = kept.size();
  for (Cell& cell : cells_) {
    if (cell.column < from + (cut_left_ ? 1 : 0)) continue;
    if (cell.column + cell.width > to - (cut_right ? 1 : 0)) {
      end_ = cell.begin;
      break;
    }
    cell.column = column;
    column += cell.width;
    kept.push_back(std::move(cell));
  }
  if (cut_right) {
    kept.push_back(Cell{end_, column, std::string(ellipsis), 1, false});
    // All bytes from here on lie under the ellipsis.
    end_ = UINT32_MAX;
    ++column;
  }
  cells_ = std::move(kept);
  width_ = column;
}

void ExcerptLine::join() {
  for (const Cell& cell : cells_) text_ += cell.shown;
}

// The cell that shows a byte; null for the line's end.
const ExcerptLine::Cell* ExcerptLine::cell_of(std::uint32_t byte) const {
  if (byte >= end_ || cells_.empty()) return nullptr;
  const auto after = std::upper_bound(cells_.begin(), cells_.end(), byte,
                                      [](std::uint32_t one, const Cell& cell) { return one < cell.begin; });
  return after == cells_.begin() ? &cells_.front() : &*std::prev(after);
}

Columns ExcerptLine::columns(std::uint32_t begin, std::uint32_t end) const {
  const Cell* const first = cell_of(begin);
  Columns result{first != nullptr ? first->column : width_, 0};
  result.end = result.begin + 1;
  if (first == nullptr || end <= begin) return result;
  const Cell* const last = cell_of(end - 1);
  result.end = std::max(result.end, last != nullptr ? last->column + last->width : width_);
  return result;
}

bool ExcerptLine::is_first(std::uint32_t byte) const {
  if (cut_left_) return false;
  const auto solid = std::find_if(cells_.begin(), cells_.end(), [](const Cell& cell) { return !cell.blank; });
  return solid == cells_.end() || byte <= solid->begin;
}

}  // namespace honua::diagnostics
