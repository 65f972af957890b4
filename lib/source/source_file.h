// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/file_content.h"
#include "source/character_index.h"
#include "source/line_index.h"
#include "source/source_range.h"
#include "text/mask.h"

namespace honua::source {

// Larger files are refused before they are read. A configuration with 100,000
// layers has 60 MB, and offsets are kept in 32 bits.
inline constexpr std::size_t max_file_size = std::size_t{256} * 1024 * 1024;

// What columns are counted in where they are not counted in what a reader sees as one character.
enum class ColumnUnit : std::uint8_t {
  byte,        // of UTF-8; a byte order mark's are part of line 1
  utf16,       // UTF-16 code units; a byte order mark is not part of line 1
  code_point,  // a byte order mark is not part of line 1
};

// A named text that stays where it is: views and ranges into it are valid as
// long as it lives. Neither copied nor moved; SourceSet owns files.
class SourceFile {
 public:
  SourceFile(FileId id, std::string name, FileContent text);
  SourceFile(const SourceFile&) = delete;
  SourceFile& operator=(const SourceFile&) = delete;
  ~SourceFile() = default;

  [[nodiscard]] FileId id() const { return id_; }
  // What the user called it: a path, or `<stdin>`.
  [[nodiscard]] const std::string& name() const { return name_; }
  // All bytes, a byte order mark included.
  [[nodiscard]] std::string_view text() const { return text_.view(); }
  [[nodiscard]] std::string_view text(SourceRange range) const {
    return text().substr(range.begin, range.end - range.begin);
  }
  // Where the text proper starts: behind a UTF-8 byte order mark, else 0.
  [[nodiscard]] std::uint32_t content_begin() const { return content_begin_; }

  // The line and column of a byte. Lines are counted at the first call: files
  // without findings never pay for it. Many calls for one very long line cost
  // little more than one.
  [[nodiscard]] SourcePosition position(std::uint32_t byte) const;
  // The column of a byte in its line, from 1, in another unit; as quick.
  [[nodiscard]] std::uint32_t column(std::uint32_t byte, ColumnUnit unit) const;
  [[nodiscard]] std::uint32_t line_count() const;
  // A line's bytes without its line end. Lines are counted from 1.
  [[nodiscard]] SourceRange line_range(std::uint32_t line) const;
  // The line that a byte lies in, from 1.
  [[nodiscard]] std::uint32_t line_of(std::uint32_t byte) const;
  // The bytes of a range that may be shown, with `*` for each byte of what
  // looks like a secret. The file is searched for secrets at the first call.
  [[nodiscard]] std::string masked_text(SourceRange range) const;
  // Takes these for the secrets, in order, instead of searching for them. Before anything is shown.
  void hide(std::vector<text::TextRange> ranges) { secrets_ = std::move(ranges); }
  // Whether any byte of a range looks like one of a secret.
  [[nodiscard]] bool holds_secret(SourceRange range) const;

 private:
  // A cluster boundary, and how many clusters of its line are before it.
  struct Checkpoint {
    std::uint32_t byte;
    std::uint32_t clusters;
  };

  // The start of a line; nothing behind the last one.
  [[nodiscard]] std::optional<std::uint32_t> line_start(std::uint32_t line) const;
  using Secrets = std::vector<text::TextRange>;
  const Secrets& secrets() const;
  // The first one that ends behind a byte.
  [[nodiscard]] Secrets::const_iterator secret_at(std::uint32_t byte) const;
  [[nodiscard]] std::uint32_t count_clusters(std::uint32_t line_start, std::uint32_t byte) const;
  void extend(std::vector<Checkpoint>& checkpoints, std::uint32_t byte) const;

  FileId id_;
  std::string name_;
  FileContent text_;
  std::uint32_t content_begin_;
  LineIndex lines_;
  CharacterIndex characters_;
  mutable std::optional<Secrets> secrets_;  // built on demand
  // By the starts of long lines, built on demand.
  mutable std::unordered_map<std::uint32_t, std::vector<Checkpoint>> checkpoints_;
};

// All files of one run. Files are never removed, so references stay valid.
class SourceSet {
 public:
  // Text must not exceed max_file_size.
  SourceFile& add(std::string name, FileContent text);
  [[nodiscard]] const SourceFile& file(FileId id) const { return files_[id]; }
  [[nodiscard]] std::size_t size() const { return files_.size(); }

 private:
  std::deque<SourceFile> files_;
};

}  // namespace honua::source
