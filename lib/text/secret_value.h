// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "text/mask.h"

// Internal to the module: goes through the value of what is called like a
// secret, and notes what of it must not be shown.
namespace honua::text {

// What HCL computes is no secret, what it computes with is: of `"${f("a")}b"`
// `a` and `b` are noted, of `env("X", "a")` just `a`. Each character is looked
// at once. Values may be cut off or broken anywhere; then rather too much is
// noted than too little.
class SecretValue {
 public:
  SecretValue(std::string_view text, std::vector<TextRange>& found) : text_(text), found_(&found) {}

  // Each begins at `at` and returns where the value ends.
  // Behind the opening quote; `\` stands for quotes that are escaped themselves.
  std::size_t quoted(std::size_t at, char quote);
  // At the `<<` of a heredoc; what only looks like one has no value.
  std::size_t heredoc(std::size_t at);
  // How a value ends that is not quoted, as in connection strings, besides at a `;` or the line's end.
  struct PlainEnds {
    bool at_quote = true;     // it is in quotes with others
    bool at_setting = false;  // at a comma or blank in front of a setting's name and `=`
  };
  std::size_t plain(std::size_t at, PlainEnds ends);
  // An expression: its quoted texts, up to its end on the line or, in
  // brackets, on a line that goes on with a list of texts.
  std::size_t expression(std::size_t at);
  // The arguments or operands that follow in an expression.
  std::size_t arguments(std::size_t at);

 private:
  enum class Kind : std::uint8_t { quoted, heredoc, plain, sequence, expression };
  struct Frame {
    Kind kind;
    char quote = '"';
    bool is_shown = false;
    PlainEnds ends{};           // plain
    unsigned open = 0;          // brackets, in code
    std::size_t begin = 0;      // of the text since the last sequence
    std::string_view marker{};  // of a heredoc
  };

  std::size_t walk(std::size_t at, Frame outermost);
  std::size_t step_in_text(std::size_t at);
  std::size_t step_in_code(std::size_t at);
  std::size_t step_at_bracket(std::size_t at);
  std::size_t step_at_line_end(std::size_t at);
  std::size_t open_text(std::size_t at);
  std::size_t open_heredoc(std::size_t at);
  [[nodiscard]] bool ends_text(const Frame& frame, std::size_t at) const;
  [[nodiscard]] bool names_variable(std::size_t quote) const;
  [[nodiscard]] std::string_view line_at(std::size_t at) const;
  void note(const Frame& frame, std::size_t end);
  // Ends the innermost frame; what is around it goes on at `at`.
  void close(std::size_t at);
  void give_up(std::size_t at);

  std::string_view text_;
  std::vector<TextRange>* found_;
  std::vector<Frame> frames_;  // innermost last
};

}  // namespace honua::text
