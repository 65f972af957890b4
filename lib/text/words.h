// SPDX-License-Identifier: MIT
#pragma once

#include <charconv>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

// Numbers, dates and lists as messages and reports have them.
namespace honua::text {

// "1 error", "2 errors", "0 errors".
[[nodiscard]] std::string count_of(std::size_t count, std::string_view noun);

// The texts of a range with a separator between them.
template <class Range>
[[nodiscard]] std::string join(const Range& texts, std::string_view separator) {
  std::string all;
  bool is_first = true;
  for (const auto& one : texts) {
    if (!is_first) all += separator;
    is_first = false;
    all += one;
  }
  return all;
}

// A text that is a whole number in decimal digits, and nothing else; nothing if it does not fit.
template <std::integral Number>
[[nodiscard]] std::optional<Number> read_whole_number(std::string_view digits) {
  Number value{};
  const char* last = digits.data() + digits.size();
  const auto [stop, trouble] = std::from_chars(digits.data(), last, value);
  return trouble == std::errc() && stop == last ? std::optional(value) : std::nullopt;
}

// Two digits at least: "07". ISO 8601 wants them.
[[nodiscard]] std::string two_digits(unsigned number);

// "2027-01-31".
[[nodiscard]] std::string date_text(std::chrono::year_month_day date);
// The day that `2027-01-31` is; nothing for another text.
[[nodiscard]] std::optional<std::chrono::year_month_day> read_date(std::string_view text);

// At most so many bytes of a text, from its beginning on; characters of UTF-8 stay whole.
[[nodiscard]] std::string clipped(const std::string& text, std::size_t most);

// Without the blanks, tabs and line ends around it.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace honua::text
