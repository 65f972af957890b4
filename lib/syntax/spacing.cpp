// SPDX-License-Identifier: MIT
#include "syntax/spacing.h"

#include <array>
#include <initializer_list>

namespace honua::syntax {

namespace {

// What is said of a kind of token alone. Of two neighbours the rules of
// is_spaced() decide in their order.
namespace trait {
constexpr unsigned opens = 1;                // a bracket or a sequence
constexpr unsigned closes = 2;               // the same
constexpr unsigned never_spaced_before = 4;  // whatever is in front
constexpr unsigned text_before = 8;          // what follows belongs to a template's text
constexpr unsigned text_after = 16;          // what is in front does
constexpr unsigned indexable = 32;           // a `[` behind it is an index
constexpr unsigned value_expected = 64;      // a `-` behind it negates
constexpr unsigned joins = 128;              // `.` and `::`
}  // namespace trait

constexpr std::size_t kind_count = static_cast<std::size_t>(LayoutKind::none) + 1;

constexpr std::array<unsigned, kind_count> traits = [] {
  std::array<unsigned, kind_count> table{};
  const auto give = [&table](unsigned given, std::initializer_list<LayoutKind> kinds) {
    for (const LayoutKind kind : kinds) table[static_cast<std::size_t>(kind)] |= given;
  };
  using enum LayoutKind;
  give(trait::opens, {open_brace, open_bracket, open_parenthesis, open_sequence});
  give(trait::closes, {close_brace, close_bracket, close_parenthesis, close_sequence});
  give(trait::joins, {dot, double_colon});
  give(trait::never_spaced_before, {comma, ellipsis});
  give(trait::text_before, {text, open_quote, open_heredoc});
  give(trait::text_after, {text, close_quote, close_heredoc});
  give(trait::indexable, {identifier, number, close_brace, close_bracket, close_parenthesis, close_sequence});
  // Not a sequence's opening nor `=>`: as the reference, `${- 1}`.
  give(trait::value_expected,
       {none, open_parenthesis, open_brace, open_bracket, assign, comma, infix, minus, bang});
  return table;
}();

bool has_trait(LayoutKind kind, unsigned wanted) {
  return (traits[static_cast<std::size_t>(kind)] & wanted) != 0;
}

// Where none of the neighbours is a name, a separator or text.
bool is_spaced_at_bracket(LayoutKind left, LayoutKind right) {
  using enum LayoutKind;
  if (left == open_brace || right == close_brace) return left != open_brace || right != close_brace;
  // An object alone in a sequence: `${ {a = 1} }` would be easy to misread.
  if (left == open_sequence && right == open_brace) return true;
  if (left == close_brace && right == close_sequence) return true;
  if (left == close_sequence && right == open_sequence) return false;
  return !has_trait(left, trait::opens) && !has_trait(right, trait::closes);
}

}  // namespace

bool is_spaced(LayoutKind before, SpacedToken left, LayoutKind right) {
  using enum LayoutKind;
  const LayoutKind kind = left.kind;
  if (right == newline) return false;
  if (kind == identifier && right == open_parenthesis) return false;
  if (has_trait(kind, trait::joins) || has_trait(right, trait::joins)) return false;
  if (has_trait(right, trait::never_spaced_before)) return false;
  if (kind == comma) return true;
  if (has_trait(kind, trait::text_before) || has_trait(right, trait::text_after)) return false;
  if (left.is_in && before == identifier) return true;  // `for x in [1, 2]`: no index of `in`
  if (right == open_bracket && has_trait(kind, trait::indexable)) return false;
  if (kind == bang) return false;
  if (kind == minus) return !has_trait(before, trait::value_expected);
  return is_spaced_at_bracket(kind, right);
}

int bracket_change(LayoutKind kind) {
  if (has_trait(kind, trait::opens)) return 1;
  return has_trait(kind, trait::closes) ? -1 : 0;
}

}  // namespace honua::syntax
