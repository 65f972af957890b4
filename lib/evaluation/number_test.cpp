// SPDX-License-Identifier: MIT
#include "evaluation/number.h"

#include <doctest/doctest.h>

#include <array>
#include <charconv>
#include <chrono>
#include <limits>
#include <string>

namespace honua::evaluation {

namespace {

std::string read(std::string_view text) {
  const auto number = Number::parse(text);
  return number ? number->to_string() : std::string(to_string(number.error()));
}

std::string shown(const Number::Expected<Number>& number) {
  return number ? number->to_string() : std::string(to_string(number.error()));
}

Number number(std::string_view text) { return *Number::parse(text); }

constexpr std::string_view no_number = "a number is required";
constexpr std::string_view too_large = "the number has too many digits";

}  // namespace

TEST_CASE("decimals are read and written without an exponent") {
  struct Case {
    std::string_view text;
    std::string_view expected;
  };
  const Case cases[] = {
      {"0", "0"},
      {"007", "7"},
      {"1.50", "1.5"},
      {"1e3", "1000"},
      {"1E+3", "1000"},
      {"1.5e-3", "0.0015"},
      {"-2.5", "-2.5"},
      {"+2", "2"},
      {".5", "0.5"},
      {"5.", "5"},
      {"0.e1", "0"},
      {"-0", "0"},
      {"9223372036854775807", "9223372036854775807"},
      {"9223372036854775808", "9223372036854775808"},
      {"-9223372036854775808", "-9223372036854775808"},
      {"123456789012345678901234567890", "123456789012345678901234567890"},
      {"0.1000000000000000000000000000000000000000001", "0.1000000000000000000000000000000000000000001"},
      {"Inf", "+Inf"},
      {"-inf", "-Inf"},
      {"", no_number},
      {"-", no_number},
      {".", no_number},
      {"1e", no_number},
      {"1e+", no_number},
      {"1.2.3", no_number},
      {"1e5.5", no_number},
      {" 1", no_number},
      {"0x10", no_number},
      {"1_000", no_number},
      {"NaN", no_number},
  };
  for (const Case& one : cases) {
    CAPTURE(one.text);
    CHECK(read(one.text) == one.expected);
  }
}

TEST_CASE("fractions are exact") {
  CHECK(*add(number("0.1"), number("0.2")) == number("0.3"));
  CHECK(*multiply(*divide(Number(1), Number(3)), Number(3)) == Number(1));
  CHECK(*subtract(number("1e30"), number("1e-30")) < number("1e30"));
}

TEST_CASE("whole numbers beyond 64 bits keep their digits") {
  const Number most(std::numeric_limits<std::int64_t>::max());
  const Number least(std::numeric_limits<std::int64_t>::min());
  CHECK(shown(add(most, Number(1))) == "9223372036854775808");
  CHECK(shown(subtract(least, Number(1))) == "-9223372036854775809");
  CHECK(shown(multiply(most, most)) == "85070591730234615847396907784232501249");
  CHECK(least.negated().to_string() == "9223372036854775808");
  CHECK(shown(divide(least, Number(-1))) == "9223372036854775808");
  CHECK(shown(modulo(least, Number(-1))) == "0");
}

TEST_CASE("a result that fits 64 bits again is stored as such") {
  const auto back = subtract(*add(number("9223372036854775807"), Number(1)), Number(1));
  CHECK(back->to_int64() == std::numeric_limits<std::int64_t>::max());
}

TEST_CASE("a number without finite decimal form is rounded to 155 digits") {
  const std::string third = shown(divide(Number(1), Number(3)));
  CHECK(third == "0." + std::string(155, '3'));
  CHECK(shown(divide(Number(2), Number(3))) == "0." + std::string(154, '6') + "7");
  CHECK(shown(divide(number("1e10"), Number(7))).size() == 156);
}

TEST_CASE("a number with a finite decimal form is written in full") {
  const auto tiny = power(Number(2), Number(-200));
  CHECK(tiny->to_string().size() == 202);
  CHECK(read("1e-1000") == "0." + std::string(999, '0') + "1");
}

TEST_CASE("division by zero is infinite, and zero by zero has no result") {
  CHECK(shown(divide(Number(1), Number(0))) == "+Inf");
  CHECK(shown(divide(Number(-1), Number(0))) == "-Inf");
  CHECK(divide(Number(0), Number(0)).error() == NumberError::undefined);
  const Number infinity = Number::infinity(false);
  CHECK(subtract(infinity, infinity).error() == NumberError::undefined);
  CHECK(multiply(infinity, Number(0)).error() == NumberError::undefined);
  CHECK(divide(infinity, infinity).error() == NumberError::undefined);
  CHECK(shown(divide(Number(5), infinity)) == "0");
  CHECK(shown(add(infinity, Number(5))) == "+Inf");
  CHECK(Number::infinity(true) < Number(0));
  CHECK(infinity > number("1e1000"));
}

TEST_CASE("the remainder has the sign of the dividend, and x % 0 is x") {
  CHECK(shown(modulo(Number(-7), Number(3))) == "-1");
  CHECK(shown(modulo(Number(7), Number(-3))) == "1");
  CHECK(shown(modulo(Number(11), number("5.1"))) == "0.8");
  CHECK(shown(modulo(Number(5), Number(0))) == "5");
  CHECK(modulo(Number::infinity(false), Number(3)).error() == NumberError::undefined);
  CHECK(modulo(Number(3), Number::infinity(true)).error() == NumberError::undefined);
}

TEST_CASE("rounding goes to whole numbers") {
  CHECK(number("2.5").floor().to_string() == "2");
  CHECK(number("-2.5").floor().to_string() == "-3");
  CHECK(number("2.5").ceil().to_string() == "3");
  CHECK(number("-2.5").ceil().to_string() == "-2");
  CHECK(number("4").ceil().to_string() == "4");
}

TEST_CASE("powers are exact") {
  CHECK(shown(power(Number(2), Number(100))) == "1267650600228229401496703205376");
  CHECK(shown(power(Number(2), Number(-2))) == "0.25");
  CHECK(shown(power(Number(-1), number("1e30"))) == "1");
  CHECK(shown(power(Number(0), Number(0))) == "1");
  CHECK(shown(power(Number(0), Number(-1))) == "+Inf");
  CHECK(power(Number(2), number("0.5")).error() == NumberError::undefined);
}

TEST_CASE("whole numbers are read in other bases") {
  CHECK(shown(Number::parse_integer("ff", 16)) == "255");
  CHECK(shown(Number::parse_integer("FF", 16)) == "255");
  CHECK(shown(Number::parse_integer("-101", 2)) == "-5");
  CHECK(shown(Number::parse_integer("Z", 62)) == "61");
  CHECK(shown(Number::parse_integer("12", 2)) == no_number);
  CHECK(shown(Number::parse_integer("", 10)) == no_number);
}

TEST_CASE("numbers are written with a fixed number of digits, in other bases and scientifically") {
  CHECK(number("2.5").to_fixed(0) == "2");
  CHECK(number("3.5").to_fixed(0) == "4");
  CHECK(number("-0.125").to_fixed(2) == "-0.12");
  CHECK(number("999.996").to_fixed(2) == "1000.00");
  CHECK(number("999.996").to_scientific(3) == "1.000e+03");
  CHECK(number("0.00012").to_scientific(1) == "1.2e-04");
  CHECK(Number(0).to_scientific(2) == "0.00e+00");
  CHECK(Number(-255).to_base(16) == "-ff");
  CHECK(Number(5).to_base(2) == "101");
  CHECK(Number(0).to_base(2) == "0");
  CHECK(Number(8).to_base(8) == "10");
}

TEST_CASE("numbers convert to machine types where they fit") {
  CHECK(number("0.5").to_int64() == std::nullopt);
  CHECK(number("1e30").to_int64() == std::nullopt);
  CHECK(number("1e30").is_integer());
  CHECK_FALSE(Number::infinity(false).is_integer());
  CHECK(number("-1e30").sign() == -1);
}

TEST_CASE("numbers become the nearest double, ties the even one") {
  const auto as_double = [](std::string_view text) { return number(text).to_double(); };
  for (const double value :
       {0.5, -0.1, 1e22, 123456789.123, 1e23, -1.5e300, 2.2250738585072014e-308, 5e-324}) {
    CAPTURE(value);
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    CHECK(as_double({text.data(), end}) == value);
  }
  CHECK(divide(Number(1), Number(3))->to_double() == 1.0 / 3.0);
  CHECK(as_double("9007199254740993.0") == 9007199254740992.0);
  CHECK(as_double("9007199254740993.000000000000000000000001") == 9007199254740994.0);
  CHECK(as_double("1e400") == std::numeric_limits<double>::infinity());
  CHECK(as_double("-1e400") == -std::numeric_limits<double>::infinity());
  CHECK(as_double("1e-400") == 0.0);
  CHECK(Number::infinity(true).to_double() == -std::numeric_limits<double>::infinity());
}

TEST_CASE("a number of a thousand digits works") {
  CHECK(read("1e1000") == "1" + std::string(1000, '0'));
  CHECK(*divide(number("1e1000"), number("1e999")) == Number(10));
}

TEST_CASE("exponents beyond the limit are refused at once") {
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 1000; ++i) {
    CHECK(read("1e1000000000") == too_large);
    CHECK(read("1e-99999999999999999999") == too_large);
  }
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(1));
  CHECK(read("1e" + std::to_string(max_decimal_exponent)).size() ==
        static_cast<std::size_t>(max_decimal_exponent) + 1);
  CHECK(read("1e" + std::to_string(max_decimal_exponent + 1)) == too_large);
  // Zero is zero whatever its exponent says.
  CHECK(read("0e1000000000") == "0");
}

