// SPDX-License-Identifier: MIT
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "syntax/characters.h"
#include "syntax/literals.h"
#include "syntax/parser.h"
#include "syntax/parser_impl.h"
#include "syntax/rules.h"
#include "text/sanitize.h"
#include "text/unicode.h"

// HCL's JSON form: RFC 8259 with positions, order, duplicate members and exact
// numbers kept, read into the same tree as the native form.
namespace honua::syntax {

namespace {

class JsonParser {
 public:
  JsonParser(const source::SourceFile& file, Dialect dialect, diagnostics::Diagnostics& sink)
      : file_(file),
        text_(file.text()),
        dialect_(dialect),
        sink_(sink),
        tree_(file),
        at_(file.content_begin()) {}
  // Of one value in the file, which is no HCL.
  JsonParser(const source::SourceFile& file, std::uint32_t begin, std::uint32_t end, JsonForm form,
             diagnostics::Diagnostics& sink)
      : file_(file),
        text_(file.text().substr(0, end)),
        dialect_(Dialect::hcl),
        sink_(sink),
        tree_(file),
        at_(begin),
        is_hcl_(false),
        is_relaxed_(form == JsonForm::relaxed) {}

  Tree parse() {
    skip_space();
    array_of_bodies_ = at('[');
    const NodeId root = parse_value();
    tree_.set_root(root);
    skip_space();
    if (!failed_ && at_ < text_.size()) fail(at_, token_end(at_), "extra characters after the document");
    const NodeKind kind = tree_.node(root).kind;
    if (!failed_ && is_hcl_ && kind != NodeKind::object && kind != NodeKind::tuple &&
        kind != NodeKind::invalid) {
      fail(tree_.node(root).begin, tree_.node(root).end, "a configuration in JSON is an object");
    }
    return std::move(tree_);
  }

 private:
  struct List {
    NodeId first = no_node;
    NodeId last = no_node;
  };

  NodeId parse_value() {
    if (at_ >= text_.size()) return fail(at_, at_, "expected a value, found the end of the file");
    const char c = text_[at_];
    if (c == '{') return parse_list(NodeKind::object, '}');
    if (c == '[') return parse_list(NodeKind::tuple, ']');
    if (c == '"') return parse_string();
    if (c == '-' || (c >= '0' && c <= '9')) return parse_number();
    if (is_letter(c)) return parse_keyword();
    if (c == '\'') return fail(at_, at_ + 1, "strings are in double quotes");
    if (c == '=' || c == ':' || c == ',' || c == ']' || c == '}') {
      return fail(at_, at_ + 1, "expected a value, found `" + std::string(1, c) + "`");
    }
    return fail(at_, token_end(at_), "this cannot start a value");
  }

  // An object or an array, with everything that can be read of a broken one.
  NodeId parse_list(NodeKind kind, char closer) {
    const std::uint32_t open = at_;
    const NodeId list = tree_.add(kind, open, open + 1);
    if (++depth_ > max_nesting_depth) {
      if (!std::exchange(nesting_reported_, true))
        report(rules::nesting_too_deep, open, open + 1,
               "values are nested deeper than " + std::to_string(max_nesting_depth) + " levels");
      failed_ = true;
      --depth_;
      return list;
    }
    List items;
    ++at_;
    skip_space();
    while (!at(closer)) {
      parse_item(kind, items, open);
      if (!failed_) parse_separator(kind, closer, open);
      if (failed_ && !recover(closer)) break;
    }
    tree_.node(list).first_child = items.first;
    if (!failed_) ++at_;
    tree_.node(list).end = at_;
    --depth_;
    return list;
  }

  void parse_item(NodeKind kind, List& items, std::uint32_t open) {
    if (kind == NodeKind::tuple) {
      append(items, parse_value());
      return;
    }
    if (!at('"')) {
      report_bad_name(open);
      return;
    }
    const std::uint32_t begin = at_;
    // HCL's JSON specification: a body's property `//` is a comment, and its
    // names are no templates. A body may be an array of objects. Deeper bodies
    // are known to a schema only.
    const bool in_body = depth_ == 1 || (depth_ == 2 && array_of_bodies_);
    const NodeId key = parse_string(in_body);
    if (failed_) return;
    skip_space();
    if (!pass_colon()) return;
    const bool comment = in_body && tree_.node(key).end - begin == 4 && text_.substr(begin, 4) == "\"//\"";
    if (comment) in_comment_ = true;
    const NodeId value = parse_value();
    if (comment) in_comment_ = false;
    const NodeId item = tree_.add(NodeKind::object_item, begin, tree_.node(value).end);
    tree_.node(item).first_child = key;
    tree_.node(key).next_sibling = value;
    append(items, item);
  }

