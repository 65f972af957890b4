// SPDX-License-Identifier: MIT
#include "planning/difference.h"

#include <algorithm>

#include "snapshot/json_string.h"

namespace honua::planning {

namespace {

using config::AttributeSchema;
using config::ValueType;

class BlockDiffer {
 public:
  BlockDiffer(const BlockPair& block, WholePaths wholes, std::size_t& undecided)
      : block_(block), wholes_(wholes), undecided_(undecided) {}

  std::vector<Difference> run() {
    for (const auto& [name, both] : snapshot::members_of(block_.before, block_.after))
      compare(name, schema_in(block_, snapshot::plain_name(name)), both.first, both.second);
    return std::move(found_);
  }

  std::vector<Difference> run(const Difference& moved) {
    path_.assign(moved.path.begin(), moved.path.end() - 1);
    compare(moved.path.back(), moved.schema, moved.before, moved.after);
    return std::move(found_);
  }

 private:
  void compare(const std::string& name, const AttributeSchema* schema, const Node& before,
               const Node& after) {
    if (before.is_same_text(after)) return;
    path_.push_back(snapshot::plain_name(name));
    if (goes_on(schema, before, after)) {
      for (const auto& [member, both] : snapshot::members_of(before, after))
        compare(member, member_schema(schema, member), both.first, both.second);
    } else {
      bool is_uncertain = false;
      if (!snapshot::is_same(before, after, is_uncertain))
        found_.push_back({&block_, path_, schema, before, after});
      if (is_uncertain) ++undecided_;
    }
    path_.pop_back();
  }

  // Whether to look at the members: an object that is not there has none.
  [[nodiscard]] bool goes_on(const AttributeSchema* schema, const Node& before, const Node& after) const {
    const bool are_objects = (before.is(NodeForm::object) || !before.is_given()) &&
                             (after.is(NodeForm::object) || !after.is_given());
    const bool is_known =
        schema != nullptr && (schema->nested != nullptr || schema->type == ValueType::string_map);
    const bool is_member = path_.size() > 1;
    if (!are_objects || (!is_known && !is_member)) return false;
    const bool is_on_both = before.is_given() && after.is_given();
    return std::ranges::none_of(wholes_, [&](std::string_view one) {
      const bool is_always = one.ends_with('!');
      if (is_always) one.remove_suffix(1);
      return (is_always || !is_on_both) && matches(path_, one);
    });
  }

  static const AttributeSchema* member_schema(const AttributeSchema* schema, const std::string& member) {
    if (schema == nullptr || schema->nested == nullptr) return nullptr;
    // A member of a map is an object with such attributes; its schema is that of the map.
    if (schema->type == ValueType::object_map) return nested_of(*schema);
    return schema->nested->find(snapshot::plain_name(member));
  }

  // The schema of an object in a map: an attribute that has no name of its own.
  static const AttributeSchema* nested_of(const AttributeSchema& map) {
    static const AttributeSchema field = object_of(BlockTypeField::layer_fields);
    static const AttributeSchema rule = object_of(BlockTypeField::limit_rules);
    return map.nested == field.nested ? &field : &rule;
  }

  enum class BlockTypeField { layer_fields, limit_rules };
  static AttributeSchema object_of(BlockTypeField which) {
    const bool is_field = which == BlockTypeField::layer_fields;
    const config::BlockType type = is_field ? config::BlockType::layer : config::BlockType::rate_limit;
    AttributeSchema made;
    made.type = ValueType::object;
    made.nested = config::schema_of(type).body.find(is_field ? "fields" : "rules")->nested;
    return made;
  }

  const BlockPair& block_;
  WholePaths wholes_;
  std::size_t& undecided_;
  std::vector<std::string> path_;
  std::vector<Difference> found_;
};

}  // namespace

std::vector<Difference> differences_in(const BlockPair& block, WholePaths wholes,
                                       std::size_t& undecided_secrets) {
  return BlockDiffer(block, wholes, undecided_secrets).run();
}

std::vector<Difference> differences_within(const Difference& moved, WholePaths wholes,
                                           std::size_t& undecided_secrets) {
  return BlockDiffer(*moved.block, wholes, undecided_secrets).run(moved);
}

bool matches(std::span<const std::string> path, std::string_view pattern) {
  std::size_t at = 0;
  for (std::string_view rest = pattern; !rest.empty() || at == 0; ++at) {
    const std::size_t dot = std::min(rest.find('.'), rest.size());
    const std::string_view name = rest.substr(0, dot);
    if (at == path.size() || (name != "*" && name != path[at])) return false;
    rest.remove_prefix(std::min(dot + 1, rest.size()));
  }
  return at == path.size();
}

const AttributeSchema* schema_in(const BlockPair& block, std::string_view name) {
  if (block.type == config::BlockType::service) {
    for (const Node* side : {&block.after, &block.before}) {
      const config::ServiceType* type = service_type_of(block.label, *side);
      const AttributeSchema* found = type == nullptr ? nullptr : type->settings.find(name);
      if (found != nullptr) return found;
    }
  }
  return config::schema_of(block.type).body.find(name);
}

const config::ServiceType* service_type_of(std::string_view label, const Node& service) {
  const Node type = service.member("type");
  if (type.is_given() && !type.text()) return nullptr;
  return config::find_service_type(type.text().value_or(std::string(label)));
}

}  // namespace honua::planning
