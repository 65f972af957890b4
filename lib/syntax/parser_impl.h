// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostics/diagnostics.h"
#include "syntax/characters.h"
#include "syntax/lexer.h"
#include "syntax/parser.h"
#include "syntax/rules.h"
#include "syntax/tree.h"

// Internal to the module: the recursive-descent parser. Its methods are the
// grammar's productions, in the files body_parser, block_parser, expression_parser,
// collection_parser, template_parser and sequence_parser; recovery.cpp finds the way back
// after an error.
namespace honua::syntax {

// Reports the first malformed byte sequence of a file, if there is one.
void report_malformed(const source::SourceFile& file, diagnostics::Diagnostics& sink);

// Children of a node that is being built.
struct ChildList {
  NodeId first = no_node;
  NodeId last = no_node;
};

// What a template is enclosed by, and what came before in it.
struct TemplateContext {
  enum class Kind : std::uint8_t { quoted, heredoc, bare };
  Kind kind = Kind::bare;
  char quote = '"';
  std::string_view marker;      // heredoc
  std::uint32_t begin = 0;      // of the opening quote or marker
  std::uint32_t content = 0;    // first byte inside
  std::uint32_t at = 0;         // next byte to read
  std::uint32_t end_begin = 0;  // the closing quote or marker, once seen
  std::uint32_t end_end = 0;
  bool line_start = true;        // heredoc: a closing marker may stand here
  bool given_up = false;         // quoted: a sequence has no end on its line, which was reported
  bool strip_next = false;       // the sequence before ended in `~}`
  std::uint32_t scanned_to = 0;  // literal text up to here has been scanned, with scanned_flags
  std::uint16_t scanned_flags = 0;
  NodeId last_literal = no_node;  // the part just before `at`, if literal
};

class Parser {
 public:
  Parser(const source::SourceFile& file, Dialect dialect, diagnostics::Diagnostics& sink);

  Tree parse_file();
  Tree parse_single_expression();
  Tree parse_bare_template();
  // Of a text that is part of another file, as JSON strings are.
  void set_origin(Tree::Origin origin) { tree_.set_origin(origin); }

 private:
  static constexpr std::uint32_t nowhere = 0xFFFFFFFF;  // no byte of any file
  // What made a run of template parts end.
  enum class Ending : std::uint8_t { end_of_template, directive_else, directive_endif, directive_endfor };
  // A `%{ ... }` that closes or continues a directive.
  struct Marker {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    bool strip_before = false;
    bool strip_after = false;
  };
  // An attribute's name with a key that tells most different names apart.
  struct NotedName {
    std::string_view name;
    NodeId attribute;
    std::uint32_t key;
  };
  enum class Resync : std::uint8_t { separator, closer, lost };
  enum class Separators : std::uint8_t { none, comma, comma_and_newline };

  // --- productions: structure (body_parser.cpp, block_parser.cpp)
  NodeId parse_body(std::uint32_t open_brace_end, bool nested);
  void parse_items(ChildList& items, bool nested);
  void parse_item(ChildList& items);
  void parse_named_item(ChildList& items, const Token& name);
  void parse_quoted_item(ChildList& items);
  NodeId parse_attribute(std::uint32_t begin, std::string_view name, NodeId quoted_name);
  NodeId parse_block(const Token& type);
  bool parse_block_labels(const Token& type, ChildList& labels);
  NodeId parse_label();
  void skip_label_sequence(TemplateContext& context);
  bool skip_to_block_open();
  void parse_nameless_block(const Token& start);
  bool parse_block_open(const Token& type);
  void parse_block_body(const Token& type, NodeId block, ChildList& children);
  NodeId parse_one_line_body(std::uint32_t open_brace_end);
  bool parse_one_line_attribute(ChildList& items, std::uint32_t open_brace_end);
  NodeId parse_variable_assignment(const Token& type, NodeId block, ChildList& labels);
  void end_of_item(std::string_view what, std::uint32_t item_begin);
  void note_name(std::string_view name, NodeId attribute);
  void report_duplicates(std::size_t first);

  // --- productions: expressions (expression_parser.cpp)
  NodeId parse_expression();
  NodeId parse_conditional();
  NodeId parse_binary(int minimum_level);
  NodeId parse_unary();
  NodeId parse_postfix(NodeId source);
  NodeId parse_primary();
  NodeId parse_name();
  NodeId parse_number();
  NodeId parse_parentheses();
  NodeId parse_access(NodeId source, bool inside_splat);
  NodeId parse_attribute_splat(NodeId source, const Token& dot);
  NodeId parse_index(NodeId source);
  NodeId parse_full_splat(NodeId source, const Token& open);
  NodeId expression_missing();
  void fail_malformed_heredoc();

