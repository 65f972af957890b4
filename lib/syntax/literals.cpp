// SPDX-License-Identifier: MIT
#include "syntax/literals.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "base/assert.h"
#include "syntax/characters.h"
#include "text/ascii.h"
#include "text/unicode.h"

namespace honua::syntax {

namespace {

bool is_ascii(std::string_view text) { return text::ascii_end(text, 0) == text.size(); }

std::string normalized(const std::string& text) { return is_ascii(text) ? text : text::to_nfc(text); }

// In a quoted string, whatever follows.
bool stands_for_itself(char c) {
  return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\' && c != '$' && c != '%' && c != 0x7F;
}

// The character of a `\u` or `\U` escape at `at`; appends it and returns the
// position behind. Malformed ones were reported: they stay as they are.
std::size_t append_unicode_escape(std::string_view raw, std::size_t at, std::string& out) {
  const std::size_t wanted = raw[at + 1] == 'u' ? 4 : 8;
  char32_t value = 0;
  std::size_t end = at + 2;
  while (end < raw.size() && end < at + 2 + wanted && hex_digit(raw[end]) >= 0) {
    value = value * 16 + static_cast<char32_t>(hex_digit(raw[end]));
    ++end;
  }
  const bool scalar = value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
  if (end == at + 2 + wanted && scalar) {
    text::append_utf8(out, value);
  } else {
    out.append(raw.substr(at, end - at));
  }
  return end;
}

std::size_t append_backslash_escape(std::string_view raw, std::size_t at, std::string& out) {
  const char selector = at + 1 < raw.size() ? raw[at + 1] : '\0';
  switch (selector) {
    case 'n': out += '\n'; return at + 2;
    case 'r': out += '\r'; return at + 2;
    case 't': out += '\t'; return at + 2;
    case '"':
    case '\'':
    case '\\': out += selector; return at + 2;
    case 'u':
    case 'U': return append_unicode_escape(raw, at, out);
    default: return at + 1;  // reported by the parser
  }
}

std::string decode_quoted(std::string_view raw, bool backslashes) {
  std::string out;
  out.reserve(raw.size());
  for (std::size_t at = 0; at < raw.size();) {
    const char c = raw[at];
    if (c == '\\' && backslashes) {
      at = append_backslash_escape(raw, at, out);
    } else if ((c == '$' || c == '%') && at + 2 < raw.size() && raw[at + 1] == c && raw[at + 2] == '{') {
      out += c;
      out += '{';
      at += 3;
    } else {
      out += c;
      ++at;
    }
  }
  return out;
}

std::size_t leading_space(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const text::CodePoint point = text::decode(text, at);
    if (!point.valid || !text::is_space(point.value)) break;
    at += point.size;
  }
  return at;
}

void trim_right(std::string& text) {
  std::size_t keep = 0;
  for (std::size_t at = 0; at < text.size();) {
    const text::CodePoint point = text::decode(text, at);
    at += point.size;
    if (!point.valid || !text::is_space(point.value)) keep = at;
  }
  text.resize(keep);
}

// One step of a template in source order: a line of literal text, or a
// sequence (node == no_node).
struct Piece {
  NodeId node = no_node;
  std::string text;
};

// Cuts templates into pieces. In heredocs each line is a piece of its own:
// `~` strips no further than the line it stands on.
class PieceList {
 public:
  PieceList(const Tree& tree, bool by_line, bool backslashes)
      : tree_(tree), by_line_(by_line), backslashes_(backslashes) {}

  void add_parts(NodeId parent) {
    for (NodeId id = tree_.node(parent).first_child; id != no_node; id = tree_.node(id).next_sibling) {
      const NodeKind kind = tree_.node(id).kind;
      if (kind == NodeKind::string_literal) {
        add_literal(id);
      } else if (kind == NodeKind::if_directive || kind == NodeKind::for_directive) {
        pieces.emplace_back();
        add_directive(id);
      } else {
        pieces.emplace_back();
      }
    }
  }

  std::vector<Piece> pieces;

 private:
  void add_directive(NodeId directive) {
    for (NodeId id = tree_.node(directive).first_child; id != no_node; id = tree_.node(id).next_sibling) {
      if (tree_.node(id).kind != NodeKind::template_sequence) continue;
      add_parts(id);
      pieces.emplace_back();  // the `else` or end marker behind it
    }
  }

  void add_literal(NodeId id) {
    const Node& node = tree_.node(id);
    std::string_view raw = tree_.file().text().substr(node.begin, node.end - node.begin);
    const std::size_t first = pieces.size();
    while (!raw.empty()) {
      std::size_t size = raw.size();
      if (by_line_) {
        const std::size_t feed = raw.find('\n');
        if (feed != std::string_view::npos) size = feed + 1;
      }
      std::string line(raw.substr(0, size));
      if ((node.flags & flag::escaped) != 0) line = decode_quoted(line, backslashes_);
      pieces.push_back(Piece{id, std::move(line)});
      raw.remove_prefix(size);
    }
    if ((node.flags & flag::stripped_left) != 0) {
      pieces[first].text.erase(0, leading_space(pieces[first].text));
    }
    if ((node.flags & flag::stripped_right) != 0) trim_right(pieces.back().text);
  }

