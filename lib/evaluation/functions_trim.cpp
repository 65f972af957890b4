// SPDX-License-Identifier: MIT
#include <vector>

#include "evaluation/functions_impl.h"
#include "text/unicode.h"

// Functions that take something off the ends of a text.
namespace honua::evaluation {

namespace {

// Takes code points off both ends while the test holds.
template <class Test>
Value trimmed(std::string_view text, Test drop) {
  std::size_t begin = 0;
  while (begin < text.size()) {
    const text::CodePoint point = text::decode(text, begin);
    if (!point.valid || !drop(point.value)) break;
    begin += point.size;
  }
  std::size_t end = begin;
  for (std::size_t at = begin; at < text.size();) {
    const text::CodePoint point = text::decode(text, at);
    at += point.size;
    if (!point.valid || !drop(point.value)) end = at;
  }
  return Value::string(std::string(text.substr(begin, end - begin)));
}

FunctionResult trimspace(Arguments arguments, WorkBudget&) {
  return trimmed(arguments[0].as_string(), text::is_space);
}

FunctionResult trim(Arguments arguments, WorkBudget& budget) {
  const std::string& text = arguments[0].as_string();
  const std::string& cutset = arguments[1].as_string();
  // Each character is looked up in the set.
  if (!budget.charge(std::uint64_t{text.size()} * cutset.size() / 512))
    return over_limit("the limit on work is reached");
  std::u32string wanted;
  for (std::size_t at = 0; at < cutset.size();) {
    const text::CodePoint point = text::decode(cutset, at);
    if (point.valid) wanted.push_back(point.value);
    at += point.size;
  }
  return trimmed(text, [&](char32_t c) { return wanted.find(c) != std::u32string::npos; });
}

FunctionResult trimprefix(Arguments arguments, WorkBudget&) {
  const std::string& text = arguments[0].as_string();
  const std::string& prefix = arguments[1].as_string();
  if (!text.starts_with(prefix)) return arguments[0];
  return Value::string(text.substr(prefix.size()));
}

FunctionResult trimsuffix(Arguments arguments, WorkBudget&) {
  const std::string& text = arguments[0].as_string();
  const std::string& suffix = arguments[1].as_string();
  if (!text.ends_with(suffix)) return arguments[0];
  return Value::string(text.substr(0, text.size() - suffix.size()));
}

FunctionResult chomp(Arguments arguments, WorkBudget&) {
  const std::string& text = arguments[0].as_string();
  const std::size_t last = text.find_last_not_of("\r\n");
  return Value::string(text.substr(0, last == std::string::npos ? 0 : last + 1));
}

}  // namespace

void add_trim_functions(Table& table) {
  const Parameter str = string_parameter("str");
  table.push_back({.name = "trimspace",
                   .parameters = {str},
                   .result = ValueKind::string,
                   .summary = "Takes white space off both ends of a text.",
                   .example = "trimspace(\"  roads \")",
                   .example_result = "\"roads\"",
                   .implementation = trimspace});
  table.push_back({.name = "trim",
                   .parameters = {str, string_parameter("cutset")},
                   .result = ValueKind::string,
                   .summary = "Takes all characters of a set off both ends of a text.",
                   .example = "trim(\"[roads]\", \"[]\")",
                   .example_result = "\"roads\"",
                   .implementation = trim});
  table.push_back({.name = "trimprefix",
                   .parameters = {str, string_parameter("prefix")},
                   .result = ValueKind::string,
                   .summary = "Takes a prefix off a text that has it.",
                   .example = "trimprefix(\"public.roads\", \"public.\")",
                   .example_result = "\"roads\"",
                   .implementation = trimprefix});
  table.push_back({.name = "trimsuffix",
                   .parameters = {str, string_parameter("suffix")},
                   .result = ValueKind::string,
                   .summary = "Takes a suffix off a text that has it.",
                   .example = "trimsuffix(\"roads.gpkg\", \".gpkg\")",
                   .example_result = "\"roads\"",
                   .implementation = trimsuffix});
  table.push_back({.name = "chomp",
                   .parameters = {str},
                   .result = ValueKind::string,
                   .summary = "Takes all line ends off the end of a text.",
                   .example = "chomp(\"roads\\n\")",
                   .example_result = "\"roads\"",
                   .implementation = chomp});
}

}  // namespace honua::evaluation
