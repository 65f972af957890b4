// SPDX-License-Identifier: MIT
#include "evaluation/conversion.h"
#include "evaluation/functions_impl.h"

// Explicit conversions, and marks.
namespace honua::evaluation {

namespace {

FunctionResult converted(Arguments arguments, const Type& type) {
  auto value = convert(arguments[0], type);
  if (!value) return bad_argument(0, value.error());
  return std::move(*value);
}

FunctionResult tostring(Arguments arguments, WorkBudget&) { return converted(arguments, Type::string()); }
FunctionResult tonumber(Arguments arguments, WorkBudget&) { return converted(arguments, Type::number()); }
FunctionResult tobool(Arguments arguments, WorkBudget&) { return converted(arguments, Type::boolean()); }
FunctionResult tolist(Arguments arguments, WorkBudget&) {
  return converted(arguments, Type::list(Type::any()));
}
FunctionResult toset(Arguments arguments, WorkBudget&) {
  return converted(arguments, Type::set(Type::any()));
}
FunctionResult tomap(Arguments arguments, WorkBudget&) {
  return converted(arguments, Type::map(Type::any()));
}

FunctionResult sensitive(Arguments arguments, WorkBudget&) { return arguments[0].with_sensitive(true); }

// Whoever writes it means well, but a mask that one word takes off protects
// nothing in logs that others read.
FunctionResult nonsensitive(Arguments arguments, WorkBudget&) { return arguments[0]; }

Function conversion(std::string_view name, ValueKind result, std::string_view summary,
                    std::string_view example, std::string_view example_result,
                    Implementation implementation) {
  return {.name = name,
          .parameters = {{"value", Type::any(), true}},
          .result = result,
          .summary = summary,
          .example = example,
          .example_result = example_result,
          .implementation = implementation,
          .marks = Marks::kept};
}

}  // namespace

void add_conversion_functions(Table& table) {
  table.push_back(conversion("tostring", ValueKind::string, "Converts to a string.", "tostring(1.50)",
                             "\"1.5\"", tostring));
  table.push_back(conversion("tonumber", ValueKind::number, "Converts to a number.", "tonumber(\"1e3\")",
                             "1000", tonumber));
  table.push_back(
      conversion("tobool", ValueKind::boolean, "Converts to a bool.", "tobool(\"true\")", "true", tobool));
  table.push_back(conversion("tolist", ValueKind::list, "Converts to a list, whose elements are of one type.",
                             "tolist([\"a\", 1])", "[\"a\",\"1\"]", tolist));
  table.push_back(conversion("toset", ValueKind::set, "Converts to a set: sorted, without duplicates.",
                             "toset([\"b\", \"a\", \"b\"])", "[\"a\",\"b\"]", toset));
  table.push_back(conversion("tomap", ValueKind::map, "Converts to a map, whose values are of one type.",
                             "tomap({ a = 1, b = \"x\" })", "{\"a\":\"1\",\"b\":\"x\"}", tomap));
  table.push_back(conversion("sensitive", ValueKind::unknown,
                             "Marks a value as sensitive: it is masked wherever text leaves the program.",
                             "sensitive(\"token\")", "\"token\"", sensitive));
  table.push_back({.name = "nonsensitive",
                   .parameters = {{"value", Type::any(), true}},
                   .summary = "The value as it is: what was marked sensitive stays masked in all output.",
                   .example = "nonsensitive(sensitive(\"public\"))",
                   .example_result = "\"public\"",
                   .implementation = nonsensitive,
                   .unknowns = Unknowns::handled,
                   .marks = Marks::kept});
}

void add_lazy_functions(Table& table) {
  const Parameter expressions{"expressions", Type::any(), true};
  table.push_back(
      {.name = "env",
       .parameters = {string_parameter("name"), {"default", Type::any(), true}},
       .optional = 1,
       .result = ValueKind::string,
       .summary =
           "The value of an environment variable, marked sensitive; unknown if it is not set and no default "
           "is given.",
       .example = "env(\"DATABASE_URL\", \"none\")",
       .example_result = "\"none\"",
       .unknowns = Unknowns::handled});
  table.push_back({.name = "try",
                   .variadic = expressions,
                   .summary = "The first expression that has no errors.",
                   .example = "try({}.missing, \"fallback\")",
                   .example_result = "\"fallback\"",
                   .unknowns = Unknowns::handled});
  table.push_back({.name = "can",
                   .parameters = {{"expression", Type::any(), true}},
                   .result = ValueKind::boolean,
                   .summary = "Tells whether an expression has no errors.",
                   .example = "can({}.missing)",
                   .example_result = "false",
                   .unknowns = Unknowns::handled});
}

}  // namespace honua::evaluation
