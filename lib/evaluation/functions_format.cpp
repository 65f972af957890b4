// SPDX-License-Identifier: MIT
#include <optional>

#include "evaluation/format.h"
#include "evaluation/functions_impl.h"

// format() and formatlist().
namespace honua::evaluation {

namespace {

// Messages quote the verb at fault, which must not happen with a format that
// is sensitive itself. describe() sees to the values.
tl::expected<std::string, FunctionError> format_once(const Value& format, Arguments values,
                                                     WorkBudget& budget) {
  auto text = format_values(format.as_string(), values, budget);
  if (!text && format.is_sensitive()) text.error().message = "the format does not fit its values";
  return text;
}

FunctionResult format(Arguments arguments, WorkBudget& budget) {
  auto text = format_once(arguments[0], arguments.subspan(1), budget);
  if (!text) return tl::unexpected(std::move(text.error()));
  if (auto error = check_string(text->size(), budget)) return tl::unexpected(std::move(*error));
  return Value::string(std::move(*text));
}

// The common length of all sequences among the arguments; nothing without any.
tl::expected<std::optional<std::size_t>, FunctionError> common_length(Arguments arguments) {
  std::optional<std::size_t> length;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    if (!arguments[i].is_sequence()) continue;
    const std::size_t size = arguments[i].elements().size();
    if (length && *length != size) {
      return bad_argument(i, "this list is not as long as an earlier one",
                          ": " + std::to_string(size) + " elements, not " + std::to_string(*length));
    }
    length = size;
  }
  return length;
}

FunctionResult formatlist(Arguments arguments, WorkBudget& budget) {
  const auto length = common_length(arguments);
  if (!length) return tl::unexpected(length.error());
  std::vector<Value> results;
  for (std::size_t i = 0; i < length->value_or(1); ++i) {
    std::vector<Value> values;
    for (const Value& argument : arguments.subspan(1)) {
      const Value& value = argument.is_sequence() ? argument.elements()[i] : argument;
      values.push_back(argument.is_sensitive() ? value.with_sensitive(true) : value);
    }
    auto text = format_once(arguments[0], values, budget);
    if (!text) {
      text.error().message = "element " + std::to_string(i) + ": " + text.error().message;
      return tl::unexpected(std::move(text.error()));
    }
    if (auto error = check_string(text->size(), budget)) return tl::unexpected(std::move(*error));
    results.push_back(Value::string(std::move(*text)));
  }
  return Value::list(std::move(results));
}

}  // namespace

void add_format_functions(Table& table) {
  const Parameter values{"values", Type::any(), true};
  table.push_back({.name = "format",
                   .parameters = {string_parameter("format")},
                   .variadic = values,
                   .result = ValueKind::string,
                   .summary = "Fills values into a text with printf-like verbs.",
                   .example = "format(\"%s_%04d\", \"roads\", 7)",
                   .example_result = "\"roads_0007\"",
                   .implementation = format,
                   .unknowns = Unknowns::deep});
  table.push_back({.name = "formatlist",
                   .parameters = {string_parameter("format")},
                   .variadic = values,
                   .result = ValueKind::list,
                   .summary = "Formats once for each element of the lists among the values.",
                   .example = "formatlist(\"public.%s\", [\"roads\", \"parks\"])",
                   .example_result = "[\"public.roads\",\"public.parks\"]",
                   .implementation = formatlist,
                   .unknowns = Unknowns::deep});
}

}  // namespace honua::evaluation
