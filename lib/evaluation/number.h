// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace honua::evaluation {

// Numerators and denominators may not take more bits than this (about 4,900
// decimal digits, where the reference keeps 154): `1e1000` works, and repeated
// squaring ends with a finding instead of eating the machine. One operation on
// numbers of this size takes well under a millisecond.
inline constexpr unsigned max_number_bits = 16'384;
// The longest decimal that is read: sign, digits, dot and exponent. Anything
// longer could not be held anyway.
inline constexpr std::size_t max_number_text = 10'000;
// Decimal exponents beyond this, either way, are refused before any work.
inline constexpr int max_decimal_exponent = 4'900;
// Digits of a number that has no finite decimal form, such as 1/3. The
// reference computes with 512-bit floats, which hold 154 decimal digits and a
// bit; more digits than these would claim a precision that other tools of the
// language do not have.
inline constexpr unsigned max_repeating_digits = 155;

enum class NumberError : std::uint8_t {
  not_a_number,  // a text that is no decimal
  too_large,     // more than max_number_bits, or a text beyond the limits above
  undefined,     // 0/0, infinity minus infinity, and the like
};

// In words, for messages: "the number has too many digits".
[[nodiscard]] std::string_view to_string(NumberError error);

// An exact rational number, or plus or minus infinity (what a division by zero
// yields). Whole numbers of 64 bits are stored inline, all others behind a
// shared immutable pointer, so copies are cheap.
class Number {
 public:
  template <class T>
  using Expected = tl::expected<T, NumberError>;

  Number() = default;  // 0
  explicit Number(std::int64_t value) : small_(value) {}
  [[nodiscard]] static Number infinity(bool negative);

  // Reads a decimal: digits, at most one dot, an exponent; a sign in front;
  // also `.5`, `5.` and `Inf`, as the reference does for strings.
  [[nodiscard]] static Expected<Number> parse(std::string_view text);
  // Reads a whole number in base 2..36, or up to 62 where upper case letters
  // count on from 36; a sign in front.
  [[nodiscard]] static Expected<Number> parse_integer(std::string_view text, unsigned base);

  // Plain decimal without exponent: exact if the decimal form is finite, else
  // rounded half to even to max_repeating_digits significant digits.
  // Infinities are "+Inf" and "-Inf".
  [[nodiscard]] std::string to_string() const;
  // With exactly this many digits behind the dot, rounded half to even.
  // Finite numbers only.
  [[nodiscard]] std::string to_fixed(unsigned digits) const;
  // One digit before the dot and this many behind it, then e+07 or e-07.
  // Finite numbers only.
  [[nodiscard]] std::string to_scientific(unsigned digits) const;
  // Whole numbers only; base 2, 8, 10 or 16, letters in lower case.
  [[nodiscard]] std::string to_base(unsigned base) const;
  // Decimal digits that say the number exactly (or to max_repeating_digits),
  // without zeros at either end. Finite numbers only; none for 0.
  struct Digits {
    bool negative = false;
    std::string digits;
    int point = 0;  // the dot stands before digits[point]; may lie outside
  };
  [[nodiscard]] Digits digits() const;

  [[nodiscard]] bool is_infinite() const;
  [[nodiscard]] bool is_integer() const;  // false for infinities
  [[nodiscard]] int sign() const;         // -1, 0, 1
  // The value, if it is a whole number of 64 bits.
  [[nodiscard]] std::optional<std::int64_t> to_int64() const;
  // The nearest double, or an infinity.
  [[nodiscard]] double to_double() const;
  // Work of an operation on this number, in units of one on small numbers.
  [[nodiscard]] std::size_t cost() const;
  // The same for parse().
  [[nodiscard]] static std::size_t cost_of_parsing(std::string_view text);

  [[nodiscard]] Number negated() const;
  [[nodiscard]] Number absolute() const;
  [[nodiscard]] Number floor() const;
  [[nodiscard]] Number ceil() const;

  friend bool operator==(const Number& a, const Number& b);
  friend std::strong_ordering operator<=>(const Number& a, const Number& b);

  struct Big;  // in number_impl.h

 private:
  friend struct NumberAccess;
  friend class Value;               // stores the two members in its own
  std::shared_ptr<const Big> big_;  // null: the number is small_
  std::int64_t small_ = 0;
};

[[nodiscard]] Number::Expected<Number> add(const Number& a, const Number& b);
[[nodiscard]] Number::Expected<Number> subtract(const Number& a, const Number& b);
[[nodiscard]] Number::Expected<Number> multiply(const Number& a, const Number& b);
// x/0 is infinite, 0/0 undefined.
[[nodiscard]] Number::Expected<Number> divide(const Number& a, const Number& b);
// a - b * (a / b, rounded toward zero); a itself when b is 0, as the reference has it.
[[nodiscard]] Number::Expected<Number> modulo(const Number& a, const Number& b);
// Exact, hence for whole exponents only; others are undefined.
[[nodiscard]] Number::Expected<Number> power(const Number& base, const Number& exponent);

}  // namespace honua::evaluation
