// SPDX-License-Identifier: MIT
#include "text/suggest.h"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace honua::text {

namespace {

constexpr std::array<std::string_view, 8> commands = {"validate", "plan",   "introspect", "migrate",
                                                      "watch",    "format", "explain",    "schema"};

std::string_view suggested(std::string_view given) { return suggest(given, commands).value_or("nothing"); }

}  // namespace

TEST_CASE("slips of one kind each are recognized") {
  CHECK(suggested("valdate") == "validate");    // left out
  CHECK(suggested("validdate") == "validate");  // doubled
  CHECK(suggested("velidate") == "validate");   // replaced
  CHECK(suggested("avlidate") == "validate");   // swapped
  CHECK(suggested("paln") == "plan");
  CHECK(suggested("watc") == "watch");
}

TEST_CASE("a swap of neighbours is one step") {
  constexpr std::array<std::string_view, 1> words = {"srid"};
  CHECK(suggest("rsid", words) == "srid");  // two replacements would be too far
  CHECK_FALSE(suggest("rsdi", words));
}

TEST_CASE("case makes no difference, in any alphabet") {
  constexpr std::array<std::string_view, 2> words = {"data_source", "größe"};
  CHECK(suggest("Data_Source", words) == "data_source");
  CHECK(suggest("DATA_SORUCE", words) == "data_source");
  CHECK(suggest("GRÖßE", words) == "größe");
}

TEST_CASE("other words are not slips") {
  CHECK(suggested("deploy") == "nothing");
  CHECK(suggested("x") == "nothing");
  CHECK(suggested("") == "nothing");
  CHECK(suggested("plankton") == "nothing");
  constexpr std::array<std::string_view, 2> words = {"b", "if"};
  CHECK_FALSE(suggest("a", words));  // one step, but nothing in common
  CHECK(suggest("is", words) == "if");
}

TEST_CASE("a third of the longer word may differ") {
  constexpr std::array<std::string_view, 1> words = {"abcdefghi"};
  CHECK(suggest("abcdefxyz", words) == "abcdefghi");
  CHECK_FALSE(suggest("abcdewxyz", words));
}

TEST_CASE("the closest candidate wins, then the first") {
  constexpr std::array<std::string_view, 3> words = {"layers", "layer", "label"};
  CHECK(suggest("layr", words) == "layer");
  constexpr std::array<std::string_view, 2> equal = {"port", "part"};
  CHECK(suggest("pxrt", equal) == "port");
}

TEST_CASE("the word itself is no suggestion") {
  constexpr std::array<std::string_view, 2> words = {"layer", "Layer"};
  CHECK(suggest("layer", words) == "Layer");
}

TEST_CASE("there may be no candidates") { CHECK_FALSE(suggest("layer", std::vector<std::string_view>())); }

TEST_CASE("distances count characters, not bytes") {
  constexpr std::array<std::string_view, 1> words = {"été"};
  CHECK(suggest("ete", std::array<std::string_view, 1>{"éte"}) == "éte");
  CHECK_FALSE(suggest("ete", words));
}

TEST_CASE("words over the limit neither get nor are suggestions") {
  const std::string longest(max_suggested_length, 'x');
  const std::string slip = longest.substr(1) + "y";
  const std::string too_long = longest + "x";
  CHECK(suggest(slip, std::vector<std::string_view>{longest}) == longest);
  CHECK_FALSE(suggest(too_long, std::vector<std::string_view>{longest}));
  CHECK_FALSE(suggest(longest, std::vector<std::string_view>{too_long}));
  CHECK_FALSE(suggest(std::string(10'000'000, 'x'), std::vector<std::string_view>{longest}));
  std::string wide;
  for (std::size_t i = 0; i < max_suggested_length; ++i) wide += "😀";
  CHECK(suggest(wide.substr(4), std::vector<std::string_view>{wide}) == wide);
}

TEST_CASE("malformed text is compared too") {
  constexpr std::array<std::string_view, 1> words = {"layer"};
  CHECK(suggest("lay\xFFr", words) == "layer");
}

}  // namespace honua::text
