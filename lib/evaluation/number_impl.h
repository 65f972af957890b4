// SPDX-License-Identifier: MIT
#pragma once

#include <boost/multiprecision/cpp_int.hpp>

#include "evaluation/number.h"

// Internal to number.cpp and number_text.cpp: keeps Boost, which compiles
// slowly, out of every other file.
namespace honua::evaluation {

using Integer =
    boost::multiprecision::number<boost::multiprecision::cpp_int_backend<>, boost::multiprecision::et_off>;
using Rational = boost::multiprecision::number<
    boost::multiprecision::rational_adaptor<boost::multiprecision::cpp_int_backend<>>,
    boost::multiprecision::et_off>;

struct Number::Big {
  int infinite = 0;  // -1, 0 or 1
  Rational value;    // if finite
};

// The cost of computing with numbers of so many bits: see Number::cost().
[[nodiscard]] std::size_t cost_of_bits(std::size_t bits);

struct NumberAccess {
  // The smallest representation; too_large beyond max_number_bits.
  static Number::Expected<Number> make(const Rational& value);
  static Number make_integer(const Integer& value);  // must be within the limit
  static Rational rational(const Number& number);    // must be finite
  static const Number::Big* big(const Number& number) { return number.big_.get(); }
  static std::int64_t small(const Number& number) { return number.small_; }
};

// Bits of the magnitude; 0 for 0.
[[nodiscard]] inline unsigned bit_count(const Integer& value) {
  return value.is_zero() ? 0 : msb(abs(value)) + 1;
}

}  // namespace honua::evaluation