  const Tree& tree_;
  bool by_line_;
  bool backslashes_;
};

// The length in bytes of the first `count` clusters.
std::size_t prefix_size(std::string_view text, std::size_t count) {
  std::size_t size = 0;
  for (; count > 0 && size < text.size(); --count) size += text::first_grapheme(text.substr(size));
  return size;
}

// `<<-`: takes the smallest indentation off every line that starts with
// literal text. Lines of white space only neither count nor change.
void dedent(std::vector<Piece>& pieces) {
  constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();
  std::size_t smallest = unlimited;
  std::vector<Piece*> starts;
  bool line_start = true;
  for (Piece& piece : pieces) {
    if (line_start) {
      line_start = false;
      std::size_t spaces = 0;
      if (piece.node != no_node) {
        const std::size_t bytes = leading_space(piece.text);
        const bool blank = bytes == piece.text.size() && piece.text.ends_with('\n');
        spaces = blank ? unlimited : text::count_graphemes(std::string_view(piece.text).substr(0, bytes));
        if (!blank) starts.push_back(&piece);
      }
      if (spaces < smallest) smallest = spaces;
    }
    if (piece.node != no_node && piece.text.ends_with('\n')) line_start = true;
  }
  if (smallest == unlimited) return;
  for (Piece* piece : starts) piece->text.erase(0, prefix_size(piece->text, smallest));
}

}  // namespace

std::string decode_json(std::string_view raw) {
  std::string out;
  out.reserve(raw.size());
  const auto unit = [raw](std::size_t at) {
    char32_t value = 0;
    for (std::size_t i = at; i < at + 4 && i < raw.size() && hex_digit(raw[i]) >= 0; ++i) {
      value = value * 16 + static_cast<char32_t>(hex_digit(raw[i]));
    }
    return value;
  };
  for (std::size_t at = 0; at < raw.size();) {
    if (raw[at] != '\\' || at + 1 >= raw.size()) {
      out += raw[at++];
      continue;
    }
    const char selector = raw[at + 1];
    at += 2;
    switch (selector) {
      case 'b': out += '\b'; continue;
      case 'f': out += '\f'; continue;
      case 'n': out += '\n'; continue;
      case 'r': out += '\r'; continue;
      case 't': out += '\t'; continue;
      case 'u': break;
      default: out += selector; continue;
    }
    char32_t value = unit(at);
    at += 4;
    const bool high = value >= 0xD800 && value <= 0xDBFF;
    if (high && raw.substr(at, 2) == "\\u") {
      const char32_t low = unit(at + 2);
      if (low >= 0xDC00 && low <= 0xDFFF) {
        value = 0x10000 + ((value - 0xD800) << 10U) + (low - 0xDC00);
        at += 6;
      }
    }
    if (value >= 0xD800 && value <= 0xDFFF) value = 0xFFFD;
    text::append_utf8(out, value);
    if (at > raw.size()) at = raw.size();
  }
  return out;
}

std::optional<std::string_view> verbatim_string(Expression expression) {
  const std::string_view text = expression.text();
  if (expression.kind() == NodeKind::string_template && expression.has(flag::verbatim) &&
      expression.has(flag::json))
    return text.substr(1, text.size() - 2);
  if (!expression.is_plain_string() || expression.has(flag::escaped)) return std::nullopt;
  // `$${` and `%%{` are escapes, too.
  const bool as_written = text.size() >= 2 && text.front() == '"' && text.back() == '"' && is_ascii(text) &&
                          text.find('{') == std::string_view::npos;
  if (!as_written) return std::nullopt;
  return text.substr(1, text.size() - 2);
}

Expression without_parentheses(Expression value) {
  while (value.kind() == NodeKind::parentheses) value = value.child(0);
  return value;
}

std::string plain_string_value(Expression expression) {
  const Node& node = expression.data();
  const std::string_view whole = expression.text();
  std::string_view raw = whole;
  const bool bare = node.kind == NodeKind::string_template && (node.flags & flag::bare) != 0;
  if (!bare) {
    raw.remove_prefix(1);
    if (!raw.empty() && raw.back() == whole.front()) raw.remove_suffix(1);
  }
  std::string value;
  if ((node.flags & flag::escaped) == 0) {
    value = raw;
  } else if ((node.flags & flag::json) != 0) {
    value = decode_json(raw);
  } else {
    value = decode_quoted(raw, !bare);
  }
  // Labels are names: like identifiers they stay as they are written.
  return node.kind == NodeKind::label ? value : normalized(value);
}

std::string quoted_string(std::string_view value) {
  std::string out;
  out.reserve(value.size() + 2);
  out = '"';
  // Most texts stand for themselves.
  if (std::ranges::all_of(value, &stands_for_itself)) return out.append(value) += '"';
  for (std::size_t at = 0; at < value.size(); ++at) {
    const char c = value[at];
    switch (c) {
      case '"': out += "\\\""; continue;
      case '\\': out += "\\\\"; continue;
      case '\n': out += "\\n"; continue;
      case '\r': out += "\\r"; continue;
      case '\t': out += "\\t"; continue;
      default: break;
    }
    if ((c == '$' || c == '%') && at + 1 < value.size() && value[at + 1] == '{') out += c;
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      constexpr std::string_view digits = "0123456789abcdef";
      const auto byte = static_cast<unsigned char>(c);
      out += "\\u00";
      out += digits[byte >> 4U];
      out += digits[byte & 0xFU];
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::unordered_map<NodeId, std::string> template_literals(Expression expression) {
  HONUA_ASSERT(expression.kind() == NodeKind::string_template || expression.kind() == NodeKind::heredoc);
  const bool heredoc = expression.kind() == NodeKind::heredoc;
  const bool quoted = !heredoc && !expression.has(flag::bare);
  PieceList list(expression.tree(), heredoc, quoted);
  list.add_parts(expression.id());
  if (expression.has(flag::flush) && heredoc) dedent(list.pieces);
  std::unordered_map<NodeId, std::string> result;
  for (const Piece& piece : list.pieces) {
    if (piece.node != no_node) result[piece.node] += piece.text;
  }
  for (auto& [node, text] : result) text = normalized(text);
  return result;
}

}  // namespace honua::syntax
