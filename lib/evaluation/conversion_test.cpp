// SPDX-License-Identifier: MIT
#include "evaluation/conversion.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace honua::evaluation {

namespace {

Value text(const char* value) { return Value::string(value); }

std::string converted(const Value& value, const Type& type) {
  const auto result = convert(value, type);
  return result ? std::string(to_string(result->kind())) + " " + to_json(*result)
                : "error: " + result.error();
}

std::string unified(const std::vector<Value>& values) {
  std::vector<Type> types;
  types.reserve(values.size());
  for (const Value& value : values) types.push_back(type_of(value));
  const auto type = unify(types);
  return type ? to_string(*type) : "none";
}

}  // namespace

TEST_CASE("numbers, bools and strings convert as the language has it") {
  struct Case {
    Value value;
    Type type;
    std::string_view expected;
  };
  const Case cases[] = {
      {Value::number(5), Type::string(), "string \"5\""},
      {Value::number(*Number::parse("1.50")), Type::string(), "string \"1.5\""},
      {text("1e3"), Type::number(), "number 1000"},
      {text("x"), Type::number(), "error: expected a number, found `\"x\"`"},
      {text("1e99999"), Type::number(), "error: the number has too many digits"},
      {Value::boolean(true), Type::string(), "string \"true\""},
      {text("true"), Type::boolean(), "bool true"},
      {text("0"), Type::boolean(), "bool false"},
      {text("True"), Type::boolean(), "error: expected a bool, found `\"True\"`; write it in lower case"},
      {text("yes"), Type::boolean(), "error: expected a bool, found `\"yes\"`"},
      {Value::boolean(true), Type::number(), "error: expected a number, found `true`"},
      {Value::number(1), Type::boolean(), "error: expected a bool, found `1`"},
      {Value::null(), Type::number(), "null null"},
      {Value::unknown(), Type::number(), "unknown \"(unknown)\""},
      {Value::unknown(ValueKind::list), Type::number(), "error: expected a number, found a list"},
      {Value::tuple({}), Type::string(), "error: expected a string, found an empty tuple"},
      {text("x"), Type::any(), "string \"x\""},
  };
  for (const Case& one : cases) {
    CAPTURE(one.expected);
    CHECK(converted(one.value, one.type) == one.expected);
  }
}

TEST_CASE("tuples and objects convert element by element") {
  const Value mixed = Value::tuple({Value::number(1), text("b"), Value::null()});
  CHECK(converted(mixed, Type::list(Type::any())) == "list [\"1\",\"b\",null]");
  CHECK(converted(mixed, Type::list(Type::number())) == "error: element 1: expected a number, found `\"b\"`");
  CHECK(converted(Value::tuple({text("b"), text("a"), text("b")}), Type::set(Type::any())) ==
        "set [\"a\",\"b\"]");
  CHECK(converted(Value::tuple({}), Type::list(Type::any())) == "list []");
  CHECK(converted(Value::tuple({Value::number(1), Value::boolean(true)}), Type::list(Type::any())) ==
        "error: all elements of a list must be of the same type");
  const Value object = Value::object({{"a", Value::number(1)}, {"b", text("x")}});
  CHECK(converted(object, Type::map(Type::any())) == "map {\"a\":\"1\",\"b\":\"x\"}");
  CHECK(converted(object, Type::map(Type::number())) ==
        "error: element `b`: expected a number, found `\"x\"`");
  CHECK(converted(text("x"), Type::list(Type::any())) == "error: expected a list of any type, found `\"x\"`");
}

TEST_CASE("conversions keep marks and ranges and hide secrets") {
  const source::SourceRange place{0, 1, 2};
  const Value secret = text("swordfish").with_sensitive(true).with_range(place);
  const auto list = convert(Value::tuple({secret}), Type::list(Type::string()));
  CHECK(list->elements()[0].is_sensitive());
  CHECK(list->elements()[0].range() == place);
  const auto number = convert(text("5").with_sensitive(true).with_range(place), Type::number());
  CHECK(number->is_sensitive());
  CHECK(number->range() == place);
  CHECK(converted(secret, Type::number()) == "error: expected a number, found a sensitive value");
}

TEST_CASE("types are unified to one that all convert to") {
  const Value number = Value::number(1);
  const Value string = text("x");
  const Value boolean = Value::boolean(true);
  const Value null = Value::null();
  CHECK(unified({number, string}) == "string");
  CHECK(unified({boolean, string, number}) == "string");
  CHECK(unified({boolean, number}) == "none");
  CHECK(unified({null, number}) == "number");
  CHECK(unified({null, null}) == "any type");
  CHECK(unified({Value::tuple({number}), Value::tuple({string})}) == "tuple");
  CHECK(unified({Value::tuple({number}), Value::tuple({string, number})}) == "list of string");
  CHECK(unified({Value::tuple({}), Value::tuple({number})}) == "list of number");
  CHECK(unified({Value::tuple({number}), string}) == "none");
  CHECK(unified({Value::tuple({number}), Value::object({})}) == "none");
  CHECK(unified({Value::object({{"a", number}}), Value::object({{"a", string}})}) == "object");
  CHECK(unified({Value::object({{"a", number}}), Value::object({{"b", string}})}) == "map of string");
  CHECK(unified({Value::object({{"a", number}}), Value::object({{"a", boolean}})}) == "none");
  CHECK(unified({Value::list({number}), Value::tuple({string})}) == "list of string");
  CHECK(unified({Value::map({{"a", number}}), Value::object({{"b", string}})}) == "map of string");
  CHECK(unified({Value::set({number}), Value::list({string})}) == "list of string");
  CHECK(unified({Value::unknown(ValueKind::string), number}) == "string");
}

TEST_CASE("tuples of one length stay tuples and unify position by position") {
  const Type types[] = {type_of(Value::tuple({Value::number(1), text("x")})),
                        type_of(Value::tuple({text("1"), text("y")}))};
  const auto type = unify(types);
  REQUIRE(type.has_value());
  CHECK(converted(Value::tuple({Value::number(1), text("x")}), *type) == "tuple [\"1\",\"x\"]");
}

TEST_CASE("very many different types have nothing in common, and that is found quickly") {
  std::vector<Value> values;
  for (int i = 0; i < 5000; ++i) {
    std::vector<Value> elements(static_cast<std::size_t>(i % 70), Value::number(1));
    values.push_back(i % 2 == 0 ? Value::tuple(std::move(elements)) : Value::string("x"));
  }
  CHECK(unified(values) == "none");
}

}  // namespace honua::evaluation
