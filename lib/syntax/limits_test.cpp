// SPDX-License-Identifier: MIT
// What recovery looks at and how much of a text a message quotes is limited:
// within each limit a mistake is one finding, beyond it the work stays bounded.
#include <string>

#include <doctest/doctest.h>

#include "syntax/parse_for_test.h"

using honua::syntax::Dialect;
using honua::syntax::findings_of;
using honua::syntax::Parsed;

namespace {

std::string repeated(const std::string& part, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += part;
  return text;
}

std::string first_message(const std::string& text) {
  const Parsed parsed(text);
  return parsed.sink.empty() ? "" : parsed.sink.sorted().front()->message;
}

}  // namespace

TEST_CASE("messages quote up to 40 bytes of the source, whole characters") {
  CHECK(first_message("a = 1 " + std::string(40, 'x') + "\n").find("`" + std::string(40, 'x') + "`") !=
        std::string::npos);
  CHECK(first_message("a = 1 " + std::string(41, 'x') + "\n").find("`" + std::string(40, 'x') + "…`") !=
        std::string::npos);
  CHECK(first_message("a = 1 " + std::string(39, 'x') + "é\n").find("`" + std::string(39, 'x') + "…`") !=
        std::string::npos);
}

TEST_CASE("a quote that closes a string up to 50 lines further down is taken for its end") {
  CHECK(findings_of("a = \"one" + repeated("\nx", 50) + "\"\nb = 1\n") == "1:9-2:1 H0013\n");
  CHECK(findings_of("a = \"one" + repeated("\nx", 51) + "\"\nb = 1\n").size() > 20);
}

TEST_CASE("the brace that closes a broken sequence is found within 4096 bytes of its line") {
  const auto two_broken = [](std::size_t distance) {
    return "a = \"${)" + std::string(distance, ' ') + "} ${)}\"\nb = 1\n";
  };
  CHECK(findings_of(two_broken(4000)) == "1:8-1:9 H0036\n1:4013-1:4014 H0036\n");
  // Further away the string ends at its quote.
  CHECK(findings_of(two_broken(5000)) == "1:8-1:9 H0036\n");
  CHECK(findings_of("a = \"${)" + std::string(4000, ' ') + "\\\"}\"\nb = 1\n") == "1:8-1:9 H0036\n");
}

TEST_CASE("the marker of what does not open a heredoc is found within 200 lines") {
  CHECK(findings_of("a = <<EOT x\n" + repeated("  y\n", 199) + "EOT\nb = 1\n") == "1:5-1:6 H0036\n");
  CHECK(findings_of("a = <<EOT x\n" + repeated("  y\n", 201) + "EOT\nb = 1\n").size() > 20);
}

TEST_CASE("recovery passes strings in sequences of strings, also beyond 32 levels and 4096 bytes") {
  for (const int levels : {1, 31, 32, 33, 100}) {
    CAPTURE(levels);
    const std::string text =
        "a = [=, " + repeated("\"${", levels) + "\"]\"" + repeated("}\"", levels) + ", =]\nb = 1\n";
    const std::string last = std::to_string(14 + 5 * levels);
    CHECK(findings_of(text) ==
          "1:6-1:7 H0036\n1:" + last + "-1:" + std::to_string(15 + 5 * levels) + " H0036\n");
  }
  for (const int length : {4000, 5000}) {
    CAPTURE(length);
    const std::string text = "a = [=, \"${f(\"" + repeated("]", length) + "\")}\", =]\nb = 1\n";
    CHECK(findings_of(text) == "1:6-1:7 H0036\n1:" + std::to_string(length + 21) +
                                   "-1:" + std::to_string(length + 22) + " H0036\n");
  }
}
