// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace honua::rendering {

// Writes HCL in the formatter's canonical style, line by line. Values are expressions on one line, names as
// they have to be written.
class HclWriter {
 public:
  // Lines of a body that is inside of so many others.
  explicit HclWriter(std::size_t depth = 0) : depth_(depth) {}

  void comment(std::string_view text);
  void attribute(std::string_view name, std::string_view value);
  void text(std::string_view name, std::string_view value);
  void open(std::string_view header);
  void close();
  void gap();
  // A comment with its mark.
  void line(std::string_view comment);
  // Whole lines that are in canonical style, as deep as they have to be.
  void lines(std::string_view lines);
  // Code that does not count.
  void commented_out(std::string_view code);

  // Room for so many bytes of lines.
  void reserve(std::size_t bytes) { text_.reserve(bytes); }

  [[nodiscard]] std::string take() &&;
  // A copy of what is written; the writer, and the room that it has, is there for other lines.
  [[nodiscard]] std::string take_copy();

 private:
  // An attribute that waits for its neighbours, which align their `=`.
  struct Waiting {
    std::size_t begin;  // of the name, in names_and_values_
    std::size_t value;  // where it begins
    std::size_t columns;
  };

  void end_alignment();
  void indent() { text_.append(2 * depth_, ' '); }

  std::size_t depth_;
  std::string text_;
  std::string names_and_values_;
  std::vector<Waiting> waiting_;
};

}  // namespace honua::rendering
