// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace honua::source {

// The number of a file within its SourceSet.
using FileId = std::uint32_t;

// Part of a file's text in bytes, half-open: [begin, end).
// An empty range marks a place between two characters.
struct SourceRange {
  FileId file = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend bool operator==(const SourceRange&, const SourceRange&) = default;
};

// A place as people and editors name it.
struct SourcePosition {
  std::uint32_t line = 1;    // 1-based; only LF and CRLF end a line
  std::uint32_t column = 1;  // 1-based, in grapheme clusters (what a reader sees as one character)
  std::uint32_t byte = 0;    // 0-based, from the start of the file

  friend bool operator==(const SourcePosition&, const SourcePosition&) = default;
};

}  // namespace honua::source
