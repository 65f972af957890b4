// SPDX-License-Identifier: MIT
#include "evaluation/value.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace honua::evaluation {

namespace {

Value text(const char* value) { return Value::string(value); }

Value secret() { return text("swordfish").with_sensitive(true); }

}  // namespace

TEST_CASE("a value is cheap to copy") { CHECK(sizeof(Value) <= 40); }

TEST_CASE("every kind has its JSON") {
  CHECK(to_json(Value::null()) == "null");
  CHECK(to_json(Value::unknown()) == "\"(unknown)\"");
  CHECK(to_json(Value::boolean(true)) == "true");
  CHECK(to_json(Value::number(-5)) == "-5");
  CHECK(to_json(Value::number(*Number::parse("0.10"))) == "0.1");
  CHECK(to_json(Value::number(Number::infinity(true))) == "\"-Inf\"");
  CHECK(to_json(text("a\"\\\n\x01")) == "\"a\\\"\\\\\\n\\u0001\"");
  CHECK(to_json(Value::tuple({Value::number(1), text("b")})) == "[1,\"b\"]");
  CHECK(to_json(Value::object({{"b", Value::number(1)}, {"a", Value::null()}})) == "{\"a\":null,\"b\":1}");
}

TEST_CASE("strings and keys are normalized") {
  const Value composed = text("\u00e9");
  CHECK(equal(composed, text("e\u0301")));
  CHECK(Value::object({{"e\u0301", Value::null()}}).find("\u00e9") != nullptr);
}

TEST_CASE("a set has neither order nor duplicates") {
  const Value set = Value::set({text("b"), text("a"), text("b")});
  CHECK(to_json(set) == "[\"a\",\"b\"]");
  CHECK(to_json(Value::set({Value::number(10), Value::number(9), Value::null()})) == "[9,10,null]");
  CHECK(equal(set, Value::set({text("a"), text("b")})));
}

TEST_CASE("a set with something unknown inside is unknown") {
  CHECK(Value::set({text("a"), Value::unknown()}).is_unknown());
  CHECK(Value::set({text("a"), Value::unknown()}).expected_kind() == ValueKind::set);
}

TEST_CASE("of members with one key the last counts") {
  const Value object =
      Value::object({{"a", Value::number(1)}, {"b", Value::number(2)}, {"a", Value::number(3)}});
  CHECK(to_json(object) == "{\"a\":3,\"b\":2}");
}

TEST_CASE("keys are in byte order") {
  const Value object = Value::object({{"b", Value()}, {"C", Value()}, {"a", Value()}, {"\u00e9", Value()}});
  CHECK(to_json(object) == "{\"C\":null,\"a\":null,\"b\":null,\"\u00e9\":null}");
}

TEST_CASE("equality needs the same types") {
  CHECK(equal(Value::null(), Value::null()));
  CHECK_FALSE(equal(Value::number(1), text("1")));
  CHECK_FALSE(equal(Value::tuple({Value::number(1)}), Value::tuple({text("1")})));
  CHECK_FALSE(equal(Value::tuple({}), Value::list({})));
  CHECK_FALSE(equal(Value::object({}), Value::map({})));
  CHECK(equal(Value::object({{"a", Value::null()}}), Value::object({{"a", Value::null()}})));
}

TEST_CASE("equality with unknown values is settled by what is known") {
  CHECK_FALSE(equal_if_known(Value::unknown(), Value::number(1)).has_value());
  CHECK_FALSE(equal_if_known(Value::unknown(), Value::null()).has_value());
  CHECK(equal_if_known(Value::unknown(ValueKind::string), Value::number(1)) == false);
  const Value open = Value::tuple({Value::number(1), Value::unknown()});
  CHECK(equal_if_known(open, Value::tuple({Value::number(2), Value::number(2)})) == false);
  CHECK_FALSE(equal_if_known(open, Value::tuple({Value::number(1), Value::number(2)})).has_value());
}

TEST_CASE("a sensitive value shows only when it is asked for") {
  const Value tuple = Value::tuple({text("a"), secret()});
  CHECK(to_json(tuple) == "[\"a\",\"(sensitive)\"]");
  CHECK(to_json(tuple, Secrets::reveal) == "[\"a\",\"swordfish\"]");
  CHECK(describe(secret()) == "a sensitive value");
  CHECK(tuple.holds_sensitive());
  CHECK_FALSE(tuple.is_sensitive());
}

TEST_CASE("a set takes over the marks of its elements") {
  const Value set = Value::set({text("a"), secret()});
  CHECK(set.is_sensitive());
}

TEST_CASE("weight counts shared parts as often as they occur") {
  Value value = Value::tuple({Value::number(1), Value::number(2)});
  CHECK(value.weight() == 3);
  for (int i = 0; i < 62; ++i) value = Value::tuple({value, value});
  CHECK(value.weight() > std::size_t{1} << 62);
  CHECK(value.depth() == 63);
  for (int i = 0; i < 10; ++i) value = Value::tuple({value, value});
  CHECK(value.weight() == static_cast<std::size_t>(-1));
  CHECK(text(std::string(6400, 'x').c_str()).weight() == 101);
}

TEST_CASE("a value knows where it comes from") {
  const source::SourceRange place{3, 5, 9};
  CHECK_FALSE(text("a").range().has_value());
  CHECK(text("a").with_range(place).range() == place);
}

TEST_CASE("descriptions are short") {
  CHECK(describe(text("abc")) == "`\"abc\"`");
  CHECK(describe(text(std::string(100, 'x').c_str())) == "`\"" + std::string(40, 'x') + "...\"`");
  CHECK(describe(Value::number(5)) == "`5`");
  CHECK(describe(Value::tuple({Value::null()})) == "a tuple of 1 element");
  CHECK(describe(Value::object({})) == "an empty object");
  CHECK(describe(Value::object({{"a", Value()}, {"b", Value()}})) == "an object of 2 members");
  CHECK(describe(Value::null()) == "null");
  CHECK(describe(Value::unknown(ValueKind::object)) == "an object");
}

}  // namespace honua::evaluation
