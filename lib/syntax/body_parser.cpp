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
    fail(rules::nesting_too_deep, range(open_brace_end - 1, open_brace_end),
         "blocks are nested deeper than " + std::to_string(max_nesting_depth) + " levels");
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
    fail_at_token(rules::unclosed_bracket, "this comment is never closed").suggest("end it with `*/`");
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
    sink_.report(rules::quoted_attribute_name, tree_.range(label), "this attribute's name is quoted")
        .suggest(
            "HCL itself refuses it: remove the quotes, or write an object `= { ... }`, whose keys may be "
            "quoted");
    const Node& quoted = tree_.node(label);
    append(items, parse_attribute(opening.begin,
                                  text_.substr(quoted.begin + 1, quoted.end - quoted.begin - 2), label));
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
// line, the body can be read as if nothing had happened.
bool Parser::skip_to_block_open() {
  while (!is(TokenKind::newline) && !is(TokenKind::end_of_file) && !is(TokenKind::open_brace)) skip_token();
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
  if (quoted_name != no_node) append(children, quoted_name);
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
      sink_
          .report(rules::several_on_one_line, range(token_),
                  closes ? "this closing brace stands on the line of what it encloses"
                         : "this item stands on the line of another")
          .suggest("HCL itself refuses it: start a new line");
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
  } else {
    made.suggest("start a new line");
  }
}

NodeId Parser::parse_block(const Token& type) {
  const NodeId block = add(NodeKind::block, type.begin, type.end);
  ChildList children;
  if (parse_block_labels(type, children)) return parse_variable_assignment(type, block, children);
  if (!failed_) {
    parse_block_body(type, block, children);
  } else {
    append(children, add(NodeKind::body, token_.begin, token_.begin));
    set_children(block, children);
  }
  return block;
}

// Reads labels up to the opening brace. True when `=` follows the header of a
// variable in its place.
bool Parser::parse_block_labels(const Token& type, ChildList& labels) {
  const std::string_view name = text_of(type);
  for (;;) {
    switch (token_.kind) {
      case TokenKind::open_brace: return false;
      case TokenKind::identifier:
        append(labels, add(NodeKind::label, token_));
        advance();
        continue;
      case TokenKind::apostrophe:
        if (dialect_ == Dialect::hcl) break;
        [[fallthrough]];
      case TokenKind::open_quote:
        append(labels, parse_label());
        if (failed_) return false;
        continue;
      case TokenKind::assign:
        if (dialect_ == Dialect::honua && (name == "variable" || name == "var") && labels.first != no_node &&
            labels.first == labels.last) {
          return true;
        }
        break;
      case TokenKind::newline:
        if (parse_block_open(type)) return false;
        break;
      default: break;
    }
    auto& made = fail_at_token(rules::invalid_block,
                               "expected a label or `{` in this block's header, found " + found());
    made.label(range(type.begin, previous_end_), "the header starts here");
    if (is(TokenKind::assign)) {
      made.suggest("an attribute is `name = value`, a block `type \"label\" { ... }`: this mixes both");
    } else if (is(TokenKind::newline)) {
      made.suggest("a block has a body: write `{` on the header's line");
    }
    skip_to_block_open();
    return false;
  }
}

// The opening brace on a line of its own: an error, but the body is still
// worth reading.
bool Parser::parse_block_open(const Token& type) {
  std::uint32_t at = token_.end;
  while (at < text_.size() && (text_[at] == ' ' || text_[at] == '\t' || newline_size(text_, at) > 0)) ++at;
  if (at >= text_.size() || text_[at] != '{') return false;
  sink_.report(rules::invalid_block, range(token_), "the block's `{` must be on the header's line")
      .label(range(type.begin, previous_end_), "this header")
      .label(range(at, at + 1), "move this brace up");
  resume_at(at);
  return true;
}

