// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstdlib>
#include <ios>
#include <string>
#include <utility>

#include "evaluation/number_impl.h"

// Numbers from text and to text.
namespace honua::evaluation {

namespace {

Integer power_of_ten(unsigned exponent) { return boost::multiprecision::pow(Integer(10), exponent); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The parts of a decimal's text.
struct Decimal {
  bool negative = false;
  std::string digits;   // of mantissa, without dot and without leading zeros
  long long point = 0;  // the value is digits * 10^point
  bool any_digit = false;
};

// Reads the digits and the dot; returns where they end.
std::size_t scan_mantissa(std::string_view text, std::size_t at, Decimal& out) {
  bool dot = false;
  for (; at < text.size(); ++at) {
    if (text[at] == '.' && !dot) {
      dot = true;
      continue;
    }
    if (!is_digit(text[at])) break;
    out.any_digit = true;
    if (dot) --out.point;
    if (!out.digits.empty() || text[at] != '0') out.digits.push_back(text[at]);
  }
  return at;
}

// Reads `e+12`; false if it is malformed. Huge exponents are cut, not wrapped.
bool scan_exponent(std::string_view text, std::size_t at, long long& exponent) {
  if (at == text.size()) return true;
  if (text[at] != 'e' && text[at] != 'E') return false;
  ++at;
  bool negative = false;
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) negative = text[at++] == '-';
  if (at == text.size()) return false;
  constexpr long long huge = 1'000'000'000;
  long long value = 0;
  for (; at < text.size(); ++at) {
    if (!is_digit(text[at])) return false;
    value = std::min(huge, value * 10 + (text[at] - '0'));
  }
  exponent = negative ? -value : value;
  return true;
}

// A rational from digits and a decimal exponent, checked before any big work.
Number::Expected<Number> make_decimal(const Decimal& decimal, long long exponent) {
  std::string digits = decimal.digits;
  long long point = decimal.point + exponent;
  while (!digits.empty() && digits.back() == '0') {
    digits.pop_back();
    ++point;
  }
  if (digits.empty()) return Number(0);
  const auto size = static_cast<long long>(digits.size());
  if (point > max_decimal_exponent || point < -max_decimal_exponent ||
      size + point > max_decimal_exponent + 1) {
    return tl::unexpected(NumberError::too_large);
  }
  Integer top(digits.c_str());
  if (point > 0) top *= power_of_ten(static_cast<unsigned>(point));
  if (decimal.negative) top = -top;
  if (point >= 0) return NumberAccess::make(Rational(top));
  return NumberAccess::make(Rational(top, power_of_ten(static_cast<unsigned>(-point))));
}

// Whole numbers of up to 18 digits need no big arithmetic.
std::optional<std::int64_t> parse_small(std::string_view text) {
  if (text.empty() || text.size() > 18) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : text) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

// -1 for characters that are no digit in any base.
int digit_value(char c, unsigned base) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return base <= 36 ? c - 'A' + 10 : c - 'A' + 36;
  return -1;
}

// numerator * 10^shift / denominator, rounded half to even. `value` is not negative.
Integer scaled(const Rational& value, int shift) {
  Integer top = numerator(value);
  Integer bottom = denominator(value);
  if (shift > 0) top *= power_of_ten(static_cast<unsigned>(shift));
  if (shift < 0) bottom *= power_of_ten(static_cast<unsigned>(-shift));
  Integer quotient;
  Integer remainder;
  divide_qr(top, bottom, quotient, remainder);
  remainder *= 2;
  if (remainder > bottom || (remainder == bottom && bit_test(quotient, 0))) quotient += 1;
  return quotient;
}

// Where the first significant digit stands: 10^n <= value < 10^(n+1).
int decimal_magnitude(const Rational& value) {
  const int bits =
      static_cast<int>(bit_count(numerator(value))) - static_cast<int>(bit_count(denominator(value)));
  // log10(2) = 0.30103; the estimate is off by one at most.
  int guess = static_cast<int>(bits * 30103LL / 100000) - 1;
  const auto at_least = [&](int exponent) {
    const Integer ten = power_of_ten(static_cast<unsigned>(exponent < 0 ? -exponent : exponent));
    return exponent < 0 ? numerator(value) * ten >= denominator(value)
                        : numerator(value) >= denominator(value) * ten;
  };
  while (!at_least(guess)) --guess;
  while (at_least(guess + 1)) ++guess;
  return guess;
}

// Digits behind the dot of the exact decimal form, or -1 if it never ends.
int exact_fraction_digits(const Integer& bottom) {
  Integer rest = bottom;
  const int twos = static_cast<int>(lsb(rest));
  rest >>= static_cast<unsigned>(twos);
  int fives = 0;
  const Integer many = boost::multiprecision::pow(Integer(5), 27);
  Integer quotient;
  Integer remainder;
  for (divide_qr(rest, many, quotient, remainder); remainder.is_zero();
       divide_qr(rest, many, quotient, remainder)) {
    rest = quotient;
    fives += 27;
  }
  while (rest % 5 == 0) {
    rest /= 5;
    ++fives;
  }
  return rest == 1 ? std::max(twos, fives) : -1;
}

std::string binary_digits(std::string_view hex) {
  std::string out;
  for (const char c : hex) {
    const auto value = static_cast<unsigned>(digit_value(c, 16));
    for (unsigned bit = 8; bit > 0; bit /= 2) out += (value & bit) != 0 ? '1' : '0';
  }
  const std::size_t first = out.find('1');
  return first == std::string::npos ? "0" : out.substr(first);
}

std::string with_sign(bool negative, std::string text) {
  if (negative) text.insert(0, 1, '-');
  return text;
}

}  // namespace

