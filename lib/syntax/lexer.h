// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

#include "syntax/token.h"
#include "syntax/tree.h"

namespace honua::syntax {

// Reads tokens of the normal mode (outside of strings and heredocs) one at a
// time. Templates are read by the parser itself, which then says where normal
// tokens go on. Comments are put into the tree's side list as they pass.
//
// Token rules: HCL native syntax specification, section Lexical Elements, and
// its reference implementation where the text is silent.
class Lexer {
 public:
  // `comments` may be null: recovery looks ahead without keeping anything.
  Lexer(std::string_view text, Tree* comments) : text_(text), comments_(comments) {}

  // Written in place: returned by value, the token's parts would go through
  // memory in pieces and stall the next read (lexer_bench.cpp).
  void next(Token& token);
  [[nodiscard]] std::uint32_t position() const { return at_; }
  void set_position(std::uint32_t at) { at_ = at; }

 private:
  [[nodiscard]] char peek(std::uint32_t ahead) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  void take(Token& token, TokenKind kind, std::uint32_t size) {
    token.kind = kind;
    token.begin = at_;
    at_ += size;
    token.end = at_;
  }
  void take_number(Token& token);
  void take_punctuation(Token& token, char first);
  void take_less(Token& token);
  void take_high(Token& token);
  void take_line_comment(Token& token);
  // Skips a block comment; false when it is not closed.
  bool skip_block_comment();

  std::string_view text_;
  Tree* comments_;
  std::uint32_t at_ = 0;
  bool no_comment_end_ = false;  // from here on: keeps many unclosed `/*` from searching again and again
};

}  // namespace honua::syntax
