// SPDX-License-Identifier: MIT
#include "validation/written_text.h"

#include <doctest/doctest.h>

#include <string>

#include "diagnostics/diagnostics.h"
#include "source/source_file.h"
#include "syntax/parser.h"

namespace honua::validation {

namespace {

// What a function makes of an attribute's expression, or of a string in JSON.
template <class Function>
std::string made_of(const std::string& text, bool json, Function function) {
  source::SourceSet sources;
  diagnostics::Diagnostics sink;
  const source::SourceFile& file = sources.add("a.hcl", json ? text : "a = " + text + "\n");
  const syntax::Tree tree = json ? syntax::parse_json(file, syntax::Dialect::honua, sink)
                                 : syntax::parse(file, syntax::Dialect::honua, sink);
  std::string made = "(nothing)";
  const auto keep = [&](syntax::Expression value) { made = function(value).value_or("(nothing)"); };
  if (json) {
    keep(tree.expression());
  } else {
    tree.body().visit([&](syntax::Attribute one) { keep(one.expression()); }, [](syntax::Block) {});
  }
  return made;
}

constexpr auto written_of = [](syntax::Expression value) { return written_text(value); };
std::string written(const std::string& text) { return made_of(text, false, written_of); }
std::string written_in_json(const std::string& text) { return made_of(text, true, written_of); }
std::string variable(const std::string& text) { return made_of(text, false, &environment_variable_of); }

}  // namespace

TEST_CASE("of a template all is written that is no sequence") {
  CHECK(written(R"("Host=db")") == "Host=db");
  CHECK(written(R"(("Host=${env("H")};Password=x"))") == "Host=${};Password=x");
  CHECK(written(R"("${env:H}b%{ if true }c%{ endif }")") == "${}b${}");
  CHECK(written(R"("a${ "}" }b")") == "a${}b");
  CHECK(written(R"("$${a}%%{b}\"${env.X}")") == "${a}%{b}\"${}");
  CHECK(written("<<EOT\nHost=${env(\"H\")}\nEOT") == "Host=${}\n");
  CHECK(written_in_json(R"("Host=${env(\"H\")};Password=x")") == "Host=${};Password=x");
}

TEST_CASE("of a call of `env` its default is written") {
  CHECK(written(R"(env("A", "Host=db"))") == "Host=db");
  CHECK(written(R"(env("A", "x${y}"))") == "x${}");
  CHECK(written(R"("${env("A", "Host=db")}")") == "Host=db");
  CHECK(written_in_json(R"("${env(\"A\", \"Host=db\")}")") == "Host=db");
  CHECK(written(R"(env("A"))") == "(nothing)");
  CHECK(written(R"(env("A", var.b))") == "(nothing)");
}

TEST_CASE("of other expressions nothing is written") {
  CHECK(written("var.a") == "(nothing)");
  CHECK(written("5") == "(nothing)");
  CHECK(written(R"(upper("a"))") == "(nothing)");
}

TEST_CASE("an environment variable is known in all its spellings") {
  for (const char* text : {R"(env("A"))", R"(("${env("A")}"))", R"("${env:A}")", "env.A", R"("${env.A}")"}) {
    CAPTURE(text);
    CHECK(variable(text) == "A");
  }
  CHECK(variable(R"(env("A", "b"))") == "A or text b");
  CHECK(variable(R"(env("A", "${env("B", "c")}"))") == "A or B or text c");
  for (const char* text :
       {R"("x${env("A")}")", R"(env(var.a))", R"(env("A", var.b))", "var.A", R"("A")", "1"}) {
    CAPTURE(text);
    CHECK(variable(text) == "(nothing)");
  }
}

TEST_CASE("of variables in a template their texts count") {
  const auto text_of_variable = [](std::string_view name) {
    return name == "p" ? std::optional<std::string>("secret") : std::nullopt;
  };
  const auto with_variables = [&](syntax::Expression value) { return written_text(value, text_of_variable); };
  CHECK(made_of(R"("a=${env("H")};b=${var.p};c=${var.q};d=${var["p"]}")", false, with_variables) ==
        "a=${};b=secret;c=${};d=secret");
}

}  // namespace honua::validation