  // False when there is neither a colon nor something that was meant as one or as the value.
  bool pass_colon() {
    if (at('=')) {
      const std::uint32_t sign = at_++;
      if (at('=') || at('>')) ++at_;
      report(rules::invalid_json, sign, at_,
             "JSON separates name and value with `:`, not " + text::quoted(text_.substr(sign, at_ - sign)));
    } else if (at(':')) {
      ++at_;
    } else {
      // A string that a colon follows is the next member's name.
      const bool starts_value = at_ < size() && can_start_value(text_[at_]) && behind_string() != ':';
      const std::string message = "expected `:` behind the member's name";
      if (!starts_value) fail(at_, token_end(at_), message);
      if (!starts_value) return false;
      report(rules::invalid_json, at_, token_end(at_), message);
    }
    skip_space();
    return true;
  }

  // What stands behind the string here; nothing if there is no string or nothing else.
  [[nodiscard]] std::optional<char> behind_string() const {
    if (!at('"')) return std::nullopt;
    const std::size_t next = text_.find_first_not_of(" \t\r\n", token_end(at_));
    return next == std::string_view::npos ? std::nullopt : std::optional(text_[next]);
  }

  // Whether a string follows that something follows which is no end.
  [[nodiscard]] bool at_member() const {
    const auto next = behind_string();
    return next && *next != ',' && *next != '}' && *next != ']';
  }

  static bool can_start_value(char c) {
    return c == '{' || c == '[' || c == '"' || c == '-' || (c >= '0' && c <= '9') || is_letter(c);
  }

  void report_bad_name(std::uint32_t open) {
    if (at_ >= size()) {
      fail(open, open + 1, "this `{` is never closed");
    } else if (is_letter(text_[at_])) {
      fail(at_, token_end(at_), "member names are in double quotes");
    } else {
      fail(at_, token_end(at_), "expected a member's name in double quotes");
    }
  }

  void parse_separator(NodeKind kind, char closer, std::uint32_t open) {
    skip_space();
    if (at(closer)) return;
    if (at(',')) {
      const std::uint32_t comma = at_;
      ++at_;
      skip_space();
      if (at(closer) && !is_relaxed_)
        report(rules::invalid_json, comma, comma + 1, "JSON allows no comma behind the last value");
      return;
    }
    if (at_ >= size()) {
      fail(open, open + 1, std::string("this `") + text_[open] + "` is never closed");
      return;
    }
    const bool wrong_closer = at('}') || at(']');
    if (wrong_closer) {
      report(rules::invalid_json, at_, at_ + 1,
             std::string("expected `") + closer + "`, found `" + text_[at_] + "`")
          .label({file_.id(), open, open + 1}, "opened here");
      failed_ = true;
      return;
    }
    const bool is_object = kind == NodeKind::object;
    const std::string message =
        is_object ? "expected `,` or `}` behind this member" : "expected `,` or `]` behind this value";
    // Most likely just the comma is missing.
    if (is_object ? at_member() : can_start_value(text_[at_])) {
      report(rules::invalid_json, at_, token_end(at_), message);
    } else {
      fail(at_, token_end(at_), message);
    }
  }

  NodeId parse_string(bool is_name = false) {
    const std::uint32_t begin = at_;
    bool escaped = false;
    bool sequences = false;
    bool has_brace = false;
    unsigned char all_bits = 0;
    const std::uint32_t error_before = last_error_;
    for (++at_; at_ < size() && text_[at_] != '"'; ++at_) {
      const char c = text_[at_];
      all_bits |= static_cast<unsigned char>(c);
      if (c == '\n') return fail(begin, begin + 1, "this string has no closing quote on its line");
      if (c == '\\') {
        escaped = true;
        check_escape();
        if (at_ >= size()) break;
      } else if (static_cast<unsigned char>(c) < 0x20) {
        report(rules::invalid_json, at_, at_ + 1, "control characters in strings must be escaped");
      } else if (c == '{') {
        has_brace = true;
        sequences = sequences || text_[at_ - 1] == '$' || text_[at_ - 1] == '%';
      }
    }
    if (at_ >= size()) return fail(begin, begin + 1, "this string has no closing quote");
    ++at_;
    const NodeId node = tree_.add(NodeKind::string_template, begin, at_);
    const bool is_verbatim = !escaped && !has_brace && (all_bits & 0x80U) == 0;
    tree_.node(node).flags = static_cast<std::uint16_t>(flag::json | (escaped ? flag::escaped : 0) |
                                                        (is_verbatim ? flag::verbatim : 0));
    // An escape may hide a `$` or `{`, so such strings are looked at as well.
    // What is wrong with the string itself would be said again of its template.
    if (!is_hcl_ || is_name || in_comment_ || last_error_ != error_before) return node;
    if (text::find_malformed(text_.substr(begin, at_ - begin)) != std::string_view::npos) return node;
    if (sequences || (escaped && text_.substr(begin, at_ - begin).find("\\u00") != std::string_view::npos)) {
      parse_sequences(node, escaped);
    }
    return node;
  }

