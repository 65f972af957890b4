// SPDX-License-Identifier: MIT
#include "source/source_file.h"

#include <algorithm>
#include <utility>

#include "base/assert.h"
#include "text/unicode.h"

namespace honua::source {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// How far apart checkpoints in a line are, in bytes. A file of one line may
// have thousands of findings; counting from the line's start for each would
// take time with the square of the size.
constexpr std::uint32_t checkpoint_distance = 4096;

}  // namespace

SourceFile::SourceFile(FileId id, std::string name, FileContent text)
    : id_(id),
      name_(std::move(name)),
      text_(std::move(text)),
      content_begin_(
          text_.view().starts_with(byte_order_mark) ? static_cast<std::uint32_t>(byte_order_mark.size()) : 0),
      lines_(text_.view()),
      characters_(text_.view()) {
  HONUA_ASSERT(text_.size() <= max_file_size);
}

std::optional<std::uint32_t> SourceFile::line_start(std::uint32_t line) const {
  return line == 1 ? content_begin_ : lines_.behind_feed(line - 1);
}

const SourceFile::Secrets& SourceFile::secrets() const {
  if (!secrets_) secrets_ = text::find_secrets(text());
  return *secrets_;
}

SourceFile::Secrets::const_iterator SourceFile::secret_at(std::uint32_t byte) const {
  return std::upper_bound(secrets().begin(), secrets().end(), byte,
                          [](std::uint32_t at, const text::TextRange& one) { return at < one.end; });
}

bool SourceFile::holds_secret(SourceRange range) const {
  const auto secret = secret_at(range.begin);
  return secret != secrets().end() && secret->begin < range.end;
}

std::string SourceFile::masked_text(SourceRange range) const {
  std::string shown(text(range));
  for (auto secret = secret_at(range.begin); secret != secrets().end() && secret->begin < range.end;
       ++secret) {
    const std::size_t begin = std::max<std::size_t>(secret->begin, range.begin) - range.begin;
    const std::size_t end = std::min<std::size_t>(secret->end, range.end) - range.begin;
    std::fill_n(shown.begin() + static_cast<std::ptrdiff_t>(begin), end - begin, '*');
  }
  return shown;
}

std::uint32_t SourceFile::line_count() const {
  return lines_.feeds_before(static_cast<std::uint32_t>(text_.size())) + 1;
}

std::uint32_t SourceFile::line_of(std::uint32_t byte) const { return lines_.feeds_before(byte) + 1; }

SourceRange SourceFile::line_range(std::uint32_t line) const {
  const auto begin = line_start(line);
  HONUA_ASSERT(begin.has_value());
  const auto next = line_start(line + 1);
  std::uint32_t end = next ? *next - 1 : static_cast<std::uint32_t>(text_.size());
  if (end > *begin && next && text()[end - 1] == '\r') --end;
  return SourceRange{id_, *begin, end};
}

// How many clusters of a line are before a byte; a cluster that the byte lies
// in counts.
std::uint32_t SourceFile::count_clusters(std::uint32_t line_start, std::uint32_t byte) const {
  const auto count = [this](std::uint32_t from, std::uint32_t to) {
    return static_cast<std::uint32_t>(text::count_graphemes(text().substr(from, to - from)));
  };
  if (byte - line_start <= checkpoint_distance) return count(line_start, byte);
  std::vector<Checkpoint>& checkpoints = checkpoints_[line_start];
  if (checkpoints.empty()) checkpoints.push_back(Checkpoint{line_start, 0});
  extend(checkpoints, byte);
  const auto after =
      std::upper_bound(checkpoints.begin(), checkpoints.end(), byte,
                       [](std::uint32_t one, const Checkpoint& other) { return one < other.byte; });
  const Checkpoint before = *std::prev(after);
  // A single cluster between two checkpoints may be of any size.
  if (after != checkpoints.end() && after->clusters == before.clusters + 1) {
    return before.clusters + (byte > before.byte ? 1 : 0);
  }
  return before.clusters + count(before.byte, byte);
}

// Adds checkpoints until one lies at or behind a byte of the line.
void SourceFile::extend(std::vector<Checkpoint>& checkpoints, std::uint32_t byte) const {
  Checkpoint at = checkpoints.back();
  while (checkpoints.back().byte < byte) {
    const auto size = static_cast<std::uint32_t>(text::first_grapheme(text().substr(at.byte)));
    const bool large = size > checkpoint_distance;
    if (large && at.byte > checkpoints.back().byte) checkpoints.push_back(at);
    at = Checkpoint{at.byte + size, at.clusters + 1};
    const bool far = at.byte - checkpoints.back().byte >= checkpoint_distance;
    if (far || large || at.byte >= byte) checkpoints.push_back(at);
  }
}

SourcePosition SourceFile::position(std::uint32_t byte) const {
  byte = std::min(byte, static_cast<std::uint32_t>(text_.size()));
  // A byte order mark has no column of its own.
  const std::uint32_t shown = std::max(byte, content_begin_);
  const std::uint32_t line = line_of(shown);
  return SourcePosition{line, count_clusters(*line_start(line), shown) + 1, byte};
}

std::uint32_t SourceFile::column(std::uint32_t byte, ColumnUnit unit) const {
  byte = std::min(byte, static_cast<std::uint32_t>(text_.size()));
  const std::uint32_t line = line_of(byte);
  const std::uint32_t start = *line_start(line);
  if (unit == ColumnUnit::byte) return byte - (line == 1 ? 0 : start) + 1;
  const CharacterCount before_line = characters_.before(start);
  const CharacterCount before_byte = characters_.before(std::max(byte, start));
  return (unit == ColumnUnit::utf16 ? before_byte.utf16_units - before_line.utf16_units
                                    : before_byte.code_points - before_line.code_points) +
         1;
}

SourceFile& SourceSet::add(std::string name, FileContent text) {
  return files_.emplace_back(static_cast<FileId>(files_.size()), std::move(name), std::move(text));
}

}  // namespace honua::source