  // --- productions: collections, calls, for (collection_parser.cpp)
  NodeId parse_call(const Token& name);
  bool parse_arguments(ChildList& children, NodeId call, const Token& name, const Token& open);
  NodeId parse_tuple();
  NodeId parse_object();
  bool parse_object_item(ChildList& items, const Token& open);
  void report_missing_assign(const Token& open);
  NodeId parse_for(const Token& open, bool object);
  bool parse_for_introduction(ChildList& children, std::uint16_t& flags);
  void check_for_form(const Token& open, bool object, NodeId key, NodeId value, const Token& grouping);

  // --- productions: strings and heredocs (template_parser.cpp)
  NodeId parse_quoted_template();
  NodeId parse_heredoc();
  NodeId finish_template(NodeId node, TemplateContext& context, ChildList& parts);
  Ending parse_parts(TemplateContext& context, ChildList& parts, Marker& marker);
  bool parse_literal(TemplateContext& context, ChildList& parts);
  void scan_quoted(TemplateContext& context, std::uint16_t& flags);
  void scan_heredoc(TemplateContext& context, std::uint16_t& flags);
  void scan_bare(TemplateContext& context, std::uint16_t& flags);
  std::uint32_t check_escape(std::uint32_t at, char quote_character);
  std::uint32_t check_unicode_escape(std::uint32_t at);
  void report_escape(std::uint32_t begin, std::uint32_t end, std::string message);
  void unterminated_string(TemplateContext& context, std::uint32_t at);
  std::uint32_t find_string_resumption(std::uint32_t at, char quote_character) const;
  diagnostics::Diagnostic* note_single_quotes(std::uint16_t& flags);
  std::uint32_t find_closing_apostrophe(std::uint32_t at) const;

  // --- productions: template sequences (sequence_parser.cpp)
  void parse_interpolation(TemplateContext& context, ChildList& parts);
  NodeId parse_env_reference(TemplateContext& context);
  Ending parse_directive(TemplateContext& context, ChildList& parts, Marker& marker);
  void parse_if(TemplateContext& context, ChildList& parts, const Marker& opener, NodeId condition);
  void parse_for_directive(TemplateContext& context, ChildList& parts, const Marker& opened);
  bool parse_directive_variables(ChildList& children, std::uint16_t& flags);
  NodeId parse_sequence_parts(TemplateContext& context, Marker& marker, Ending& ending);
  void close_directive(const TemplateContext& context, NodeId node, std::uint16_t flags, const Marker& opener,
                       const Marker& marker, Ending ending, Ending expected);
  void begin_sequence(TemplateContext& context, Marker& marker);
  void end_sequence(TemplateContext& context, bool& strip_after, std::string_view what);
  void report_unclosed_sequence(const TemplateContext& context, std::string_view what);
  void report_unknown_directive();
  diagnostics::Diagnostic& stray_directive(Ending ending, const Marker& marker);
  void unclosed_directive(const TemplateContext& context, const Marker& opener, std::string_view name);

  // --- what mends the tolerated forms (dialect_fixes.cpp)
  // Edits are of the source; a tree whose text stands inside of another file has none.
  [[nodiscard]] bool has_fixes(const diagnostics::Diagnostic& made) const;
  void add_env_fix(diagnostics::Diagnostic& made, const TemplateContext& context, std::uint32_t end,
                   std::string_view name) const;
  void add_quotes_fix(diagnostics::Diagnostic& made, NodeId string) const;
  void add_line_fix(diagnostics::Diagnostic& made, std::uint32_t open_brace_end);
  void add_comma_fix(diagnostics::Diagnostic& made, NodeId before) const;
  [[nodiscard]] std::uint32_t end_with_comment(std::uint32_t end) const;
  [[nodiscard]] source::Edit line_break_before(std::uint32_t at);
  [[nodiscard]] std::string_view line_break();