  // The string's text is a template of its own.
  void parse_sequences(NodeId node, bool escaped) {
    const Node& data = tree_.node(node);
    const std::string decoded = plain_string_value(Expression(tree_, node));
    if (decoded.find("${") == std::string::npos && decoded.find("%{") == std::string::npos) return;
    const source::SourceRange whole{file_.id(), data.begin + 1, data.end - 1};
    const bool exact = !escaped && decoded == file_.text(whole);
    auto inner = std::make_unique<source::SourceFile>(file_.id(), file_.name(), decoded);
    auto parsed = std::make_unique<Tree>(parse_template(*inner, Tree::Origin{whole, exact}, dialect_, sink_));
    parsed->shrink_to_fit();
    tree_.add_nested(node, std::move(inner), std::move(parsed));
  }

  // At a backslash; leaves the position on the escape's last character.
  void check_escape() {
    const std::uint32_t begin = at_++;
    if (at_ >= size()) return;
    if (std::string_view("\"\\/bfnrt").find(text_[at_]) != std::string_view::npos) return;
    if (text_[at_] == 'u') {
      std::uint32_t digits = 0;
      while (digits < 4 && at_ + 1 < size() && hex_digit(text_[at_ + 1]) >= 0) {
        ++digits;
        ++at_;
      }
      if (digits < 4) {
        report(rules::invalid_escape, begin, at_ + 1, "`\\u` must be followed by 4 hexadecimal digits");
      }
      return;
    }
    const std::uint32_t end = at_ + text::decode(text_, at_).size;
    report(rules::invalid_escape, begin, end, "JSON has no such escape sequence");
    if (text_[at_] != '\n') at_ = end - 1;
    if (text_[at_] == '\n') --at_;
  }

  NodeId parse_number() {
    const std::uint32_t begin = at_;
    while (at_ < size() && std::string_view("+-.eE0123456789").find(text_[at_]) != std::string_view::npos)
      ++at_;
    const NodeId node = tree_.add(NodeKind::number, begin, at_);
    if (!is_json_number(text_.substr(begin, at_ - begin))) {
      report(rules::invalid_number, begin, at_, "this is no JSON number");
      tree_.node(node).kind = NodeKind::invalid;
      return node;
    }
    if (text_[begin] != '-') return node;
    // The native form has no negative literals: the minus is an operator.
    tree_.node(node).begin = begin + 1;
    const NodeId negated = tree_.add(NodeKind::unary, begin, at_);
    tree_.node(negated).detail = static_cast<std::uint8_t>(UnaryOperator::negate);
    tree_.node(negated).first_child = node;
    return negated;
  }

  static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
  static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
  static bool is_number_part(char c) {
    return std::string_view("+-.eE0123456789").find(c) != std::string_view::npos;
  }

  // The end of whatever stands at `at`: a word, a number, a string or one
  // character. Findings cover all of it.
  [[nodiscard]] std::uint32_t token_end(std::uint32_t at) const {
    std::uint32_t end = at;
    if (end >= size()) return end;
    if (is_letter(text_[end])) {
      while (end < size() && is_letter(text_[end])) ++end;
    } else if (text_[end] == '"') {
      for (++end; end < size() && text_[end] != '"' && text_[end] != '\n'; ++end) {
        if (text_[end] == '\\' && end + 1 < size() && text_[end + 1] != '\n') ++end;
      }
      end = std::min(end + 1, size());
    } else if (is_number_part(text_[end])) {
      while (end < size() && is_number_part(text_[end])) ++end;
    } else {
      end += text::decode(text_, end).size;
    }
    return end;
  }

  NodeId parse_keyword() {
    const std::uint32_t begin = at_;
    at_ = token_end(at_);
    const std::string_view word = text_.substr(begin, at_ - begin);
    if (word == "null") return tree_.add(NodeKind::null, begin, at_);
    const NodeId node = tree_.add(NodeKind::boolean, begin, at_);
    tree_.node(node).detail = word == "true" ? 1 : 0;
    if (word != "true" && word != "false") {
      report(rules::invalid_json, begin, at_, "`" + std::string(word) + "` is no JSON value")
          .suggest("text must be in double quotes; the keywords are `true`, `false` and `null`");
      tree_.node(node).kind = NodeKind::invalid;
    }
    return node;
  }

