// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "syntax/lexer.h"
#include "syntax/token.h"

namespace honua::syntax {

// What layout has to tell apart: unlike the parser's, these tokens include
// comments and the pieces of templates, and cover all of a text but blanks.
enum class LayoutKind : std::uint8_t {
  end_of_file,
  newline,
  comment,       // `/* ... */`, and a comment that the file ends in
  line_comment,  // `# ...` or `// ...` with its line end
  identifier,
  number,
  dot,
  double_colon,
  comma,
  ellipsis,
  bang,
  minus,
  assign,
  infix,  // other operators that a value, and so a negation, may follow: `+`, `==`, `&&`, `?`, `:` ...
  other,  // `=>` and what cannot stand in a valid file
  open_brace,
  close_brace,
  open_bracket,
  close_bracket,
  open_parenthesis,
  close_parenthesis,
  open_quote,
  close_quote,
  open_heredoc,   // with its line end
  close_heredoc,  // the marker with the blanks around it
  text,           // of a template, between its sequences
  open_sequence,  // `${`, `%{`, also with `~`
  close_sequence,
  none,  // what is in front of a line's first token
};

struct LayoutToken {
  LayoutKind kind = LayoutKind::end_of_file;
  std::uint32_t begin = 0;  // bytes, [begin, end)
  std::uint32_t end = 0;
};

// Reads these tokens one at a time, without recursion. The text should be free
// of syntax errors; of others the tokens cover everything as well, but say little.
class LayoutLexer {
 public:
  explicit LayoutLexer(std::string_view text) : text_(text), lexer_(text, nullptr) {}

  void next(LayoutToken& token);

 private:
  // What the text at hand is enclosed by, outermost first; empty at the top.
  struct Mode {
    enum class Kind : std::uint8_t { sequence, quoted, heredoc };
    Kind kind = Kind::sequence;
    char quote = '"';               // quoted
    bool line_start = true;         // heredoc: a closing marker may stand here
    std::uint32_t open_braces = 0;  // sequence: inside of it
    std::string_view marker;        // heredoc
  };

  void next_code(LayoutToken& token);
  void next_in_quotes(LayoutToken& token);
  void next_in_heredoc(LayoutToken& token);
  bool skip_template_step(std::uint32_t& at, bool escapes) const;
  void take(LayoutToken& token, LayoutKind kind, std::uint32_t end);
  void take_sequence(LayoutToken& token);
  void take_line_comment(LayoutToken& token);
  std::uint32_t block_comment_end();
  void enter(LayoutToken& token, const Token& read);
  void close_brace(LayoutToken& token);

  std::string_view text_;
  Lexer lexer_;
  std::uint32_t at_ = 0;
  bool no_comment_end_ = false;
  std::vector<Mode> modes_;
};

}  // namespace honua::syntax
