// SPDX-License-Identifier: MIT
#include "evaluation/number.h"

#include <algorithm>
#include <limits>

#include "evaluation/number_impl.h"

namespace honua::evaluation {

namespace {

constexpr std::int64_t int64_min = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t int64_max = std::numeric_limits<std::int64_t>::max();

// The infinity's sign, or 0 for finite numbers.
int infinite_sign(const Number& number) {
  const Number::Big* big = NumberAccess::big(number);
  return big == nullptr ? 0 : big->infinite;
}

bool both_small(const Number& a, const Number& b) {
  return NumberAccess::big(a) == nullptr && NumberAccess::big(b) == nullptr;
}

tl::unexpected<NumberError> undefined() { return tl::unexpected(NumberError::undefined); }

}  // namespace

Number::Expected<Number> NumberAccess::make(const Rational& value) {
  const Integer top = numerator(value);
  const Integer bottom = denominator(value);
  if (bottom == 1 && top >= int64_min && top <= int64_max) return Number(static_cast<std::int64_t>(top));
  if (bit_count(top) > max_number_bits || bit_count(bottom) > max_number_bits) {
    return tl::unexpected(NumberError::too_large);
  }
  Number made;
  made.big_ = std::make_shared<const Number::Big>(Number::Big{0, value});
  return made;
}

Number NumberAccess::make_integer(const Integer& value) { return *make(Rational(value)); }

Rational NumberAccess::rational(const Number& number) {
  return number.big_ == nullptr ? Rational(number.small_) : number.big_->value;
}

std::string_view to_string(NumberError error) {
  switch (error) {
    case NumberError::not_a_number: return "a number is required";
    case NumberError::too_large: return "the number has too many digits";
    case NumberError::undefined: return "the result is not defined";
  }
  return "";
}

Number Number::infinity(bool negative) {
  static const auto positive_infinity = std::make_shared<const Big>(Big{1, Rational(0)});
  static const auto negative_infinity = std::make_shared<const Big>(Big{-1, Rational(0)});
  Number made;
  made.big_ = negative ? negative_infinity : positive_infinity;
  return made;
}

bool Number::is_infinite() const { return infinite_sign(*this) != 0; }

bool Number::is_integer() const {
  if (big_ == nullptr) return true;
  return big_->infinite == 0 && denominator(big_->value) == 1;
}

int Number::sign() const {
  if (big_ == nullptr) return small_ < 0 ? -1 : (small_ > 0 ? 1 : 0);
  if (big_->infinite != 0) return big_->infinite;
  return big_->value.sign();
}

std::optional<std::int64_t> Number::to_int64() const {
  if (big_ != nullptr) return std::nullopt;
  return small_;
}

double Number::to_double() const {
  if (big_ == nullptr) return static_cast<double>(small_);
  if (big_->infinite != 0) return big_->infinite * std::numeric_limits<double>::infinity();
  return big_->value.convert_to<double>();
}

std::size_t cost_of_bits(std::size_t bits) {
  // Reducing fractions takes quadratic time.
  const std::size_t size = bits / 16;
  return 1 + size + size * size / 64;
}

std::size_t Number::cost() const {
  if (big_ == nullptr || big_->infinite != 0) return 1;
  const std::size_t bits =
      std::size_t{bit_count(numerator(big_->value))} + std::size_t{bit_count(denominator(big_->value))};
  return cost_of_bits(bits);
}

Number Number::negated() const {
  if (big_ == nullptr && small_ != int64_min) return Number(-small_);
  if (is_infinite()) return infinity(big_->infinite > 0);
  return *NumberAccess::make(-NumberAccess::rational(*this));
}

Number Number::absolute() const { return sign() < 0 ? negated() : *this; }

Number Number::floor() const {
  if (is_integer() || is_infinite()) return *this;
  Integer whole = numerator(big_->value) / denominator(big_->value);
  if (sign() < 0) whole -= 1;
  return NumberAccess::make_integer(whole);
}

Number Number::ceil() const { return negated().floor().negated(); }

Number::Expected<Number> add(const Number& a, const Number& b) {
  std::int64_t sum = 0;
  if (both_small(a, b) && !__builtin_add_overflow(NumberAccess::small(a), NumberAccess::small(b), &sum))
    return Number(sum);
  const int left = infinite_sign(a);
  const int right = infinite_sign(b);
  if (left * right < 0) return undefined();
  if (left != 0 || right != 0) return left != 0 ? a : b;
  return NumberAccess::make(NumberAccess::rational(a) + NumberAccess::rational(b));
}

Number::Expected<Number> subtract(const Number& a, const Number& b) {
  std::int64_t difference = 0;
  if (both_small(a, b) &&
      !__builtin_sub_overflow(NumberAccess::small(a), NumberAccess::small(b), &difference))
    return Number(difference);
  return add(a, b.negated());
}

Number::Expected<Number> multiply(const Number& a, const Number& b) {
  std::int64_t product = 0;
  if (both_small(a, b) && !__builtin_mul_overflow(NumberAccess::small(a), NumberAccess::small(b), &product))
    return Number(product);
  if (a.is_infinite() || b.is_infinite()) {
    const int sign = a.sign() * b.sign();
    if (sign == 0) return undefined();
    return Number::infinity(sign < 0);
  }
  return NumberAccess::make(NumberAccess::rational(a) * NumberAccess::rational(b));
}

Number::Expected<Number> divide(const Number& a, const Number& b) {
  if (a.is_infinite() && b.is_infinite()) return undefined();
  if (a.is_infinite()) return Number::infinity((a.sign() < 0) != (b.sign() < 0));
  if (b.is_infinite()) return Number(0);
  if (b.sign() == 0) {
    if (a.sign() == 0) return undefined();
    return Number::infinity(a.sign() < 0);
  }
  if (both_small(a, b) && NumberAccess::small(b) != -1 &&
      NumberAccess::small(a) % NumberAccess::small(b) == 0)
    return Number(NumberAccess::small(a) / NumberAccess::small(b));
  return NumberAccess::make(NumberAccess::rational(a) / NumberAccess::rational(b));
}

Number::Expected<Number> modulo(const Number& a, const Number& b) {
  if (a.is_infinite() || b.is_infinite()) return undefined();
  if (b.sign() == 0) return a;
  if (both_small(a, b))
    return Number(NumberAccess::small(b) == -1 ? 0 : NumberAccess::small(a) % NumberAccess::small(b));
  const Rational left = NumberAccess::rational(a);
  const Rational right = NumberAccess::rational(b);
  const Rational quotient = left / right;
  const Rational whole(numerator(quotient) / denominator(quotient));
  return NumberAccess::make(left - right * whole);
}

Number::Expected<Number> power(const Number& base, const Number& exponent) {
  if (base.is_infinite() || exponent.is_infinite() || !exponent.is_integer()) return undefined();
  const auto times = exponent.to_int64();
  if (base == Number(0) && exponent.sign() < 0) return Number::infinity(false);
  if (base.absolute() == Number(1) || base.sign() == 0) {
    if (exponent.sign() == 0) return Number(1);
    const auto half = modulo(exponent, Number(2));
    return half && half->sign() == 0 ? base.absolute() : base;
  }
  // Every factor adds at least a bit, or takes one away below the dot.
  if (!times || *times > std::int64_t{max_number_bits} || *times < -std::int64_t{max_number_bits}) {
    return tl::unexpected(NumberError::too_large);
  }
  Number::Expected<Number> result = Number(1);
  const Number factor = *times < 0 ? *divide(Number(1), base) : base;
  std::int64_t left = *times < 0 ? -*times : *times;
  Number square = factor;
  for (;;) {
    if ((left & 1) != 0) {
      result = multiply(*result, square);
      if (!result) return result;
    }
    left >>= 1;
    if (left == 0) return result;
    auto next = multiply(square, square);
    if (!next) return next;
    square = *next;
  }
}

bool operator==(const Number& a, const Number& b) { return (a <=> b) == std::strong_ordering::equal; }

std::strong_ordering operator<=>(const Number& a, const Number& b) {
  if (both_small(a, b)) return a.small_ <=> b.small_;
  const int left = infinite_sign(a);
  const int right = infinite_sign(b);
  if (left != 0 || right != 0) return left <=> right;
  if (a.sign() != b.sign()) return a.sign() <=> b.sign();
  const int order = NumberAccess::rational(a).compare(NumberAccess::rational(b));
  return order <=> 0;
}

}  // namespace honua::evaluation