  // Goes to the next separator of the innermost list and behind it, or to its
  // closing bracket. False when there is none.
  bool recover(char closer) {
    unsigned open = 0;
    for (; at_ < size(); ++at_) {
      const char c = text_[at_];
      if (c == '"') {
        at_ = token_end(at_) - 1;  // one that is not closed ends with its line
      } else if (c == '{' || c == '[') {
        ++open;
      } else if (c == '}' || c == ']') {
        if (open == 0 && c != closer) return false;
        if (open == 0) {
          failed_ = false;
          return true;
        }
        --open;
      } else if (c == ',' && open == 0) {
        ++at_;
        skip_space();
        failed_ = false;
        return true;
      }
    }
    return false;
  }

  NodeId fail(std::uint32_t begin, std::uint32_t end, std::string message) {
    if (!failed_) report(rules::invalid_json, begin, end, std::move(message));
    failed_ = true;
    return tree_.add(NodeKind::invalid, begin, end);
  }

  // One place has one finding; malformed UTF-8 has had the file's.
  diagnostics::Diagnostic& report(const diagnostics::Rule& rule, std::uint32_t begin, std::uint32_t end,
                                  std::string message) {
    const bool malformed = begin < size() && !text::decode(text_, begin).valid;
    if (begin == last_error_ || malformed) return unreported_ = diagnostics::Diagnostic{};
    last_error_ = begin;
    return sink_.report(rule, {file_.id(), begin, end}, std::move(message));
  }

  void append(List& list, NodeId child) {
    (list.last == no_node ? list.first : tree_.node(list.last).next_sibling) = child;
    list.last = child;
  }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(text_.size()); }
  [[nodiscard]] bool at(char c) const { return at_ < text_.size() && text_[at_] == c; }
  void skip_space() {
    do {
      while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    } while (is_relaxed_ && pass_comment());
  }

  // Goes behind the comment here; false if there is none.
  bool pass_comment() {
    const std::string_view rest = text_.substr(at_);
    if (!rest.starts_with("//") && !rest.starts_with("/*")) return false;
    const bool is_line = rest[1] == '/';
    const std::size_t closer = is_line ? rest.find('\n') : rest.find("*/", 2);
    const std::uint32_t begin = at_;
    if (closer == std::string_view::npos) {
      at_ = size();
      if (!is_line) fail(begin, begin + 2, "this comment is never closed");
    } else {
      at_ += static_cast<std::uint32_t>(closer) + (is_line ? 0 : 2);
    }
    tree_.add_comment(begin, at_);
    return true;
  }

  const source::SourceFile& file_;
  std::string_view text_;
  Dialect dialect_;
  diagnostics::Diagnostics& sink_;
  Tree tree_;
  bool nesting_reported_ = false;
  std::uint32_t at_;
  bool is_hcl_ = true;
  bool is_relaxed_ = false;
  unsigned depth_ = 0;
  bool array_of_bodies_ = false;
  bool in_comment_ = false;  // inside a body's member `//`, which is text
  std::uint32_t last_error_ = 0xFFFFFFFF;
  diagnostics::Diagnostic unreported_;
  bool failed_ = false;  // unwinding to the nearest list that can go on
};

}  // namespace

bool is_json_number(std::string_view text) {
  std::size_t at = text.starts_with('-') ? 1 : 0;
  const auto digits = [&] {
    const std::size_t first = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at - first;
  };
  const bool zero = at < text.size() && text[at] == '0';
  const std::size_t whole = digits();
  if (whole == 0 || (zero && whole > 1)) return false;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (digits() == 0) return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (digits() == 0) return false;
  }
  return at == text.size();
}

Tree parse_json(const source::SourceFile& file, Dialect dialect, diagnostics::Diagnostics& sink) {
  report_malformed(file, sink);
  return JsonParser(file, dialect, sink).parse();
}

Tree parse_json_value(const source::SourceFile& file, std::uint32_t begin, std::uint32_t end,
                      diagnostics::Diagnostics& sink) {
  return JsonParser(file, begin, end, JsonForm::strict, sink).parse();
}

Tree parse_json_value(const source::SourceFile& file, JsonForm form, diagnostics::Diagnostics& sink) {
  report_malformed(file, sink);
  const auto end = static_cast<std::uint32_t>(file.text().size());
  return JsonParser(file, file.content_begin(), end, form, sink).parse();
}

}  // namespace honua::syntax