std::size_t Number::cost_of_parsing(std::string_view text) {
  if (text.size() > max_number_text) return 1;  // refused at once
  constexpr std::size_t cheap_size = 18;        // as in parse_small()
  const std::size_t mark = text.find_first_of("eE");
  if (mark == std::string_view::npos && text.size() <= cheap_size) return 1;
  long long exponent = 0;
  if (mark != std::string_view::npos) (void)scan_exponent(text, mark, exponent);
  const auto zeros = static_cast<std::size_t>(std::min<long long>(std::abs(exponent), max_decimal_exponent));
  constexpr double bits_per_digit = 3.33;
  return cost_of_bits(static_cast<std::size_t>(static_cast<double>(text.size() + zeros) * bits_per_digit));
}

Number::Expected<Number> Number::parse(std::string_view text) {
  if (const auto small = parse_small(text)) return Number(*small);
  if (text.size() > max_number_text) {
    const bool is_numeric = text.find_first_not_of("+-.0123456789eE") == std::string_view::npos;
    return tl::unexpected(is_numeric ? NumberError::too_large : NumberError::not_a_number);
  }
  Decimal decimal;
  std::size_t at = 0;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) decimal.negative = text[at++] == '-';
  if (text.substr(at) == "Inf" || text.substr(at) == "inf") return infinity(decimal.negative);
  at = scan_mantissa(text, at, decimal);
  long long exponent = 0;
  if (!decimal.any_digit || !scan_exponent(text, at, exponent))
    return tl::unexpected(NumberError::not_a_number);
  return make_decimal(decimal, exponent);
}

Number::Expected<Number> Number::parse_integer(std::string_view text, unsigned base) {
  if (text.size() > max_number_text) return tl::unexpected(NumberError::too_large);
  bool negative = false;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    negative = text[0] == '-';
    text.remove_prefix(1);
  }
  if (text.empty()) return tl::unexpected(NumberError::not_a_number);
  Integer value = 0;
  for (const char c : text) {
    const int digit = digit_value(c, base);
    if (digit < 0 || digit >= static_cast<int>(base)) return tl::unexpected(NumberError::not_a_number);
    value = value * base + digit;
    if (bit_count(value) > max_number_bits) return tl::unexpected(NumberError::too_large);
  }
  if (negative) value = -value;
  return NumberAccess::make_integer(value);
}

Number::Digits Number::digits() const {
  Digits out;
  out.negative = sign() < 0;
  if (sign() == 0) return out;
  const Rational value = abs(NumberAccess::rational(*this));
  const int fraction = exact_fraction_digits(denominator(value));
  const int shift =
      fraction >= 0 ? fraction : static_cast<int>(max_repeating_digits) - 1 - decimal_magnitude(value);
  out.digits = scaled(value, shift).str();
  out.point = static_cast<int>(out.digits.size()) - shift;
  out.digits.erase(out.digits.find_last_not_of('0') + 1);
  return out;
}

std::string Number::to_string() const {
  if (big_ == nullptr) return std::to_string(small_);
  if (is_infinite()) return sign() < 0 ? "-Inf" : "+Inf";
  Digits parts = digits();
  if (parts.point <= 0) {
    parts.digits.insert(0, static_cast<std::size_t>(1 - parts.point), '0');
    parts.point = 1;
  }
  const auto point = static_cast<std::size_t>(parts.point);
  if (parts.digits.size() < point) parts.digits.append(point - parts.digits.size(), '0');
  if (parts.digits.size() > point) parts.digits.insert(point, 1, '.');
  return with_sign(parts.negative, std::move(parts.digits));
}

std::string Number::to_fixed(unsigned digits) const {
  std::string text = scaled(abs(NumberAccess::rational(*this)), static_cast<int>(digits)).str();
  if (text.size() <= digits) text.insert(0, digits + 1 - text.size(), '0');
  if (digits > 0) text.insert(text.size() - digits, 1, '.');
  return with_sign(sign() < 0, std::move(text));
}

std::string Number::to_scientific(unsigned digits) const {
  const Rational value = abs(NumberAccess::rational(*this));
  int exponent = sign() == 0 ? 0 : decimal_magnitude(value);
  std::string text = scaled(value, static_cast<int>(digits) - exponent).str();
  if (text.size() > digits + 1) {  // rounded up to the next power of ten
    text.pop_back();
    ++exponent;
  }
  if (text.size() < digits + 1) text.append(digits + 1 - text.size(), '0');  // zero
  if (digits > 0) text.insert(1, 1, '.');
  const int size = exponent < 0 ? -exponent : exponent;
  text += exponent < 0 ? "e-" : "e+";
  if (size < 10) text += '0';
  return with_sign(sign() < 0, text + std::to_string(size));
}

std::string Number::to_base(unsigned base) const {
  const Integer value = numerator(abs(NumberAccess::rational(*this)));
  std::string text;
  if (base == 10) text = value.str();
  if (base == 8) text = value.str(0, std::ios_base::oct);
  if (base == 16 || base == 2) text = value.str(0, std::ios_base::hex);
  for (char& c : text) {
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
  }
  return with_sign(sign() < 0, base == 2 ? binary_digits(text) : std::move(text));
}

}  // namespace honua::evaluation
