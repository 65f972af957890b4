// SPDX-License-Identifier: MIT
#include "config/config_scope.h"

#include <algorithm>

#include "config/attribute_path.h"
#include "config/rules.h"
#include "text/mask.h"
#include "text/sanitize.h"
#include "text/suggest.h"

namespace honua::config {

using evaluation::Resolution;
using evaluation::Traversal;
using evaluation::Value;

namespace {

source::SourceRange whole(const Traversal& traversal, std::size_t steps) {
  source::SourceRange range = traversal.root_range;
  if (steps > 0 && steps <= traversal.steps.size()) range.end = traversal.steps[steps - 1].range.end;
  return range;
}

// Defaults in the tables are simple literals.
Value default_of(const AttributeSchema& attribute) {
  const std::string_view text = attribute.default_value;
  if (text == "true" || text == "false") return Value::boolean(text == "true");
  if (text.starts_with('"')) return Value::string(std::string(text.substr(1, text.size() - 2)));
  if (text == "[]") return Value::tuple({});
  if (const auto number = evaluation::Number::parse(text)) return Value::number(*number);
  return Value::unknown();
}

}  // namespace

std::vector<std::string> ConfigScope::root_names() const {
  std::vector<std::string> names = {"var", "env"};
  for (const BlockSchema& schema : block_schemas()) {
    if (schema.type != BlockType::variable && schema.type != BlockType::import)
      names.emplace_back(schema.keyword);
  }
  return names;
}

bool ConfigScope::defines(const Traversal& traversal) const {
  if (traversal.root != "var" || traversal.steps.empty()) return false;
  const std::string& name = traversal.steps[0].name;
  if (raw_.find(BlockType::variable, name) == nullptr) return false;
  used_[name] = true;
  return true;
}

std::optional<Resolution> ConfigScope::resolve(const Traversal& traversal) const {
  if (traversal.root == "var") return resolve_variable(traversal);
  const BlockSchema* schema = find_block_schema(traversal.root);
  if (schema == nullptr || schema->type == BlockType::variable || schema->type == BlockType::import)
    return std::nullopt;
  return resolve_block(*schema, traversal);
}

void ConfigScope::suggest_label(diagnostics::Diagnostic& made, std::string_view given, BlockType type,
                                const std::string& otherwise) const {
  if (context_->may_compare(raw_.size())) {
    if (const auto close = text::suggest(given, raw_.labels(type))) {
      made.did_you_mean(*close, given);
      return;
    }
  }
  made.suggest(otherwise);
}

Resolution ConfigScope::resolve_variable(const Traversal& traversal) const {
  if (traversal.steps.empty() || traversal.steps[0].index) {
    sink_.report(rules::undefined_configuration_variable, traversal.root_range, "`var` alone is no value")
        .suggest("write `var.NAME`");
    return {Value::unknown(), traversal.steps.size()};
  }
  const std::string& name = traversal.steps[0].name;
  used_[name] = true;
  const RawBlock* block = raw_.find(BlockType::variable, name);
  if (block == nullptr) {
    auto& made = sink_.report(rules::undefined_configuration_variable, whole(traversal, 1),
                              "there is no variable " + text::quoted(name));
    suggest_label(made, name, BlockType::variable, "add `variable \"" + name + "\" { default = ... }`");
    return {Value::unknown(), traversal.steps.size()};
  }
  std::optional<syntax::Expression> expression;
  block->visit_bodies([&](const BodySource& body) {
    if (expression) return;
    body.visit(
        [&](const ItemName& item, syntax::Expression value) {
          if (item.text == "default") expression.emplace(value);
        },
        [](syntax::Block) {});
  });
  // Without a default its value comes from elsewhere.
  if (!expression) return {Value::unknown(), traversal.steps.size()};
  return {value_called(name, *expression, whole(traversal, 1)), 1};
}

Resolution ConfigScope::resolve_block(const BlockSchema& schema, const Traversal& traversal) const {
  const std::size_t first = schema.labelled ? 1 : 0;
  if (traversal.steps.size() < first || (first == 1 && traversal.steps[0].index)) {
    sink_
        .report(rules::undefined_reference, traversal.root_range,
                text::quoted(schema.keyword) + " alone is no value")
        .suggest("write `" + std::string(schema.keyword) + ".NAME`");
    return {Value::unknown(), traversal.steps.size()};
  }
  const std::string label = first == 1 ? traversal.steps[0].name : "";
  const RawBlock* block = raw_.find(schema.type, label);
  if (block == nullptr) {
    if (!schema.labelled) return {Value::unknown(), traversal.steps.size()};
    auto& made = sink_.report(rules::undefined_reference, whole(traversal, 1),
                              "there is no " + text::quoted(std::string(schema.keyword) + "." + label));
    suggest_label(made, label, schema.type,
                  "add `" + std::string(schema.keyword) + " \"" + label + "\" { ... }`");
    return {Value::unknown(), traversal.steps.size()};
  }
  if (traversal.steps.size() == first) {
    if (!schema.labelled) return {Value::unknown(), 0};
    return {Value::string(std::string(schema.keyword) + "." + label), 1};
  }
  return resolve_attribute(*block, traversal, first);
}

Resolution ConfigScope::resolve_attribute(const RawBlock& block, const Traversal& traversal,
                                          std::size_t first) const {
  const auto path = std::span(traversal.steps).subspan(first);
  const PathEnd found = follow_path(block, path, models_);
  if (found.expression) {
    return resolve_found(block, traversal, first, found);
  }
  return {resolve_default(block, path, found.is_body), traversal.steps.size()};
}

// The value that a path leads to, and its members as far as they are there or have defaults. Any of the names
// on the way may be that of a secret.
Resolution ConfigScope::resolve_found(const RawBlock& block, const Traversal& traversal, std::size_t first,
                                      const PathEnd& found) const {
  const auto path = std::span(traversal.steps).subspan(first);
  Value value = value_of(*found.expression, whole(traversal, first + found.steps));
  std::size_t step = found.steps;
  for (; step < path.size() && !path[step].index && value.is_mapping(); ++step) {
    const Value* member = value.find(path[step].name);
    if (member == nullptr) {
      if (schema_of_path(block, path) == nullptr) break;
      return {resolve_default(block, path, false), traversal.steps.size()};
    }
    value = Value(*member).with_sensitive(member->is_sensitive() || value.is_sensitive());
  }
  const auto names_secret = [this](const evaluation::TraversalStep& one) {
    return context_->marks_secret_names && text::is_name_of_secret(one.name);
  };
  if (std::ranges::any_of(path.first(step), names_secret)) value = std::move(value).with_sensitive(true);
  return {std::move(value), first + step};
}

// What the tables say of a path; nullptr where they do not know it.
const AttributeSchema* ConfigScope::schema_of_path(const RawBlock& block,
                                                   std::span<const evaluation::TraversalStep> path) {
  const ObjectSchema* object = &block.schema->body;
  const AttributeSchema* attribute = nullptr;
  for (const evaluation::TraversalStep& step : path) {
    attribute = object == nullptr ? nullptr : object->find(step.name);
    if (attribute == nullptr) return nullptr;
    object = attribute->type == ValueType::object ? attribute->nested : nullptr;
  }
  return attribute;
}

// The type that a service has without evaluating anything.
const ServiceType* ConfigScope::service_type_of(const RawBlock& service) const {
  evaluation::TraversalStep type;
  type.name = "type";
  const PathEnd found = follow_path(service, std::span(&type, 1), models_);
  if (!found.expression) return find_service_type(service.label);
  if (!found.expression->is_plain_string()) return nullptr;
  return find_service_type(syntax::plain_string_value(*found.expression));
}

Value ConfigScope::resolve_default(const RawBlock& block, std::span<const evaluation::TraversalStep> path,
                                   bool is_body) const {
  const bool is_service = block.schema->type == BlockType::service;
  const ServiceType* type = is_service ? service_type_of(block) : nullptr;
  const ObjectSchema* object = &block.schema->body;
  const AttributeSchema* attribute = type == nullptr ? nullptr : type->settings.find(path[0].name);
  std::size_t step = 0;
  for (; step < path.size(); ++step) {
    if (step > 0 || attribute == nullptr) attribute = object->find(path[step].name);
    if (attribute == nullptr) break;
    if (step + 1 == path.size()) return is_body ? Value::unknown() : default_of(*attribute);
    // The members of maps, and of what has any form, are not in the tables.
    if (attribute->nested == nullptr || attribute->type != ValueType::object) return Value::unknown();
    object = attribute->nested;
  }
  if (path[step].index) {
    sink_.report(rules::undefined_reference, path[step].range, text::quoted(object->name) + " is no list")
        .suggest("name an attribute");
    return Value::unknown();
  }
  // A service may have settings that no table knows.
  if (is_service && step == 0) return Value::unknown();
  auto& made =
      sink_.report(rules::undefined_reference, path[step].range,
                   text::quoted(object->name) + " has no attribute " + text::quoted(path[step].name));
  std::vector<std::string_view> names;
  for (const AttributeSchema& one : object->attributes) names.push_back(one.name);
  if (const auto close = text::suggest(path[step].name, names)) made.did_you_mean(*close, path[step].name);
  return Value::unknown();
}

// What is called like a secret is one wherever it is referred to.
Value ConfigScope::value_called(std::string_view name, syntax::Expression expression,
                                source::SourceRange asked) const {
  Value value = value_of(expression, asked);
  return context_->marks_secret_names && text::is_name_of_secret(name) ? std::move(value).with_sensitive(true)
                                                                       : value;
}

Value ConfigScope::value_of(syntax::Expression expression, source::SourceRange asked) const {
  const Key key{&expression.tree(), expression.id()};
  const auto [place, is_new] = values_.try_emplace(key, std::nullopt);
  if (!is_new && place->second) return *place->second;
  if (!is_new) {
    sink_.report(rules::reference_cycle, asked, "this value refers to itself")
        .label(expression.range(), "which is computed from this")
        .suggest("give one of the values without a reference");
    place->second = Value::unknown();
    return Value::unknown();
  }
  context_->depth += evaluation::reference_depth;
  const Value value = evaluation::evaluate(expression, *context_);
  context_->depth -= evaluation::reference_depth;
  auto& slot = values_[key];
  if (!slot) slot = value;
  return *slot;
}

}  // namespace honua::config
