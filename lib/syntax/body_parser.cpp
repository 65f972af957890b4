// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>

#include "syntax/parser_impl.h"

// Bodies, attributes and blocks: HCL native syntax specification, section
// Structural Elements, with Honua's tolerated forms behind the dialect.
namespace honua::syntax {

namespace {

// Up to this many attributes are compared pair by pair; larger bodies are sorted.
constexpr std::size_t max_pairwise_names = 16;

}  // namespace

// `open_brace_end` is the position behind the opening brace of a nested body,
// which ends at its closing brace; the file's body ends with the file.
NodeId Parser::parse_body(std::uint32_t open_brace_end, bool nested) {
  const DepthGuard guard(depth_);
  const NodeId body = add(NodeKind::body, open_brace_end, open_brace_end);
  if (guard.too_deep()) {
    fail_too_deep("blocks", range(open_brace_end - 1, open_brace_end));
    return body;
  }
  ChildList items;
  const std::size_t first_name = names_.size();
  const std::uint32_t outer_begin = item_begin_;
  parse_items(items, nested);
  item_begin_ = outer_begin;
  set_children(body, items);
  tree_.node(body).end = token_.begin;
  report_duplicates(first_name);
  return body;
}

// Items up to the closing brace of a nested body, or to the end of the file.
void Parser::parse_items(ChildList& items, bool nested) {
  for (;;) {
    if (is(TokenKind::newline)) {
      advance();
      continue;
    }
    if (is(TokenKind::end_of_file) || (nested && is(TokenKind::close_brace))) break;
    const std::uint32_t before = token_.begin;
    parse_item(items);
    if (failed_) recover_item(nested);
    if (token_.begin == before && !is(TokenKind::end_of_file) && !(nested && is(TokenKind::close_brace)))
      advance();
  }
}

void Parser::parse_item(ChildList& items) {
  item_begin_ = token_.begin;
  open_ = 0;
  if (is(TokenKind::identifier)) {
    const Token name = token_;
    advance();
    parse_named_item(items, name);
    return;
  }
  if (is(TokenKind::open_quote)) {
    parse_quoted_item(items);
    return;
  }
  if (is(TokenKind::close_brace)) {
    fail_at_token(rules::unclosed_bracket, "this `}` closes nothing")
        .suggest("remove it, or look for the block above that ends too early");
    return;
  }
  if (is(TokenKind::slash) && token_.end < text_.size() && text_[token_.end] == '*') {
    fail_at_token(rules::unclosed_bracket, "this comment is never closed");
    resume_at(static_cast<std::uint32_t>(text_.size()));
    return;
  }
  auto& made = fail_at_token(rules::item_expected, "expected an attribute or a block, found " + found());
  if (is(TokenKind::plus) || is(TokenKind::question) || is(TokenKind::colon) || is(TokenKind::logical_and) ||
      is(TokenKind::logical_or)) {
    made.suggest("an expression over several lines must be wrapped in parentheses");
  }
}

void Parser::parse_named_item(ChildList& items, const Token& name) {
  switch (token_.kind) {
    case TokenKind::assign: append(items, parse_attribute(name.begin, text_of(name), no_node)); return;
    case TokenKind::open_quote:
    case TokenKind::open_brace:
    case TokenKind::identifier: append(items, parse_block(name)); return;
    case TokenKind::apostrophe:
      if (dialect_ == Dialect::honua) {
        append(items, parse_block(name));
        return;
      }
      fail_at_token(rules::item_expected, "");
      return;
    case TokenKind::malformed:
    case TokenKind::invalid: fail_at_token(rules::item_expected, ""); return;
    default: break;
  }
  auto& made = fail(rules::item_expected, range(name),
                    quote(name.begin, name.end) + " is neither an attribute nor a block");
  if (is(TokenKind::colon)) {
    made.suggest("HCL assigns with `=`, not `:`");
  } else if (is(TokenKind::equal)) {
    made.suggest("HCL assigns with a single `=`");
  } else if (is(TokenKind::dot)) {
    made.suggest("attribute names have no dots: nest blocks instead");
  } else {
    made.suggest("write `name = value` for an attribute, `name { ... }` for a block");
  }
}

// A quoted name at the start of an item: tolerated for attributes.
void Parser::parse_quoted_item(ChildList& items) {
  const Token opening = token_;
  const NodeId label = parse_label();
  if (failed_) return;
  if (is(TokenKind::assign) && dialect_ == Dialect::honua) {
    const Node& quoted = tree_.node(label);
    const std::string_view name = text_.substr(quoted.begin + 1, quoted.end - quoted.begin - 2);
    const bool is_identifier = !name.empty() && identifier_end(name, 0) == name.size();
    auto& made = report(rules::quoted_attribute_name, tree_.range(label), "this attribute's name is quoted")
                     .suggest(std::string("HCL itself refuses it: ") +
                              (is_identifier ? "remove the quotes, or " : "") +
                              "write an object `= { ... }`, whose keys may be quoted");
    if (is_identifier && has_fixes(made)) {
      made.fixed_by(diagnostics::FixSafety::safe, "remove the quotes",
                    {{range(quoted.begin, quoted.begin + 1), ""}, {range(quoted.end - 1, quoted.end), ""}});
    }
    append(items, parse_attribute(opening.begin, name, label));
    return;
  }
  if (is(TokenKind::assign)) {
    fail(rules::invalid_attribute_name, range(opening), "attribute names must not be quoted")
        .suggest("remove the quotes, or write an object `= { ... }`, whose keys may be quoted");
  } else if (is(TokenKind::colon)) {
    fail(rules::invalid_attribute_name, range(opening), "attribute names must not be quoted")
        .suggest("this looks like JSON: HCL writes `name = value`, or give the file the suffix `.hcl.json`");
  } else {
    fail(rules::invalid_attribute_name, range(opening), "an item must not start with a quoted string")
        .suggest("block types and attribute names are written without quotes");
    if (skip_to_block_open()) parse_nameless_block(opening);
  }
}

// After an error in a block's header: when its brace still follows on the
// line, the body can be read as if nothing had happened. A brace inside of
// other brackets is not it.
bool Parser::skip_to_block_open() {
  unsigned open = 0;
  while (!is(TokenKind::newline) && !is(TokenKind::end_of_file) && (open > 0 || !is(TokenKind::open_brace))) {
    if (is(TokenKind::open_parenthesis) || is(TokenKind::open_bracket)) ++open;
    if (open > 0 && (is(TokenKind::close_parenthesis) || is(TokenKind::close_bracket))) --open;
    skip_token();
  }
  if (!is(TokenKind::open_brace)) return false;
  failed_ = false;
  return true;
}

// Reads a body for its findings only: nothing says what block it is.
void Parser::parse_nameless_block(const Token& start) {
  const NodeId block = add(NodeKind::invalid, start.begin, start.end);
  ChildList children;
  parse_block_body(start, block, children);
  tree_.node(block).first_child = no_node;
}

NodeId Parser::parse_attribute(std::uint32_t begin, std::string_view name, NodeId quoted_name) {
  advance();  // =
  const NodeId attribute = add(NodeKind::attribute, begin, token_.begin);
  note_name(name, attribute);
  ChildList children;
  if (quoted_name != no_node) {
    append(children, quoted_name);
  } else {
    tree_.node(attribute).detail = name_size(name.size());
  }
  const NodeId value = parse_expression();
  append(children, value);
  set_children(attribute, children);
  tree_.node(attribute).end = std::max(tree_.node(value).end, previous_end_);
  if (failed_) {
    tree_.node(value).kind = NodeKind::invalid;
    tree_.node(value).first_child = no_node;
    return attribute;
  }
  tree_.node(attribute).end = tree_.node(value).end;
  end_of_item("attribute", begin);
  return attribute;
}

// An item ends with its line. Honua's own parser knows no such rule, so its
// dialect lets another item or the closing brace follow.
void Parser::end_of_item(std::string_view what, std::uint32_t item_begin) {
  if (is(TokenKind::newline)) {
    advance();
    return;
  }
  if (is(TokenKind::end_of_file)) return;
  if (dialect_ == Dialect::honua) {
    const bool closes = is(TokenKind::close_brace) && depth_ > 1;
    const bool another = (is(TokenKind::identifier) && looks_like_item(text_, token_.begin));
    if (closes || another) {
      auto& made = report(rules::several_on_one_line, range(token_),
                          closes ? "this closing brace stands on the line of what it encloses"
                                 : "this item stands on the line of another");
      made.suggest("HCL itself refuses it: start a new line");
      if (has_fixes(made)) {
        made.fixed_by(diagnostics::FixSafety::safe, "start a new line", {line_break_before(token_.begin)});
      }
      return;
    }
  }
  auto& made = fail_at_token(rules::missing_newline, "expected the end of the line after this " +
                                                         std::string(what) + ", found " + found());
  made.label(range(item_begin, previous_end_), "this " + std::string(what) + " is complete");
  if (is(TokenKind::comma)) {
    made.suggest("attributes of a body are separated by new lines, not commas");
  } else if (is(TokenKind::assign)) {
    made.suggest("one `=` assigns, `==` compares");
  } else if (is(TokenKind::colon)) {
    made.suggest("a conditional needs its `?` before the `:`");
  } else if (is(TokenKind::identifier) && previous_end_ == token_.begin && text_[token_.begin - 1] >= '0' &&
             text_[token_.begin - 1] <= '9') {
    made.suggest("numbers have no units: write the number alone, or put all of it in quotes");
  } else {
    made.suggest("start a new line");
  }
}

// Remembers an attribute of the body being read, for report_duplicates.
void Parser::note_name(std::string_view name, NodeId attribute) {
  const auto size = static_cast<std::uint32_t>(name.size());
  const std::uint32_t key = name.empty() ? 0
                                         : (size << 16U) ^ (static_cast<std::uint32_t>(name.front()) << 8U) ^
                                               static_cast<std::uint32_t>(name.back());
  names_.push_back({name, attribute, key});
}

// Of the names noted since there were `first` of them; forgets them.
void Parser::report_duplicates(std::size_t first) {
  const auto report_pair = [this](NodeId one, NodeId other) {
    const Attribute earlier(tree_, one);
    const Attribute later(tree_, other);
    report(rules::duplicate_attribute, later.name_range(), "`" + later.name() + "` is set twice in this body")
        .label(earlier.name_range(), "first set here")
        .suggest("remove one of them");
  };
  const auto begin = names_.begin() + static_cast<std::ptrdiff_t>(first);
  if (names_.size() - first <= max_pairwise_names) {
    for (auto later = begin; later != names_.end(); ++later) {
      for (auto earlier = begin; earlier != later; ++earlier) {
        if (earlier->key != later->key || earlier->name != later->name) continue;
        report_pair(earlier->attribute, later->attribute);
        break;
      }
    }
  } else {
    std::sort(begin, names_.end(), [](const NotedName& a, const NotedName& b) {
      return a.name != b.name ? a.name < b.name : a.attribute < b.attribute;
    });
    auto original = begin;
    for (auto one = begin + 1; one != names_.end(); ++one) {
      if (one->name == original->name) {
        report_pair(original->attribute, one->attribute);
      } else {
        original = one;
      }
    }
  }
  names_.erase(begin, names_.end());
}

}  // namespace honua::syntax
