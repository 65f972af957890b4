// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "diagnostics/diagnostic.h"
#include "diagnostics/rule_info.h"

// The findings that reading a file can yield. H00xx are errors against HCL's
// specification; H01xx are Honua's tolerated forms and doubtful texts.
namespace honua::syntax::rules {

using diagnostics::Rule;
using diagnostics::Severity;

#define HONUA_SYNTAX_RULE(name, code, slug, severity, category, summary) \
  inline constexpr Rule name { code, slug, Severity::severity, category, summary }

HONUA_SYNTAX_RULE(unterminated_string, "H0013", "unterminated-string", error, "syntax",
                  "a quoted string ends with its closing quote, on the line where it starts");
HONUA_SYNTAX_RULE(unclosed_block, "H0014", "unclosed-block", error, "syntax",
                  "every block needs its closing brace");
HONUA_SYNTAX_RULE(invalid_character, "H0030", "invalid-character", error, "syntax",
                  "a character that has no meaning in HCL");
HONUA_SYNTAX_RULE(invalid_encoding, "H0031", "invalid-encoding", error, "syntax",
                  "files are well-formed UTF-8");
HONUA_SYNTAX_RULE(unsupported_operator, "H0033", "unsupported-operator", error, "syntax",
                  "an operator that HCL does not have");
HONUA_SYNTAX_RULE(item_expected, "H0034", "item-expected", error, "syntax",
                  "a body consists of attributes and blocks");
HONUA_SYNTAX_RULE(missing_newline, "H0035", "missing-newline", error, "syntax",
                  "an attribute or a block ends with its line");
HONUA_SYNTAX_RULE(expression_expected, "H0036", "expression-expected", error, "syntax",
                  "a value is missing or starts with something that cannot start one");
HONUA_SYNTAX_RULE(unterminated_heredoc, "H0037", "unterminated-heredoc", error, "syntax",
                  "a heredoc ends with a line that holds just its marker");
HONUA_SYNTAX_RULE(unclosed_bracket, "H0038", "unclosed-bracket", error, "syntax",
                  "every bracket needs its partner");
HONUA_SYNTAX_RULE(missing_separator, "H0039", "missing-separator", error, "syntax",
                  "items of a list, an object or a call need a separator");
HONUA_SYNTAX_RULE(invalid_escape, "H0040", "invalid-escape", error, "syntax",
                  "a backslash sequence that HCL does not have");
HONUA_SYNTAX_RULE(invalid_label, "H0041", "invalid-label", error, "syntax",
                  "block labels are identifiers or quoted strings without interpolation");
HONUA_SYNTAX_RULE(invalid_number, "H0042", "invalid-number", error, "syntax",
                  "a number is digits, at most one dot and an exponent");
HONUA_SYNTAX_RULE(template_directive, "H0043", "template-directive", error, "syntax",
                  "template directives are if, else, endif, for and endfor, properly nested");
HONUA_SYNTAX_RULE(invalid_for, "H0044", "invalid-for", error, "syntax",
                  "for expressions have the form `for NAME in COLLECTION : RESULT`");
HONUA_SYNTAX_RULE(invalid_traversal, "H0045", "invalid-traversal", error, "syntax",
                  "after a dot comes a name, a whole number or `*`");
HONUA_SYNTAX_RULE(invalid_block, "H0046", "invalid-block", error, "syntax",
                  "a block is a type, labels and a body in braces that opens on the same line");
HONUA_SYNTAX_RULE(nesting_too_deep, "H0047", "nesting-too-deep", error, "syntax",
                  "brackets, blocks and templates nest up to a limit");
HONUA_SYNTAX_RULE(invalid_attribute_name, "H0048", "invalid-attribute-name", error, "syntax",
                  "attribute names are identifiers without quotes");
HONUA_SYNTAX_RULE(invalid_call, "H0049", "invalid-call", error, "syntax",
                  "a call is a name and arguments in parentheses");
HONUA_SYNTAX_RULE(invalid_json, "H0050", "invalid-json", error, "syntax", "JSON files follow RFC 8259");
HONUA_SYNTAX_RULE(unclosed_interpolation, "H0051", "unclosed-interpolation", error, "syntax",
                  "`${` and `%{` sequences end with a closing brace behind one expression");
HONUA_SYNTAX_RULE(invalid_conditional, "H0052", "invalid-conditional", error, "syntax",
                  "a conditional has two results: `condition ? a : b`");
HONUA_SYNTAX_RULE(duplicate_attribute, "H0102", "duplicate-attribute", error, "syntax",
                  "a body sets each attribute once");
HONUA_SYNTAX_RULE(env_colon, "H0104", "env-colon", warning, "dialect",
                  "`${env:NAME}` is understood, but only by Honua");
HONUA_SYNTAX_RULE(variable_assignment, "H0107", "variable-assignment", warning, "dialect",
                  "`variable \"name\" = value` is understood, but is no HCL");
HONUA_SYNTAX_RULE(quoted_attribute_name, "H0108", "quoted-attribute-name", warning, "dialect",
                  "quoted attribute names are understood, but are no HCL");
HONUA_SYNTAX_RULE(single_quoted_string, "H0121", "single-quoted-string", warning, "dialect",
                  "single-quoted strings are understood, but are no HCL");
HONUA_SYNTAX_RULE(several_on_one_line, "H0122", "several-on-one-line", warning, "dialect",
                  "several attributes on one line are understood, but are no HCL");

#undef HONUA_SYNTAX_RULE

// All of the above, for the registry.
[[nodiscard]] std::span<const Rule* const> all();

// The same with what `honua explain` tells about each.
[[nodiscard]] std::span<const diagnostics::RuleInfo> explained();

}  // namespace honua::syntax::rules
