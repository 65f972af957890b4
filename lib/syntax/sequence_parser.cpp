// SPDX-License-Identifier: MIT
#include <string>

#include "syntax/parser_impl.h"
#include "text/mask.h"
#include "text/suggest.h"

// `${ ... }` and `%{ ... }` inside of templates: HCL native syntax
// specification, sections Template Interpolation and Template Directives.
namespace honua::syntax {

// At `${` or `%{`: reads the opening and puts the first token behind it in
// place. Newlines mean nothing up to the closing brace.
void Parser::begin_sequence(TemplateContext& context, Marker& marker) {
  marker.begin = context.at;
  sequence_begin_ = context.kind == TemplateContext::Kind::quoted ? context.at : nowhere;
  marker.strip_before = context.at + 2 < text_.size() && text_[context.at + 2] == '~';
  if (marker.strip_before && context.last_literal != no_node) {
    tree_.node(context.last_literal).flags |= flag::stripped_right;
  }
  context.last_literal = no_node;
  ignore_newlines_ = true;
  resume_at(context.at + (marker.strip_before ? 3 : 2));
}

// Expects the closing brace and goes on behind it.
void Parser::end_sequence(TemplateContext& context, bool& strip_after, std::string_view what) {
  if (!failed_ && !is(TokenKind::close_brace) && !is(TokenKind::strip_close)) {
    report_unclosed_sequence(context, what);
  }
  if (failed_) {
    recover_sequence(context);
    return;
  }
  strip_after = is(TokenKind::strip_close);
  context.at = token_.end;
  context.strip_next = strip_after;
  context.line_start = false;
}

void Parser::report_unclosed_sequence(const TemplateContext& context, std::string_view what) {
  const bool string_ends = is(TokenKind::open_quote) && context.kind == TemplateContext::Kind::quoted;
  if (string_ends || is(TokenKind::end_of_file)) {
    // As in the reference: the template's first part, which often is the `${`.
    std::uint32_t first_end = context.content;
    while (first_end < token_.begin &&
           ((text_[first_end] != '$' && text_[first_end] != '%') || text_[first_end + 1] != '{')) {
      ++first_end;
    }
    if (first_end == context.content) first_end += 2;
    const std::string opener = what == "directive" ? "%{" : "${";
    fail(rules::unclosed_interpolation, range(context.content, first_end),
         "a `" + opener + "` in this string is never closed")
        .suggest("add `}`; to mean the characters themselves, write `" + opener.substr(0, 1) + opener + "`");
    return;
  }
  auto& made = fail_at_token(rules::unclosed_interpolation,
                             "expected `}` to end this " + std::string(what) + ", found " + found());
  if (is(TokenKind::colon)) {
    made.suggest(
        "if this belongs to another language, write `$${` to keep it as text; Honua's `${env:NAME}` takes "
        "just a name");
  } else {
    made.suggest("to mean the characters `${` themselves, write `$${`");
  }
}

void Parser::parse_interpolation(TemplateContext& context, ChildList& parts) {
  const DepthGuard guard(depth_);
  const NodeId env = parse_env_reference(context);
  if (env != no_node) {
    append(parts, env);
    return;
  }
  const bool outer_ignore = ignore_newlines_;
  const unsigned outer_open = open_;
  const std::uint32_t outer_begin = sequence_begin_;
  const NodeId node = add(NodeKind::interpolation, context.at, context.at);
  append(parts, node);
  Marker marker;
  begin_sequence(context, marker);
  NodeId inner = no_node;
  if (guard.too_deep()) {
    fail_too_deep("templates", range(marker.begin, marker.begin + 2));
    inner = invalid();
  } else {
    inner = parse_expression();
  }
  const bool broken = failed_;
  end_sequence(context, marker.strip_after, "interpolation");
  if (broken) {
    tree_.node(inner).kind = NodeKind::invalid;
    tree_.node(inner).first_child = no_node;
  }
  Node& made = tree_.node(node);
  made.first_child = inner;
  made.end = context.at;
  if (marker.strip_before) made.flags |= flag::strip_before;
  if (marker.strip_after) made.flags |= flag::strip_after;
  ignore_newlines_ = outer_ignore;
  open_ = outer_open;
  sequence_begin_ = outer_begin;
}

// Honua's `${env:NAME}`: NAME is everything up to the brace. Returns the
// interpolation, or no_node when there is none at this place.
NodeId Parser::parse_env_reference(TemplateContext& context) {
  if (dialect_ != Dialect::honua) return no_node;
  const EnvReference found = env_reference(text_, context.at);
  if (found.end == 0) return no_node;

  const std::string_view name = text_.substr(found.name_begin, found.name_end - found.name_begin);
  auto& made = report(rules::env_colon, range(context.at, found.end), "`${env:...}` is Honua's own form");
  if (text::shell_operator(name) == std::string_view::npos) {
    made.suggest("HCL itself refuses it: write `env(\"" + std::string(name) +
                 "\")`, inside a string `${env(...)}`");
  } else {
    made.suggest("all behind the colon is the variable's name: shells' `:-` and the like mean nothing here")
        .suggest("for a default write `env(\"NAME\", \"default\")`, inside a string `${env(...)}`");
  }
  if (made.is_kept()) add_env_fix(made, context, found.end, name);
  const NodeId node = add(NodeKind::interpolation, context.at, found.end);
  const NodeId reference = add(NodeKind::env_reference, found.word, found.name_end);
  tree_.node(reference).first_child = add(NodeKind::identifier, found.name_begin, found.name_end);
  tree_.node(node).first_child = reference;
  context.at = found.end;
  context.last_literal = no_node;
  context.line_start = false;
  return node;
}

// At `%{`. Directives that open one are read whole; a marker that closes or
// continues one is returned for the caller to place.
Parser::Ending Parser::parse_directive(TemplateContext& context, ChildList& parts, Marker& marker) {
  const DepthGuard guard(depth_);
  const bool outer_ignore = ignore_newlines_;
  const unsigned outer_open = open_;
  const std::uint32_t outer_begin = sequence_begin_;
  Marker opener;
  begin_sequence(context, opener);
  Ending ending = Ending::end_of_template;
  if (guard.too_deep()) {
    fail_too_deep("templates", range(opener.begin, opener.begin + 2));
    recover_sequence(context);
  } else if (is_keyword("if")) {
    advance();
    const NodeId condition = parse_expression();
    const bool broken = failed_;
    end_sequence(context, opener.strip_after, "directive");
    if (broken) tree_.node(condition).kind = NodeKind::invalid;
    opener.end = context.at;
    parse_if(context, parts, opener, condition);
  } else if (is_keyword("for")) {
    parse_for_directive(context, parts, opener);
  } else if (is_keyword("else") || is_keyword("endif") || is_keyword("endfor")) {
    ending = is_keyword("else") ? Ending::directive_else
                                : (is_keyword("endif") ? Ending::directive_endif : Ending::directive_endfor);
    advance();
    end_sequence(context, opener.strip_after, "directive");
    opener.end = context.at;
    marker = opener;
  } else {
    report_unknown_directive();
    recover_sequence(context);
  }
  ignore_newlines_ = outer_ignore;
  open_ = outer_open;
  sequence_begin_ = outer_begin;
  return ending;
}

void Parser::report_unknown_directive() {
  static constexpr std::string_view keywords[] = {"if", "else", "endif", "for", "endfor"};
  auto& made = fail_at_token(rules::template_directive, "expected a directive's keyword, found " + found());
  if (is(TokenKind::identifier)) {
    if (const auto near = text::suggest(text_of(token_), keywords)) {
      made.did_you_mean(*near, text_of(token_));
      return;
    }
  }
  made.suggest("directives are `if`, `else`, `endif`, `for` and `endfor`; to mean `%{` itself, write `%%{`");
}

// Parts up to a marker. The sequence's range covers them.
NodeId Parser::parse_sequence_parts(TemplateContext& context, Marker& marker, Ending& ending) {
  const NodeId sequence = add(NodeKind::template_sequence, context.at, context.at);
  ChildList parts;
  ending = parse_parts(context, parts, marker);
  set_children(sequence, parts);
  tree_.node(sequence).end = ending == Ending::end_of_template ? context.end_begin : marker.begin;
  return sequence;
}

void Parser::parse_if(TemplateContext& context, ChildList& parts, const Marker& opener, NodeId condition) {
  const NodeId node = add(NodeKind::if_directive, opener.begin, opener.end);
  append(parts, node);
  ChildList children;
  append(children, condition);
  std::uint16_t flags = 0;
  if (opener.strip_before) flags |= flag::strip_before;
  if (opener.strip_after) flags |= flag::strip_after;
  Marker marker;
  Ending ending = Ending::end_of_template;
  append(children, parse_sequence_parts(context, marker, ending));
  if (ending == Ending::directive_else) {
    if (marker.strip_before) flags |= flag::else_strip_before;
    if (marker.strip_after) flags |= flag::else_strip_after;
    append(children, parse_sequence_parts(context, marker, ending));
  }
  close_directive(context, node, flags, opener, marker, ending, Ending::directive_endif);
  set_children(node, children);
}

void Parser::parse_for_directive(TemplateContext& context, ChildList& parts, const Marker& opened) {
  Marker opener = opened;
  const NodeId node = add(NodeKind::for_directive, opener.begin, opener.begin);
  append(parts, node);
  ChildList children;
  std::uint16_t flags = 0;
  advance();  // for
  const bool introduced = parse_directive_variables(children, flags);
  end_sequence(context, opener.strip_after, "directive");
  opener.end = context.at;
  if (opener.strip_before) flags |= flag::strip_before;
  if (opener.strip_after) flags |= flag::strip_after;
  Marker marker;
  Ending ending = Ending::end_of_template;
  append(children, parse_sequence_parts(context, marker, ending));
  close_directive(context, node, flags, opener, marker, ending, Ending::directive_endfor);
  if (introduced) {
    set_children(node, children);
  } else {
    tree_.node(node).kind = NodeKind::invalid;
  }
}

// `name, name in collection`
bool Parser::parse_directive_variables(ChildList& children, std::uint16_t& flags) {
  if (!is(TokenKind::identifier)) {
    fail_at_token(rules::template_directive, "expected a variable's name behind `for`, found " + found());
    return false;
  }
  append(children, add(NodeKind::identifier, token_));
  advance();
  if (is(TokenKind::comma)) {
    advance();
    if (!is(TokenKind::identifier)) {
      fail_at_token(rules::template_directive, "expected the second variable's name, found " + found());
      return false;
    }
    append(children, add(NodeKind::identifier, token_));
    flags |= flag::has_key;
    advance();
  }
  if (!is_keyword("in")) {
    fail_at_token(rules::template_directive, "expected `in` behind the `for` variables, found " + found());
    return false;
  }
  advance();
  append(children, parse_expression());
  return !failed_;
}

// The marker that should end a directive has been read: checks that it does.
void Parser::close_directive(const TemplateContext& context, NodeId node, std::uint16_t flags,
                             const Marker& opener, const Marker& marker, Ending ending, Ending expected) {
  const bool is_if = expected == Ending::directive_endif;
  if (ending == expected) {
    if (marker.strip_before) flags |= flag::end_strip_before;
    if (marker.strip_after) flags |= flag::end_strip_after;
    tree_.node(node).end = marker.end;
    tree_.node(node).flags = flags;
    return;
  }
  tree_.node(node).kind = NodeKind::invalid;
  tree_.node(node).end = ending == Ending::end_of_template ? context.end_begin : marker.end;
  if (ending == Ending::end_of_template) {
    unclosed_directive(context, opener, is_if ? "if" : "for");
    return;
  }
  stray_directive(ending, marker)
      .label(range(opener.begin, opener.end), is_if ? "inside this `if`" : "inside this `for`");
}

void Parser::unclosed_directive(const TemplateContext& context, const Marker& opener, std::string_view name) {
  if (context.given_up) return;
  const std::string directive(name);
  report(rules::template_directive, range(context.end_begin, context.end_end),
         "the template ends inside the directive `" + directive + "`")
      .label(range(opener.begin, opener.end), "this directive is never closed")
      .suggest("close it with `%{ end" + directive + " }`");
}

diagnostics::Diagnostic& Parser::stray_directive(Ending ending, const Marker& marker) {
  const std::string name = ending == Ending::directive_else    ? "else"
                           : ending == Ending::directive_endif ? "endif"
                                                               : "endfor";
  return report(rules::template_directive, range(marker.begin, marker.end),
                "`" + name + "` does not belong here")
      .suggest(name == "else" ? "`else` belongs to an `if`, once"
                              : "it closes no open directive of its kind");
}

}  // namespace honua::syntax
