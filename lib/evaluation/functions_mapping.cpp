// SPDX-License-Identifier: MIT
#include "evaluation/conversion.h"
#include "evaluation/functions_impl.h"

// Functions on objects and maps.
namespace honua::evaluation {

namespace {

FunctionResult expected_mapping(std::size_t position, const Value& found) {
  return bad_argument(position, "expected an object or map, found " + describe(found));
}

FunctionResult keys(Arguments arguments, WorkBudget& budget) {
  const Value& given = arguments[0];
  if (!given.is_mapping()) return expected_mapping(0, given);
  if (auto error = check_elements(given.members().size(), budget)) return tl::unexpected(std::move(*error));
  std::vector<Value> out;
  for (const Member& member : given.members()) out.push_back(Value::string(member.key));
  return given.kind() == ValueKind::map ? Value::list(std::move(out)) : Value::tuple(std::move(out));
}

FunctionResult values(Arguments arguments, WorkBudget& budget) {
  const Value& given = arguments[0];
  if (!given.is_mapping()) return expected_mapping(0, given);
  if (auto error = check_elements(given.members().size(), budget)) return tl::unexpected(std::move(*error));
  std::vector<Value> out;
  for (const Member& member : given.members()) out.push_back(member.value);
  return given.kind() == ValueKind::map ? Value::list(std::move(out)) : Value::tuple(std::move(out));
}

FunctionResult lookup(Arguments arguments, WorkBudget&) {
  const Value& given = arguments[0];
  if (!given.is_mapping()) return expected_mapping(0, given);
  if (const Value* found = given.find(arguments[1].as_string())) return *found;
  if (arguments.size() < 3) {
    return bad_argument(1, "there is no member " + describe(arguments[1]) + ", and no default is given");
  }
  if (given.kind() == ValueKind::object) return arguments[2];
  auto converted = convert(arguments[2], type_of(given).parts[0]);
  if (!converted) return bad_argument(2, "the default must be of the elements' type: " + converted.error());
  return *converted;
}

// Maps of one type make a map, everything else an object.
bool all_one_map_type(Arguments arguments) {
  std::optional<Type> first;
  for (const Value& argument : arguments) {
    if (argument.is_null()) continue;
    if (argument.kind() != ValueKind::map) return false;
    Type type = type_of(argument);
    if (first && *first != type) return false;
    first = std::move(type);
  }
  return first.has_value();
}

FunctionResult merge(Arguments arguments, WorkBudget& budget) {
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i].is_null()) continue;
    if (!arguments[i].is_mapping()) return expected_mapping(i, arguments[i]);
    count += arguments[i].members().size();
  }
  if (auto error = check_elements(count, budget)) return tl::unexpected(std::move(*error));
  std::vector<Member> all;
  all.reserve(count);
  for (const Value& argument : arguments) {
    if (!argument.is_null()) all.insert(all.end(), argument.members().begin(), argument.members().end());
  }
  return all_one_map_type(arguments) ? Value::map(std::move(all)) : Value::object(std::move(all));
}

FunctionResult zipmap(Arguments arguments, WorkBudget& budget) {
  const Value& names = arguments[0];
  const Value& given = arguments[1];
  if (given.kind() != ValueKind::list && given.kind() != ValueKind::tuple) {
    return bad_argument(1, "expected a list or tuple, found " + describe(given));
  }
  if (!names.is_wholly_known()) return Value::unknown();
  const std::size_t count = names.elements().size();
  if (count != given.elements().size()) {
    return failed("there are not as many keys as values",
                  ": " + std::to_string(count) + " and " + std::to_string(given.elements().size()));
  }
  if (auto error = check_elements(count, budget)) return tl::unexpected(std::move(*error));
  std::vector<Member> members;
  bool sensitive = false;
  for (std::size_t i = 0; i < count; ++i) {
    const Value& name = names.elements()[i];
    if (name.is_null()) return bad_argument(0, "key " + std::to_string(i) + " is null");
    sensitive = sensitive || name.is_sensitive();
    members.push_back({name.as_string(), given.elements()[i]});
  }
  const Value made =
      given.kind() == ValueKind::list ? Value::map(std::move(members)) : Value::object(std::move(members));
  return made.with_sensitive(sensitive);
}

}  // namespace

void add_mapping_functions(Table& table) {
  const Parameter map = any_parameter("map");
  table.push_back({.name = "keys",
                   .parameters = {map},
                   .summary = "The keys of an object or map, sorted by bytes.",
                   .example = "keys({ b = 1, a = 2 })",
                   .example_result = "[\"a\",\"b\"]",
                   .implementation = keys,
                   .marks = Marks::kept});
  table.push_back({.name = "values",
                   .parameters = {map},
                   .summary = "The values of an object or map in the order of its keys.",
                   .example = "values({ b = 1, a = 2 })",
                   .example_result = "[2,1]",
                   .implementation = values,
                   .marks = Marks::kept});
  table.push_back({.name = "lookup",
                   .parameters = {map, string_parameter("key"), {"default", Type::any(), true}},
                   .optional = 1,
                   .summary = "The value under a key, or the default if there is none.",
                   .example = "lookup({ a = 1 }, \"b\", 0)",
                   .example_result = "0",
                   .implementation = lookup,
                   .marks = Marks::kept});
  table.push_back({.name = "merge",
                   .variadic = Parameter{"maps", Type::any(), true},
                   .summary = "Puts objects or maps together; of equal keys the last counts.",
                   .example = "merge({ a = 1 }, { a = 2, b = 3 })",
                   .example_result = "{\"a\":2,\"b\":3}",
                   .implementation = merge,
                   .marks = Marks::kept});
  table.push_back({.name = "zipmap",
                   .parameters = {{"keys", Type::list(Type::string()), false}, any_parameter("values")},
                   .summary = "Builds a map out of a list of keys and a list of values.",
                   .example = "zipmap([\"a\", \"b\"], [1, 2])",
                   .example_result = "{\"a\":1,\"b\":2}",
                   .implementation = zipmap,
                   .marks = Marks::kept});
}

}  // namespace honua::evaluation
