// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "snapshot/document.h"

namespace honua::snapshot {

// Objects and lists nested deeper than this are in no configuration; the scanner is recursive.
inline constexpr unsigned max_snapshot_depth = 200;

// Reads a text once, front to back, and proves that it is a snapshot in canonical form: what write_snapshot()
// would write of the same values. Finds its blocks on the way.
class CanonicalScanner {
 public:
  explicit CanonicalScanner(std::string_view text) : text_(text) {}

  [[nodiscard]] bool scan();
  [[nodiscard]] std::vector<BlockEntry> take_blocks() { return std::move(blocks_); }
  [[nodiscard]] source::SourceRange environment() const { return environment_; }
  // Where the first text is that is or holds a secret, which no snapshot of honua does.
  [[nodiscard]] std::optional<std::uint32_t> secret() const { return secret_; }

 private:
  template <class OnMember>
  bool object(unsigned depth, OnMember&& on_member);
  bool version();
  // What a text is: an expression is code, in which names of secrets mean nothing yet.
  enum class Meaning : std::uint8_t { other, secret, expression };
  static Meaning meaning_of(std::string_view name);
  bool value(unsigned depth, Meaning meaning);
  bool list(unsigned depth, Meaning meaning);
  bool text(Meaning meaning);
  bool string();
  bool number();
  bool root_member(std::string_view name);
  bool blocks_of_type(std::string_view keyword);
  bool block(config::BlockType type, std::string label, unsigned depth);
  bool take(std::string_view expected);
  bool take(char expected) { return at(expected) && ++at_ != 0; }
  bool line(unsigned depth);
  [[nodiscard]] bool at(char c) const { return at_ < text_.size() && text_[at_] == c; }

  std::string_view text_;
  std::size_t at_ = 0;
  unsigned root_members_ = 0;
  std::vector<BlockEntry> blocks_;
  source::SourceRange environment_;
  std::optional<std::uint32_t> secret_;
};

}  // namespace honua::snapshot