// A block label or a quoted attribute name: text without template sequences.
NodeId Parser::parse_label() {
  const Token opening = token_;
  const NodeId read = parse_quoted_template();
  Node& node = tree_.node(read);
  if (node.first_child == no_node) {
    node.kind = NodeKind::label;
    node.flags = static_cast<std::uint16_t>(node.flags | flag::quoted);
    return read;
  }
  for (NodeId part = node.first_child; part != no_node; part = tree_.node(part).next_sibling) {
    const Node& one = tree_.node(part);
    if (one.kind == NodeKind::string_literal) continue;
    const bool strips = (one.flags & flag::strip_before) != 0;
    const std::string marker = quote(one.begin, one.begin + 2);
    if (!failed_) {
      sink_
          .report(rules::invalid_label, range(one.begin, one.begin + (strips ? 3 : 2)),
                  "a label is fixed text: " + marker + " is not allowed here")
          .suggest("to mean the characters themselves, double the first one: `" + marker.substr(1, 1) +
                   marker.substr(1));
    }
  }
  node.kind = NodeKind::invalid;
  node.first_child = no_node;
  const NodeId label = add(NodeKind::label, opening.begin, tree_.node(read).end);
  tree_.node(label).flags = flag::quoted;
  return label;
}

void Parser::parse_block_body(const Token& type, NodeId block, ChildList& children) {
  const Token open = token_;
  advance();
  const bool multi_line = is(TokenKind::newline) || is(TokenKind::end_of_file) || is(TokenKind::close_brace);
  // A header that is not indented deeper than the block around it hints at a
  // missing brace there; remembered for the message at the end of the file.
  if (depth_ > 1 && suspect_brace_ == 0 && text_[type.begin - 1] == '\n') suspect_brace_ = type.begin;
  const NodeId body = multi_line ? parse_body(open.end, true) : parse_one_line_body(open.end);
  append(children, body);
  set_children(block, children);
  tree_.node(block).end = token_.end;
  if (failed_) return;
  if (!is(TokenKind::close_brace)) {
    failed_ = true;
    failed_open_ = 0;
    if (!unclosed_reported_) {
      unclosed_reported_ = true;
      auto& made = sink_.report(rules::unclosed_block, range(open), "this block is never closed");
      made.label(range(type), "the block starts here");
      if (suspect_brace_ != 0) {
        made.label(range(suspect_brace_, identifier_end(text_, suspect_brace_)),
                   "not indented, yet inside the unclosed block: the missing `}` belongs above");
      }
      made.suggest("add `}` on a line of its own");
    }
    return;
  }
  advance();  // }
  end_of_item("block", type.begin);
}

// `{ name = value }`: one attribute, no line end before the closing brace.
NodeId Parser::parse_one_line_body(std::uint32_t open_brace_end) {
  const NodeId body = add(NodeKind::body, open_brace_end, open_brace_end);
  tree_.node(body).flags = flag::one_line;
  ChildList items;
  const std::uint32_t outer_begin = item_begin_;
  const std::size_t first_name = names_.size();
  std::uint32_t count = 0;
  if (dialect_ == Dialect::honua) {
    while (!failed_ && !is(TokenKind::close_brace) && !is(TokenKind::end_of_file)) {
      if (is(TokenKind::newline)) {
        advance();
        continue;
      }
      if (count > 0 && !is(TokenKind::identifier)) {
        fail_at_token(rules::invalid_block, "expected another attribute or `}`, found " + found());
        break;
      }
      if (parse_one_line_attribute(items)) ++count;
    }
  } else if (parse_one_line_attribute(items) && !is(TokenKind::close_brace) && !is(TokenKind::end_of_file)) {
    auto& made =
        fail_at_token(rules::invalid_block, "expected `}` to end this one-line block, found " + found());
    made.label(range(open_brace_end - 1, open_brace_end), "a block on one line holds one attribute");
    made.suggest("start a new line behind `{` and write one attribute on each line");
    // The rest of a body that merely started too early is worth reading.
    if (is(TokenKind::newline)) {
      failed_ = false;
      parse_items(items, true);
    }
  }
  item_begin_ = outer_begin;
  set_children(body, items);
  tree_.node(body).end = token_.begin;
  report_duplicates(first_name);
  return body;
}

