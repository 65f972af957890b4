// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "editing/written_body.h"
#include "source/edit.h"
#include "source/source_file.h"

namespace honua::editing {

// Collects edits of one file, which must outlive it. They must not overlap; line ends are the file's.
class FileEdits {
 public:
  explicit FileEdits(const source::SourceFile& file);

  void replace(source::SourceRange range, std::string text);

  // Keeps a line `# honua: the KIND "NAME" is not in the database` above what begins at a byte. False if
  // something else is in front of it on its line, and there is no place for one.
  bool set_mark(std::uint32_t begin, std::string_view kind, std::string_view name);
  // Takes such a line away, whatever it names; whether there was one.
  bool clear_mark(std::uint32_t begin, std::string_view kind);

  // Puts lines, without indentation, above the line that begins with what stands at a byte. False if
  // something else is in front of it.
  bool put_above(std::uint32_t begin, std::string_view lines);

  // Takes the line away that a range is all of, but for blanks. False if something else is on it.
  bool take_line(source::SourceRange range);

  // Puts items at the end of a body: `lines`, in canonical style and without indentation, or `in_line`, which
  // only objects can take. False if there is no place for them. Once for each body.
  bool add_items(const WrittenBody& body, std::string_view lines, const std::string& in_line);

  // A block at the end of the file, behind an empty line.
  void append(std::string_view block);

  // All of them, in order.
  [[nodiscard]] source::EditGroup take() &&;

 private:
  [[nodiscard]] std::string_view text() const { return file_->text(); }
  [[nodiscard]] std::uint32_t line_begin(std::uint32_t byte) const;
  // Whether only blanks are in front of a byte on its line.
  [[nodiscard]] bool begins_line(std::uint32_t byte) const;
  // The blanks that the line of a byte begins with.
  [[nodiscard]] std::string indent_of(std::uint32_t byte) const;
  [[nodiscard]] std::string indented(std::string_view lines, const std::string& indent) const;
  // The line with the mark, its end included; an empty range if there is none.
  [[nodiscard]] source::SourceRange find_mark(std::uint32_t begin, std::string_view kind) const;
  void insert(std::uint32_t at, std::string text);

  const source::SourceFile* file_;
  std::string line_end_;
  std::string appended_;  // with LF
  std::vector<source::Edit> edits_;
};

}  // namespace honua::editing
