// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>

// What evaluating a configuration may cost. Files come from anywhere, and a
// few lines of nested `for` expressions can ask for any amount of work.
namespace honua::evaluation {

// The longest string that an expression or a function may produce. Whole
// configurations of 7,000 layers are shorter.
inline constexpr std::size_t max_string_bytes = std::size_t{4} * 1024 * 1024;

// The largest collection, counted as Value::weight does: every consumer walks
// through values, and parts that are shared in memory still take their time.
inline constexpr std::size_t max_value_weight = 1'000'000;

// Levels of collections inside one value. Consumers recurse; literals cannot
// exceed the parser's nesting limit, references can stack them.
inline constexpr std::size_t max_value_depth = 1'500;

// Levels of expressions inside of each other, those of values that are referred
// to included: each needs stack. Alone, no expression exceeds the parser's
// nesting limit; references can stack them, and cost more of it.
inline constexpr unsigned max_evaluation_depth = 2'500;
inline constexpr unsigned reference_depth = 10;

// Steps that one evaluate() may take inside loops and functions: a quarter of a
// second, or one with numbers of thousands of digits. Of what stands
// in the source outside of loops just long numbers count: all else is bounded
// by the file's size.
inline constexpr std::uint64_t max_work_per_evaluation = 2'000'000;

// The same for all evaluations that share a context.
inline constexpr std::uint64_t max_work_per_run = 20'000'000;

// How many names are compared with those that are undefined, for suggestions: each takes up to a microsecond.
// Later findings of a run are reported without one.
inline constexpr std::size_t max_compared_names = 500'000;

// What copying a value costs for each unit of its weight: memory that stays
// taken, 200 MB at most for all copies of a run.
inline constexpr std::uint64_t copy_cost = 8;

// How much text a function may go through in one step.
inline constexpr std::size_t bytes_per_step = 8;

// Documents nested deeper than this are refused by jsondecode().
inline constexpr unsigned max_json_depth = 500;

// As in the reference: range() yields no longer list.
inline constexpr std::size_t max_range_length = 1'024;

// The widest field and the highest precision that format() pads to.
inline constexpr unsigned max_format_width = 10'000;

// Counts down what is left of the limits above.
class WorkBudget {
 public:
  WorkBudget(std::uint64_t left, std::uint64_t& left_in_run) : left_(left), left_in_run_(&left_in_run) {}

  // False if there is less left; then nothing is.
  [[nodiscard]] bool charge(std::uint64_t amount) {
    if (amount > left_ || amount > *left_in_run_) {
      left_ = 0;
      return false;
    }
    left_ -= amount;
    *left_in_run_ -= amount;
    return true;
  }

  [[nodiscard]] bool is_exhausted() const { return left_ == 0; }

 private:
  std::uint64_t left_;
  std::uint64_t* left_in_run_;
};

}  // namespace honua::evaluation
