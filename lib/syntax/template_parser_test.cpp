// SPDX-License-Identifier: MIT
#include <string>

#include <doctest/doctest.h>

#include "syntax/parse_for_test.h"

using honua::syntax::findings_of;
using honua::syntax::value_of;

TEST_CASE("strings decode HCL's escapes") {
  CHECK(value_of(R"("\n\r\t\"\\")") == R"("\n\r\t\"\\")");
  CHECK(value_of(R"("\u00e9\U0001F600")") == "\"é😀\"");
  CHECK(value_of("\"\"") == "\"\"");
}

TEST_CASE("strings are brought into normalization form C") {
  CHECK(value_of("\"e\xCC\x81\"") == "\"\xC3\xA9\"");
}

TEST_CASE("other escapes are errors over exactly their characters") {
  CHECK(findings_of("a = \"\\d\"\n") == "1:6-1:8 H0040\n");
  CHECK(findings_of("a = \"\\/\"\n") == "1:6-1:8 H0040\n");
  CHECK(findings_of("a = \"\\u12\"\n") == "1:6-1:10 H0040\n");
  CHECK(findings_of("a = \"\\ud800\"\n") == "1:6-1:12 H0040\n");
  CHECK(findings_of("a = \"\\U00110000\"\n") == "1:6-1:16 H0040\n");
  CHECK(findings_of("a = \"\\é\"\n") == "1:6-1:8 H0040\n");
}

TEST_CASE("dollar and percent signs are themselves unless a brace follows") {
  CHECK(value_of("\"$ $$ $x 100%\"") == "\"$ $$ $x 100%\"");
  CHECK(value_of("\"$${x} %%{y}\"") == "\"${x} %{y}\"");
  CHECK(value_of("\"$$${x}\"") == "\"$${x}\"");
  CHECK(value_of("\"$$$${x}\"") == "\"$$${x}\"");
  CHECK(value_of("\"$%{ if a }x%{ endif }\"") == "(template \"$\" (if-directive a (sequence \"x\")))");
}

TEST_CASE("interpolations hold any expression over any lines") {
  CHECK(value_of("\"a${b}c\"") == "(template \"a\" (interpolation b) \"c\")");
  CHECK(value_of("\"${ {x = 1}.x }\"") == "(template (interpolation (access (object (item x 1)) x)))");
  CHECK(value_of("\"x${\"y\"}\"") == "(template \"x\" (interpolation \"y\"))");
  CHECK(value_of("\"${\n1 # c\n}\"") == "(template (interpolation 1))");
  CHECK(value_of("\"${\"}\"}\"") == "(template (interpolation \"}\"))");
}

TEST_CASE("tildes strip white space of the neighbouring literal") {
  CHECK(value_of("\"a ${~ b ~} c\"") == "(template \"a\" (interpolation b) \"c\")");
  CHECK(value_of("\"a\\n ${~ b }\"") == "(template \"a\" (interpolation b))");
  CHECK(value_of("\"%{ if a ~} x %{~ else ~} y %{~ endif ~} z\"") ==
        "(template (if-directive a (sequence \"x\") (sequence \"y\")) \"z\")");
}

TEST_CASE("directives nest and their keywords are ordinary names elsewhere") {
  CHECK(value_of("\"%{ for k, v in x }${k}%{ if v }y%{ endif }%{ endfor }\"") ==
        "(template (for-directive k v x (sequence (interpolation k) (if-directive v (sequence \"y\")))))");
  CHECK(value_of("\"%{ for if in x }${if}%{ endfor }\"") ==
        "(template (for-directive if x (sequence (interpolation if))))");
}

TEST_CASE("unbalanced directives are reported") {
  CHECK(findings_of("a = \"%{ if b }x\"\n") == "1:16-1:17 H0043\n");
  CHECK(findings_of("a = \"x%{ endif }\"\n") == "1:7-1:17 H0043\n");
  CHECK(findings_of("a = \"%{ iff b }\"\n") == "1:9-1:12 H0043\n");
  CHECK(findings_of("a = \"%{for v in []}x%{else}y%{endfor}\"\n") == "1:21-1:28 H0043\n1:29-1:38 H0043\n");
  CHECK(findings_of("a = \"%{ for in x }%{ endfor }\"\n").starts_with("1:16-1:17 H0043\n"));
}

TEST_CASE("a broken interpolation is one finding and the string goes on") {
  CHECK(findings_of("a = \"x ${1 + } y\"\nb = 1\n") == "1:14-1:15 H0036\n");
  CHECK(findings_of("a = \"x ${} y\"\n") == "1:10-1:11 H0036\n");
  CHECK(findings_of("a = \"${b c}\"\n") == "1:10-1:11 H0051\n");
  CHECK(findings_of("a = [\"${b\", \"c\"]\nd = 1\n") == "1:7-1:9 H0051\n");
}

TEST_CASE("heredocs run to a line with just their marker") {
  CHECK(value_of("<<EOT\nEOT") == "(heredoc)");
  CHECK(value_of("<<EOT\na\n  EOT  ") == "(heredoc \"a\\n\")");
  CHECK(value_of("<<E\nE x\nx E\nE)\nE") == "(heredoc \"E x\\nx E\\nE)\\n\")");
  CHECK(value_of("<<E\n\\n $${x}\nE") == "(heredoc \"\\\\n ${x}\\n\")");
  CHECK(value_of("<<E\r\na\r\nE\r") == "(heredoc \"a\\r\\n\")");
  CHECK(value_of("<<E\nx${a}E\nE") == "(heredoc \"x\" (interpolation a) \"E\\n\")");
  CHECK(value_of("<<A\nx${<<B\ny\nB\n}z\nA") ==
        "(heredoc \"x\" (interpolation (heredoc \"y\\n\")) \"z\\n\")");
  CHECK(value_of("[<<A\nx\nA\n, 1]") == "(tuple (heredoc \"x\\n\") 1)");
}

TEST_CASE("flush heredocs lose their common indentation") {
  CHECK(value_of("<<-E\n    x\n  y\n    z\n  E") == "(heredoc \"  x\\ny\\n  z\\n\")");
  CHECK(value_of("<<-E\n    x\n  \n    y\n  E") == "(heredoc \"x\\n  \\ny\\n\")");
  CHECK(value_of("<<-E\n\tx\n  y\n  E") == "(heredoc \"x\\n y\\n\")");
  CHECK(value_of("<<-E\n  ${a}\n    y\n  E") == "(heredoc \"\" (interpolation a) \"\\n  y\\n\")");
  CHECK(value_of("<<-E\n${a}\n    y\n  E") == "(heredoc (interpolation a) \"\\n    y\\n\")");
}

TEST_CASE("tildes in heredocs strip no further than their line") {
  CHECK(value_of("<<E\nx\n  ${~ a ~}\n  y\nE") == "(heredoc \"x\\n\" (interpolation a) \"  y\\n\")");
}

TEST_CASE("a heredoc without end is the one finding, whatever blocks it has swallowed the ends of") {
  CHECK(findings_of("a {\n  b {\n    c = <<EOT\n  }\n}\n") == "6:1-6:1 H0037\n");
}

TEST_CASE("an unfinished heredoc is reported at the end of the file") {
  CHECK(findings_of("a = <<EOT\nx\n") == "3:1-3:1 H0037\n");
  CHECK(findings_of("a = <<EOT\nx\nEOT") == "3:4-3:4 H0037\n");
}

TEST_CASE("a heredoc ends at its marker though a sequence inside is left open") {
  CHECK(findings_of("a = <<-EOT\n  x ${y\n  EOT\nb = ]\n") == "3:3-3:6 H0051\n4:5-4:6 H0036\n");
  CHECK(findings_of("a = <<EOT\nx ${[y\nEOT\nb = ]\n") == "3:1-3:4 H0039\n4:5-4:6 H0036\n");
  CHECK(findings_of("a = <<EOT\nx %{if y\nEOT\nb = ]\n") == "3:1-3:4 H0051\n4:5-4:6 H0036\n");
  CHECK(findings_of("s {\n  a = <<EOT\nx ${y(\nEOT\n}\nb = ]\n") == "5:1-5:2 H0039\n6:5-6:6 H0036\n");
}

TEST_CASE("a malformed heredoc opener is one finding, its text none") {
  CHECK(findings_of("a = << EOT\nx y\nEOT\nb = 1\n") == "1:5-1:6 H0036\n");
  CHECK(findings_of("a = <<\"EOT\"\nx\nEOT\n") == "1:5-1:6 H0036\n");
  CHECK(findings_of("a = <<EOT # c\nx\nEOT\n") == "1:5-1:6 H0036\n");
}