// One attribute of a one-line body. False when there was none or it failed.
bool Parser::parse_one_line_attribute(ChildList& items) {
  const Token name = token_;
  if (!is(TokenKind::identifier)) {
    fail_at_token(rules::item_expected, "expected an attribute, found " + found());
    return false;
  }
  advance();
  if (!is(TokenKind::assign)) {
    const bool block = is(TokenKind::open_quote) || is(TokenKind::open_brace) || is(TokenKind::identifier);
    if (block && dialect_ == Dialect::honua) {
      sink_
          .report(rules::several_on_one_line, range(name),
                  "this block stands on the line of the block around it")
          .suggest("HCL itself refuses it: start a new line");
      append(items, parse_block(name));
      return !failed_;
    }
    if (block) {
      fail(rules::invalid_block, range(name.begin, token_.end),
           "a block on one line cannot hold another block")
          .suggest("start a new line behind `{`");
    } else {
      fail(rules::item_expected, range(name), quote(name.begin, name.end) + " is no attribute")
          .suggest("write `name = value`");
    }
    return false;
  }
  advance();
  const NodeId attribute = add(NodeKind::attribute, name.begin, token_.begin);
  note_name(text_of(name), attribute);
  ChildList children;
  const NodeId value = parse_expression();
  append(children, value);
  if (failed_) tree_.node(value).kind = NodeKind::invalid;
  set_children(attribute, children);
  tree_.node(attribute).end = tree_.node(value).end;
  append(items, attribute);
  if (failed_) return false;
  if (dialect_ == Dialect::honua && !is(TokenKind::close_brace)) {
    if (is(TokenKind::newline) || (is(TokenKind::identifier) && looks_like_item(text_, token_.begin))) {
      sink_
          .report(rules::several_on_one_line, range(token_), "a block on one line holds one attribute in HCL")
          .suggest("start a new line behind `{` and write one attribute on each line");
    }
  }
  return true;
}

// The tolerated `variable "name" = value`: a block whose body has `default`.
NodeId Parser::parse_variable_assignment(const Token& type, NodeId block, ChildList& labels) {
  sink_.report(rules::variable_assignment, range(token_), "a variable is declared by assignment")
      .label(range(type.begin, previous_end_), "the variable")
      .suggest("HCL itself refuses it: write `variable \"name\" { default = value }`");
  advance();  // =
  const NodeId body = add(NodeKind::body, token_.begin, token_.begin);
  const NodeId attribute = add(NodeKind::attribute, token_.begin, token_.begin);
  const NodeId value = parse_expression();
  if (failed_) tree_.node(value).kind = NodeKind::invalid;
  for (const NodeId implied : {body, attribute}) {
    tree_.node(implied).flags = flag::implied;
    tree_.node(implied).end = tree_.node(value).end;
  }
  tree_.node(block).flags = flag::implied;
  tree_.node(attribute).first_child = value;
  tree_.node(body).first_child = attribute;
  append(labels, body);
  set_children(block, labels);
  tree_.node(block).end = tree_.node(value).end;
  if (!failed_) end_of_item("variable", type.begin);
  return block;
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
  const auto report = [this](NodeId one, NodeId other) {
    const Attribute earlier(tree_, one);
    const Attribute later(tree_, other);
    sink_
        .report(rules::duplicate_attribute, later.name_range(),
                "`" + later.name() + "` is set twice in this body")
        .label(earlier.name_range(), "first set here")
        .suggest("remove one of them");
  };
  const auto begin = names_.begin() + static_cast<std::ptrdiff_t>(first);
  if (names_.size() - first <= max_pairwise_names) {
    for (auto later = begin; later != names_.end(); ++later) {
      for (auto earlier = begin; earlier != later; ++earlier) {
        if (earlier->key != later->key || earlier->name != later->name) continue;
        report(earlier->attribute, later->attribute);
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
        report(original->attribute, one->attribute);
      } else {
        original = one;
      }
    }
  }
  names_.erase(begin, names_.end());
}

}  // namespace honua::syntax
