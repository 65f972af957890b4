// SPDX-License-Identifier: MIT
#include "text/words.h"

namespace honua::text {

std::string count_of(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string two_digits(unsigned number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::string date_text(std::chrono::year_month_day date) {
  const auto year = static_cast<unsigned>(static_cast<int>(date.year()));
  return two_digits(year / 100) + two_digits(year % 100) + "-" +
         two_digits(static_cast<unsigned>(date.month())) + "-" +
         two_digits(static_cast<unsigned>(date.day()));
}

}  // namespace honua::text