TEST_CASE("texts beyond the limit are refused") {
  CHECK(read(std::string(max_number_text, '0')) == "0");
  CHECK(read(std::string(max_number_text + 1, '0')) == too_large);
  CHECK(read(std::string(max_number_text, '9')) == too_large);
  CHECK(shown(Number::parse_integer(std::string(max_number_text + 1, '1'), 2)) == too_large);
  CHECK(shown(Number::parse_integer(std::string(max_number_text, 'z'), 36)) == too_large);
}

TEST_CASE("repeated squaring ends at the limit") {
  Number::Expected<Number> value = Number(3);
  int steps = 0;
  while (value && steps < 100) {
    value = multiply(*value, *value);
    ++steps;
  }
  CHECK_FALSE(value.has_value());
  CHECK(steps < 20);
  CHECK(power(Number(3), number("1e18")).error() == NumberError::too_large);
  CHECK(power(Number(3), number("1e30")).error() == NumberError::too_large);
}

TEST_CASE("the largest number within the limit is the last that works") {
  const auto largest = power(Number(2), Number(max_number_bits - 1));
  CHECK(largest.has_value());
  CHECK(multiply(*largest, Number(2)).error() == NumberError::too_large);
  CHECK(divide(Number(1), *largest).has_value());
  CHECK(divide(*divide(Number(1), *largest), Number(2)).error() == NumberError::too_large);
}

TEST_CASE("reading a number costs what its digits and its exponent take") {
  CHECK(Number::cost_of_parsing("123456789012345678") == 1);
  CHECK(Number::cost_of_parsing("12.5") == 1);
  CHECK(Number::cost_of_parsing("1e3") < 10);
  CHECK(Number::cost_of_parsing("9e4899") > 10'000);
  CHECK(Number::cost_of_parsing("9e-4899") >= Number::cost_of_parsing("9e4899"));
  CHECK(Number::cost_of_parsing("9e999999999") == Number::cost_of_parsing("9e499999999"));
  CHECK(Number::cost_of_parsing("1e99999") >= Number::cost_of_parsing("1e9999"));
}

}  // namespace honua::evaluation
