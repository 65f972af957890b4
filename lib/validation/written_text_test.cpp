// SPDX-License-Identifier: MIT
#include "validation/written_text.h"

#include <doctest/doctest.h>

namespace honua::validation {

TEST_CASE("of a template all is written that is no sequence") {
  CHECK(written_text(R"("Host=db")") == "Host=db");
  CHECK(written_text(R"("Host=${env("H")};Password=x")") == "Host=${};Password=x");
  CHECK(written_text(R"("${env:H}b%{ if true }c%{ endif }")") == "${}b${}c${}");
  CHECK(written_text(R"("a${ "}" }b")") == "a${}b");
  CHECK(written_text(R"("a${ { x = "${env("Y")}" } }b")") == "a${}b");
  CHECK(written_text(R"("$${a}%%{b}")") == "${a}%{b}");
  CHECK(written_text(R"("a\"b")") == "a\"b");
}

TEST_CASE("of a call of `env` its default is written") {
  CHECK(written_text(R"(env("A", "Host=db"))") == "Host=db");
  CHECK(written_text(R"(env ( "A" , "x${y}" ))") == "x${}");
  CHECK_FALSE(written_text(R"(env("A"))"));
  CHECK_FALSE(written_text(R"(env("A", var.b))"));
  CHECK_FALSE(written_text("env.A"));
  CHECK_FALSE(written_text("env"));
}

TEST_CASE("of other expressions nothing is written") {
  CHECK_FALSE(written_text(""));
  CHECK_FALSE(written_text("var.a"));
  CHECK_FALSE(written_text(R"(upper("a"))"));
}

TEST_CASE("texts that stay open end with the expression") {
  CHECK(written_text(R"("a)") == "a");
  CHECK(written_text(R"("a${)") == "a${}");
  CHECK(written_text("\"a\\") == "a\\");
  CHECK_FALSE(written_text(R"(env("A)"));
}

}  // namespace honua::validation
