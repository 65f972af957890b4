// SPDX-License-Identifier: MIT
#include "evaluation/format.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "evaluation/conversion.h"
#include "evaluation/functions_impl.h"
#include "text/unicode.h"

namespace honua::evaluation {

namespace {

using Text = tl::expected<std::string, FunctionError>;

struct Verb {
  std::string_view raw;  // from `%` to the letter
  bool zero = false;
  bool sharp = false;
  bool plus = false;
  bool minus = false;
  bool space = false;
  std::optional<unsigned> width;
  std::optional<unsigned> precision;
  std::optional<unsigned> argument;  // counted from 1
  char letter = 0;
};

tl::unexpected<FunctionError> unsupported(const Verb& verb, const std::string& why) {
  return failed("`" + std::string(verb.raw) + "`: " + why);
}

std::string padded(std::string text, const Verb& verb, char with) {
  const std::size_t size = text::count_graphemes(text);
  if (!verb.width || size >= *verb.width) return text;
  const std::size_t missing = *verb.width - size;
  if (verb.minus) return text.append(missing, with);
  return text.insert(0, missing, with);
}

std::string padded_text(std::string text, const Verb& verb) {
  return padded(std::move(text), verb, verb.zero ? '0' : ' ');
}

// Sign, prefix, digits: zeros of the padding stand between sign and digits.
std::string padded_number(std::string digits, std::string_view prefix, const Verb& verb, bool zeros) {
  const bool negative = digits.starts_with('-');
  if (negative) digits.erase(0, 1);
  std::string sign = negative ? "-" : (verb.plus ? "+" : (verb.space ? " " : ""));
  sign += prefix;
  if (zeros && !verb.minus && verb.width && sign.size() + digits.size() < *verb.width) {
    digits.insert(0, *verb.width - sign.size() - digits.size(), '0');
  }
  return padded(sign + digits, verb, ' ');
}

Text format_integer(const Verb& verb, const Number& number) {
  if (!number.is_integer()) return unsupported(verb, "a whole number is required");
  unsigned base = 10;
  std::string_view prefix;
  switch (verb.letter) {
    case 'b':
      base = 2;
      prefix = "0b";
      break;
    case 'o':
      base = 8;
      prefix = "0";
      break;
    case 'x':
      base = 16;
      prefix = "0x";
      break;
    case 'X':
      base = 16;
      prefix = "0X";
      break;
    default: break;
  }
  std::string digits = number.to_base(base);
  if (verb.letter == 'X')
    std::transform(digits.begin(), digits.end(), digits.begin(),
                   [](char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c; });
  const std::size_t sign = digits.starts_with('-') ? 1 : 0;
  if (verb.precision && digits.size() - sign < *verb.precision) {
    digits.insert(sign, *verb.precision - (digits.size() - sign), '0');
  }
  return padded_number(std::move(digits), verb.sharp ? prefix : "", verb, verb.zero && !verb.precision);
}

std::string drop_trailing_zeros(std::string text) {
  const std::size_t exponent = std::min(text.find('e'), text.size());
  if (text.find('.') >= exponent) return text;
  std::size_t end = text.find_last_not_of('0', exponent - 1) + 1;
  if (text[end - 1] == '.') --end;
  return text.erase(end, exponent - end);
}

// %g: scientific for very small and very large numbers, else plain. Without a
// precision all digits are shown, and 21 digits before the dot or fewer than
// six significant places decide as in the reference.
std::string general(const Number& number, std::optional<unsigned> precision) {
  if (number.sign() == 0) return "0";
  const Number::Digits exact = number.digits();
  int significant = static_cast<int>(exact.digits.size());
  int exponent = exact.point - 1;
  int threshold = 6;
  if (precision) {
    significant = static_cast<int>(std::max(1U, *precision));
    const std::string rounded = number.to_scientific(static_cast<unsigned>(significant - 1));
    exponent = std::stoi(rounded.substr(rounded.find('e') + 1));
    threshold = significant;
    const int size = static_cast<int>(exact.digits.size());
    if (threshold > size && size >= exact.point) threshold = size;
  }
  if (exponent < -4 || exponent >= threshold) {
    return drop_trailing_zeros(number.to_scientific(static_cast<unsigned>(significant - 1)));
  }
  return drop_trailing_zeros(number.to_fixed(static_cast<unsigned>(std::max(0, significant - 1 - exponent))));
}

std::string uppercase_exponent(std::string text) {
  std::replace(text.begin(), text.end(), 'e', 'E');
  return text;
}

Text format_float(const Verb& verb, const Number& number) {
  if (number.is_infinite()) {
    Verb plain = verb;
    plain.plus = true;
    return padded_number(number.sign() < 0 ? "-Inf" : "Inf", "", plain, false);
  }
  const unsigned precision = verb.precision.value_or(6);
  std::string digits;
  switch (verb.letter) {
    case 'f': digits = number.to_fixed(precision); break;
    case 'e':
    case 'E': digits = number.to_scientific(precision); break;
    default: digits = general(number, verb.precision);
  }
  if (verb.letter == 'E' || verb.letter == 'G') digits = uppercase_exponent(std::move(digits));
  return padded_number(std::move(digits), "", verb, verb.zero);
}

Text format_number(const Verb& verb, const Value& value) {
  const auto number = to_number(value);
  if (!number) return unsupported(verb, number.error());
  const bool whole = verb.letter != 'e' && verb.letter != 'E' && verb.letter != 'f' && verb.letter != 'g' &&
                     verb.letter != 'G';
  return whole ? format_integer(verb, number->as_number()) : format_float(verb, number->as_number());
}

Text format_text(const Verb& verb, const Value& value) {
  const auto converted = to_string_value(value);
  if (!converted) return unsupported(verb, converted.error());
  std::string_view text = converted->as_string();
  // As in the reference, a precision of zero is none.
  if (verb.precision && *verb.precision > 0) {
    std::size_t end = 0;
    for (unsigned i = 0; i < *verb.precision && end < text.size(); ++i)
      end += text::first_grapheme(text.substr(end));
    text = text.substr(0, end);
  }
  if (verb.letter == 's') return padded_text(std::string(text), verb);
  return padded_text(encode_json(Value::string(std::string(text))), verb);
}

Text format_any(const Verb& verb, const Value& value) {
  if (!verb.sharp && value.kind() == ValueKind::string) return padded_text(value.as_string(), verb);
  if (!verb.sharp && value.kind() == ValueKind::number) {
    const Number& number = value.as_number();
    return padded_text(number.is_infinite() ? number.to_string() : general(number, std::nullopt), verb);
  }
  return padded_text(encode_json(value), verb);
}

Text format_one(const Verb& verb, const Value& value) {
  if (verb.letter != 'v' && value.is_null()) return unsupported(verb, "null cannot be formatted");
  switch (verb.letter) {
    case 'v': return format_any(verb, value);
    case 't': {
      const auto boolean = to_boolean(value);
      if (!boolean) return unsupported(verb, boolean.error());
      return boolean->as_boolean() ? "true" : "false";
    }
    case 'b':
    case 'd':
    case 'o':
    case 'x':
    case 'X':
    case 'e':
    case 'E':
    case 'f':
    case 'g':
    case 'G': return format_number(verb, value);
    case 's':
    case 'q': return format_text(verb, value);
    default: return unsupported(verb, "there is no such verb");
  }
}

// Reads the text of a format and its verbs.
class Formatter {
 public:
  Formatter(std::string_view format, std::span<const Value> values, WorkBudget& budget)
      : format_(format), values_(values), budget_(budget) {}