  // --- recovery (recovery.cpp)
  void recover_item(bool nested);
  Resync resync(TokenKind closer, Separators separators, unsigned base_open);
  void recover_sequence(TemplateContext& context);
  void skip_token();
  std::uint32_t line_end_of_open_string(std::uint32_t begin) const;
  std::uint32_t sequence_end(std::uint32_t at, bool quoted_template, bool& closed) const;
  std::uint32_t item_indentation();
  bool at_next_item();
  bool at_continuation_line() const;
  void report_curly_quote();

  // --- reporting
  source::SourceRange range(std::uint32_t begin, std::uint32_t end) const {
    return tree_.to_source(begin, end);
  }
  source::SourceRange range(const Token& token) const { return range(token.begin, token.end); }
  std::string quote(std::uint32_t begin, std::uint32_t end) const;  // the source in backticks, shortened
  std::string found() const;                                        // the current token in words
  // One place has one error: what follows from it is not reported again.
  diagnostics::Diagnostic& report(const diagnostics::Rule& rule, source::SourceRange where,
                                  std::string message);
  // Reports and starts to unwind. Tokens that can stand nowhere get their own
  // finding in place of the given one; malformed UTF-8 was reported already.
  diagnostics::Diagnostic& fail(const diagnostics::Rule& rule, source::SourceRange where,
                                std::string message);
  void fail_too_deep(std::string_view what, source::SourceRange where);
  diagnostics::Diagnostic& fail_at_token(const diagnostics::Rule& rule, std::string message);

  // --- tokens
  void advance();
  void set_ignore_newlines(bool ignore);
  bool is(TokenKind kind) const { return token_.kind == kind; }
  bool is_keyword(std::string_view word) const {
    return token_.kind == TokenKind::identifier && text_of(token_) == word;
  }
  std::string_view text_of(const Token& token) const {
    return text_.substr(token.begin, token.end - token.begin);
  }
  void resume_at(std::uint32_t at) {
    lexer_.set_position(at);
    advance();
  }

  // --- nodes
  NodeId add(NodeKind kind, std::uint32_t begin, std::uint32_t end) { return tree_.add(kind, begin, end); }
  NodeId add(NodeKind kind, const Token& token) { return tree_.add(kind, token.begin, token.end); }
  void append(ChildList& list, NodeId child);
  void set_children(NodeId parent, const ChildList& list) { tree_.node(parent).first_child = list.first; }
  NodeId invalid() { return add(NodeKind::invalid, token_.begin, token_.begin); }

  const source::SourceFile& file_;
  std::string_view text_;
  Dialect dialect_;
  diagnostics::Diagnostics& sink_;
  Tree tree_;
  Lexer lexer_;

  Token token_;                     // the one that productions look at
  std::uint32_t previous_end_ = 0;  // of the token before it
  TokenKind previous_kind_ = TokenKind::newline;
  bool ignore_newlines_ = false;
  bool failed_ = false;                 // unwinding to the nearest place that can go on
  diagnostics::Diagnostic unreported_;  // takes what is said about a broken place after the first finding
  unsigned open_ = 0;                   // brackets opened in the current item
  unsigned failed_open_ = 0;            // the same, when the failure happened
  std::uint32_t recovered_end_ = 0;     // of the bracket that the last broken list ended at
  unsigned depth_ = 0;
  std::uint32_t item_begin_ = 0;     // of the current body item
  std::uint32_t indented_item_ = 0;  // the item that item_indentation_ belongs to
  std::uint32_t item_indentation_ = 0;
  std::uint32_t sequence_begin_ = nowhere;  // of the innermost sequence of a quoted template
  std::string_view line_break_;             // the file's line end, once asked for
  bool unclosed_reported_ = false;
  bool nesting_reported_ = false;  // then nothing further is
  // Where the newest errors start, in bytes of the text, newest last.
  std::array<std::uint32_t, 4> last_errors_ = {nowhere, nowhere, nowhere, nowhere};
  std::uint32_t suspect_brace_ = 0;  // the opening brace that indentation says was left open; 0: none
  std::vector<NotedName> names_;     // attributes of the bodies being read, innermost last
};

// One level of nesting, in the parser's recursion and so in everything that
// walks the tree later.
class DepthGuard {
 public:
  explicit DepthGuard(unsigned& depth) : depth_(depth) { ++depth_; }
  DepthGuard(const DepthGuard&) = delete;
  DepthGuard& operator=(const DepthGuard&) = delete;
  ~DepthGuard() { --depth_; }
  [[nodiscard]] bool too_deep() const { return depth_ > max_nesting_depth; }

 private:
  unsigned& depth_;
};

}  // namespace honua::syntax
