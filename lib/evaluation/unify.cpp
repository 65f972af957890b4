// SPDX-License-Identifier: MIT
#include <algorithm>
#include <utility>
#include <vector>

#include "evaluation/type.h"

// How types are brought together: for the results of a conditional, and for
// the elements of a list. The order of attempts is the reference's.
namespace honua::evaluation {

namespace {

using Types = std::vector<Type>;

// Beyond this many different types there is nothing in common; the search
// below compares each with each.
constexpr std::size_t max_different_types = 64;

std::size_t count_kind(const Types& types, Type::Kind kind) {
  return static_cast<std::size_t>(
      std::count_if(types.begin(), types.end(), [&](const Type& type) { return type.kind == kind; }));
}

// A list, set or map of the unified parts of all types.
std::optional<Type> unify_parts(const Types& types, Type::Kind kind) {
  Types parts;
  for (const Type& type : types) parts.insert(parts.end(), type.parts.begin(), type.parts.end());
  auto element = unify(parts);
  if (!element) return std::nullopt;
  return Type{kind, {std::move(*element)}, {}};
}

// Part by part, given that all types have equally many.
std::optional<Type> unify_across(const Types& types) {
  Type result{types[0].kind, {}, types[0].names};
  for (std::size_t i = 0; i < types[0].parts.size(); ++i) {
    Types across;
    across.reserve(types.size());
    for (const Type& type : types) across.push_back(type.parts[i]);
    auto part = unify(across);
    if (!part) return std::nullopt;
    result.parts.push_back(std::move(*part));
  }
  return result;
}

// Tuples of one length, or objects with the same attributes, unify part by
// part; others become a list or a map, which needs something to be made of.
std::optional<Type> unify_structural(const Types& types, Type::Kind collection) {
  const bool alike = std::all_of(types.begin(), types.end(), [&](const Type& type) {
    return type.parts.size() == types[0].parts.size() && type.names == types[0].names;
  });
  return alike ? unify_across(types) : unify_parts(types, collection);
}

// Lists with tuples, or maps with objects: the structural ones first become
// the collection that they amount to.
std::optional<Type> unify_with_collections(const Types& types, Type::Kind structural, Type::Kind collection) {
  Types loose;
  Types collections;
  for (const Type& type : types) (type.kind == structural ? loose : collections).push_back(type);
  auto made = unify_parts(loose, collection);
  if (!made) return std::nullopt;
  collections.push_back(std::move(*made));
  return unify_parts(collections, collection);
}

// Values are rather brought to a type of lower rank.
int rank(const Type& type) {
  switch (type.kind) {
    case Type::Kind::string:
    case Type::Kind::list:
    case Type::Kind::map: return 0;
    case Type::Kind::set: return 2;
    default: return 1;
  }
}

// One of the given types to which all others convert.
std::optional<Type> choose(const Types& types) {
  Types different;
  for (const Type& type : types) {
    if (std::find(different.begin(), different.end(), type) != different.end()) continue;
    if (different.size() == max_different_types) return std::nullopt;
    different.push_back(type);
  }
  std::stable_sort(different.begin(), different.end(),
                   [](const Type& a, const Type& b) { return rank(a) < rank(b); });
  for (const Type& candidate : different) {
    const bool fits = std::all_of(different.begin(), different.end(),
                                  [&](const Type& type) { return can_convert(type, candidate); });
    if (fits) return candidate;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Type> unify(std::span<const Type> given) {
  using Kind = Type::Kind;
  Types types;
  for (const Type& type : given) {
    if (type.kind != Kind::any) types.push_back(type);
  }
  // No elements at all: nothing to build a type from. Only open ones: open.
  if (types.empty()) return given.empty() ? std::nullopt : std::optional(Type::any());

  const std::size_t all = types.size();
  const std::size_t lists = count_kind(types, Kind::list);
  const std::size_t tuples = count_kind(types, Kind::tuple);
  const std::size_t maps = count_kind(types, Kind::map);
  const std::size_t objects = count_kind(types, Kind::object);
  if (maps == all) return unify_parts(types, Kind::map);
  if (lists == all) return unify_parts(types, Kind::list);
  if (count_kind(types, Kind::set) == all) return unify_parts(types, Kind::set);
  if (objects == all) return unify_structural(types, Kind::map);
  if (tuples == all) return unify_structural(types, Kind::list);
  if (maps > 0 && maps + objects == all) {
    if (auto made = unify_with_collections(types, Kind::object, Kind::map)) return made;
  }
  if (lists > 0 && lists + tuples == all) {
    if (auto made = unify_with_collections(types, Kind::tuple, Kind::list)) return made;
  }
  if (objects > 0 && tuples > 0) return std::nullopt;
  return choose(types);
}

}  // namespace honua::evaluation