  Text run() {
    std::string out;
    while (at_ < format_.size()) {
      const std::size_t percent = std::min(format_.find('%', at_), format_.size());
      out.append(format_, at_, percent - at_);
      at_ = percent;
      if (at_ == format_.size()) break;
      if (format_.substr(at_, 2) == "%%") {
        out += '%';
        at_ += 2;
        continue;
      }
      Verb verb;
      if (auto error = read_verb(verb)) return failed(std::move(*error));
      auto text = apply(verb);
      if (!text) return text;
      out += *text;
      if (out.size() > max_string_bytes) return over_limit("the result would be too long");
    }
    if (used_ < values_.size()) {
      // Counted with the format itself, which is argument 0.
      return bad_argument(used_ + 1, "the format does not use all values",
                          ": " + std::to_string(used_) + " of " + std::to_string(values_.size()));
    }
    return out;
  }

 private:
  Text apply(const Verb& verb) {
    const std::size_t position = verb.argument ? *verb.argument : next_;
    if (position > values_.size()) {
      return unsupported(verb, "there is no value number " + std::to_string(position));
    }
    next_ = position + 1;
    used_ = std::max(used_, position);
    const Value& value = values_[position - 1];
    if (!budget_.charge(cost(verb, value))) return over_limit("the limit on work is reached");
    return format_one(verb, value);
  }

