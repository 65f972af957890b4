// SPDX-License-Identifier: MIT
#include "text/json_writer.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <utility>

#include "text/unicode.h"

namespace honua::text {

namespace {

std::string as_json(std::string_view value) {
  JsonWriter json;
  json.string(value);
  return std::move(json).take();
}

void write_example(JsonWriter& json) {
  json.begin_object();
  json.key("name").string("roads");
  json.key("empty").begin_array();
  json.end_array();
  json.key("nothing").begin_object();
  json.end_object();
  json.key("list").begin_array();
  json.integer(1);
  json.boolean(true);
  json.null();
  json.begin_object();
  json.key("a").boolean(false);
  json.end_object();
  json.end_array();
  json.end_object();
}

}  // namespace

TEST_CASE("numbers are as short as can be and need no exponent where they are whole") {
  const auto number = [](double value) {
    JsonWriter json;
    json.number(value);
    return std::move(json).take();
  };
  CHECK(number(0) == "0");
  CHECK(number(-1) == "-1");
  CHECK(number(1e9) == "1000000000");
  CHECK(number(10.81) == "10.81");
  CHECK(number(0.1) == "0.1");
  CHECK(number(1e300) == "1e+300");
}

TEST_CASE("a document is compact unless it is indented") {
  JsonWriter json;
  write_example(json);
  CHECK(std::move(json).take() ==
        R"({"name":"roads","empty":[],"nothing":{},"list":[1,true,null,{"a":false}]})");
}

TEST_CASE("an indented document has a line for each member and element") {
  JsonWriter json(2);
  write_example(json);
  CHECK(std::move(json).take() == R"({
  "name": "roads",
  "empty": [],
  "nothing": {},
  "list": [
    1,
    true,
    null,
    {
      "a": false
    }
  ]
})");
}

TEST_CASE("the root may be any value") {
  JsonWriter json;
  json.null();
  CHECK(std::move(json).take() == "null");
  CHECK(as_json("") == R"("")");
}

TEST_CASE("integers are written in full") {
  JsonWriter json;
  json.begin_array();
  json.integer(0);
  json.integer(-7);
  json.integer(std::numeric_limits<std::int64_t>::min());
  json.integer(std::numeric_limits<std::uint64_t>::max());
  json.integer(std::size_t{3});
  json.end_array();
  CHECK(std::move(json).take() == "[0,-7,-9223372036854775808,18446744073709551615,3]");
}

TEST_CASE("quotes, backslashes and controls are escaped") {
  using namespace std::string_literals;
  CHECK(as_json(R"(say "hi" \ bye)") == R"("say \"hi\" \\ bye")");
  CHECK(as_json("a\b\f\n\r\tb") == R"("a\b\f\n\r\tb")");
  CHECK(as_json("\0\x1B[31m\x1F"s) == R"("\u0000\u001b[31m\u001f")");
  CHECK(as_json("\x7F\u0080\u009F") == R"("\u007f\u0080\u009f")");
  CHECK(as_json("\u2028\u202E\u2069\uFEFF") == R"("\u2028\u202e\u2069\ufeff")");
  CHECK(as_json("\U000E0041") == R"("\udb40\udc41")");
}

TEST_CASE("text beyond ASCII is written as it is") {
  CHECK(as_json("é 中 👩\u200D👧") == "\"é 中 👩\u200D👧\"");
}

TEST_CASE("malformed text becomes replacement characters") {
  CHECK(as_json("a\xFFz") == "\"a\uFFFDz\"");
  CHECK(as_json("\xE2\x82") == "\"\uFFFD\"");
  CHECK(as_json("\xED\xA0\x80") == "\"\uFFFD\uFFFD\uFFFD\"");
}

TEST_CASE("names are escaped as values are") {
  JsonWriter json;
  json.begin_object();
  json.key("a\"\n\xFF").integer(1);
  json.end_object();
  CHECK(std::move(json).take() == "{\"a\\\"\\n\uFFFD\":1}");
}

TEST_CASE("every string of two bytes gives well-formed text without controls") {
  for (unsigned first = 0; first < 256; ++first) {
    for (unsigned second = 0; second < 256; ++second) {
      const std::string result = as_json(std::string{static_cast<char>(first), static_cast<char>(second)});
      const bool controls =
          result.find_first_of(std::string_view("\0\n\r\t\x1B\x7F", 6)) != std::string::npos;
      if (controls || find_malformed(result) != std::string_view::npos) FAIL(first << ' ' << second);
    }
  }
}

TEST_CASE("tokens of JSON pointers escape what separates them") {
  std::string pointer;
  honua::text::append_pointer_token(pointer, "a/b");
  honua::text::append_pointer_token(pointer, "m~n");
  honua::text::append_pointer_token(pointer, "");
  CHECK(pointer == "/a~1b/m~0n/");
  CHECK(honua::text::json_string("a\"b") == "\"a\\\"b\"");
}

}  // namespace honua::text