  // Turning big numbers into digits is what can take long.
  static std::uint64_t cost(const Verb& verb, const Value& value) {
    const std::uint64_t padding = verb.precision.value_or(0) / 8 + verb.width.value_or(0) / 64;
    if (value.kind() != ValueKind::number) return 1 + value.weight() + padding;
    return 8 * value.as_number().cost() + padding;
  }

  // A number without leading zero; an error if it is out of all proportion.
  bool read_count(std::optional<unsigned>& count, bool zero_allowed) {
    if (at_ < format_.size() && format_[at_] == '0' && zero_allowed) {
      ++at_;
      count = 0;
      return true;
    }
    unsigned value = 0;
    const std::size_t begin = at_;
    for (; at_ < format_.size() && format_[at_] >= '0' && format_[at_] <= '9'; ++at_) {
      if (at_ == begin && format_[at_] == '0') return true;
      value = value * 10 + static_cast<unsigned>(format_[at_] - '0');
      if (value > max_format_width) return false;
    }
    if (at_ > begin) count = value;
    return true;
  }

  std::optional<std::string> read_verb(Verb& verb) {
    const std::size_t begin = at_++;
    for (; at_ < format_.size(); ++at_) {
      const char c = format_[at_];
      if (c == '0')
        verb.zero = true;
      else if (c == '#')
        verb.sharp = true;
      else if (c == '+')
        verb.plus = true;
      else if (c == '-')
        verb.minus = true;
      else if (c == ' ')
        verb.space = true;
      else
        break;
    }
    if (!read_count(verb.width, false)) return too_wide(begin);
    if (at_ < format_.size() && format_[at_] == '.') {
      ++at_;
      verb.precision = 0;
      if (!read_count(verb.precision, true)) return too_wide(begin);
    }
    if (at_ < format_.size() && format_[at_] == '[') {
      ++at_;
      if (!read_count(verb.argument, false)) return too_wide(begin);
      if (!verb.argument || at_ >= format_.size() || format_[at_] != ']') return malformed(begin);
      ++at_;
    }
    if (at_ >= format_.size()) return "the format ends inside `" + std::string(format_.substr(begin)) + "`";
    verb.letter = format_[at_];
    const bool letter =
        (verb.letter >= 'a' && verb.letter <= 'z') || (verb.letter >= 'A' && verb.letter <= 'Z');
    if (!letter) return malformed(begin);
    ++at_;
    verb.raw = format_.substr(begin, at_ - begin);
    return std::nullopt;
  }

  [[nodiscard]] std::string malformed(std::size_t begin) const {
    const std::size_t end = at_ < format_.size() ? at_ + text::decode(format_, at_).size : at_;
    return "`" + std::string(format_.substr(begin, end - begin)) + "` is no format sequence";
  }

  [[nodiscard]] std::string too_wide(std::size_t begin) const {
    return "`" + std::string(format_.substr(begin, at_ - begin)) + "...`: numbers go up to " +
           std::to_string(max_format_width);
  }

  std::string_view format_;
  std::span<const Value> values_;
  WorkBudget& budget_;
  std::size_t at_ = 0;
  std::size_t next_ = 1;
  std::size_t used_ = 0;
};

}  // namespace

Text format_values(std::string_view format, std::span<const Value> values, WorkBudget& budget) {
  return Formatter(format, values, budget).run();
}

}  // namespace honua::evaluation
