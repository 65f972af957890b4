// SPDX-License-Identifier: MIT
#include "snapshot/value_writer.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "config/literal.h"
#include "evaluation/traversal.h"
#include "snapshot/form.h"
#include "snapshot/masked_text.h"
#include "syntax/literals.h"
#include "syntax/parser.h"
#include "syntax/printer.h"
#include "text/mask.h"
#include "text/unicode.h"

namespace honua::snapshot {

namespace {

using config::AttributeSchema;
using config::ObjectSchema;
using config::Setting;
using config::SettingKind;
using config::TextPart;
using config::ValueType;
using source::SourceRange;
using syntax::NodeKind;

// The type of a list's elements.
const AttributeSchema* element_schema(const AttributeSchema* list) {
  return list != nullptr && list->type == ValueType::string_list ? list : nullptr;
}

bool is_set(const AttributeSchema* schema) {
  return schema != nullptr && !schema->order_matters &&
         (schema->type == ValueType::string_list || schema->type == ValueType::reference_list);
}

std::string default_json(const AttributeSchema& schema) {
  text::JsonWriter json;
  if (!is_set(&schema) || !schema.default_value.starts_with('[')) {
    config::write_literal(schema.default_value, json);
    return std::move(json).take();
  }
  std::vector<std::string_view> elements = config::list_elements(schema.default_value);
  std::ranges::sort(elements);
  json.begin_array();
  for (const std::string_view one : elements) config::write_literal(one, json);
  json.end_array();
  return std::move(json).take();
}

// Names may be secrets, too, where they are free.
std::map<std::string, const Setting*> by_shown_name(std::span<const Setting> members) {
  std::map<std::string, const Setting*> sorted;
  for (const Setting& one : members) sorted[masked_text(one.name())] = &one;
  return sorted;
}

bool has_text_only(syntax::Expression text) {
  return std::all_of(text.begin(), text.end(),
                     [](const syntax::Expression& part) { return part.kind() == NodeKind::string_literal; });
}

// A piece of a file as an expression of its own. It was found good where it stands.
class ParsedText {
 public:
  explicit ParsedText(std::string_view source)
      : file_(0, "", std::string(source)),
        tree_(syntax::parse_expression(file_, syntax::Dialect::honua, ignored_)) {}

  [[nodiscard]] bool is_good() const { return !ignored_.has_errors(); }
  [[nodiscard]] syntax::Expression expression() const { return tree_.expression(); }

 private:
  diagnostics::Diagnostics ignored_;
  source::SourceFile file_;
  syntax::Tree tree_;
};

std::set<std::string> variables_in(syntax::Expression expression) {
  std::set<std::string> names;
  for (const evaluation::Traversal& one : evaluation::references(expression)) {
    if (one.root == "var" && !one.steps.empty() && one.steps.front().is_attribute)
      names.insert(one.steps.front().name);
  }
  return names;
}

// Whether an expression is what it says: no part of it is looked up or computed.
bool is_literal(syntax::Expression expression) {
  switch (syntax::without_parentheses(expression).kind()) {
    case NodeKind::number:
    case NodeKind::boolean:
    case NodeKind::null:
    case NodeKind::unary:
    case NodeKind::tuple:
    case NodeKind::object: return true;
    case NodeKind::string_template:
    case NodeKind::heredoc: return expression.is_plain_string() || has_text_only(expression);
    default: return false;
  }
}

// The name in `${env:NAME}`, without what shells put behind it.
std::string variable_name(std::string_view text) {
  return std::string(text.substr(0, text::shell_operator(text)));
}

// The names that `env` is asked for.
void add_environment(syntax::Expression expression, std::set<std::string>& names) {
  std::vector<syntax::Expression> waiting = {expression};
  while (!waiting.empty()) {
    const syntax::Expression one = waiting.back();
    waiting.pop_back();
    if (one.kind() == NodeKind::env_reference) names.insert(variable_name(one.child(0).text()));
    if (one.kind() == NodeKind::call && one.child(0).text() == "env" && one.child_count() > 1 &&
        one.child(1).is_plain_string())
      names.insert(syntax::plain_string_value(one.child(1)));
    for (const syntax::Expression child : one) waiting.push_back(child);
  }
  for (const evaluation::Traversal& one : evaluation::references(expression)) {
    if (one.root == "env" && !one.steps.empty() && one.steps.front().is_attribute)
      names.insert(one.steps.front().name);
  }
}

// Whether there is a text in it that names no environment variable, or a variable that may hold one.
bool may_hold_secret(syntax::Expression expression) {
  if (!variables_in(expression).empty()) return true;
  std::vector<syntax::Expression> waiting = {expression};
  while (!waiting.empty()) {
    const syntax::Expression one = waiting.back();
    waiting.pop_back();
    if (one.kind() == NodeKind::string_literal && !one.text().empty()) return true;
    const bool is_plain_env =
        one.kind() == NodeKind::call && one.child(0).text() == "env" && one.child_count() == 2;
    if (is_plain_env) continue;
    for (const syntax::Expression child : one) waiting.push_back(child);
  }
  return false;
}

}  // namespace

std::string member_name(std::string_view name) {
  return name.starts_with(form::mark) ? std::string(form::mark).append(name) : std::string(name);
}

ValueWriter::ValueWriter(const LoadedConfiguration& loaded, const SecretDigest* digest)
    : loaded_(loaded), digest_(digest), texts_(loaded.inputs), uses_(loaded.environment_uses) {
  find_dependent_variables();
}

// Those that ask the environment, then those that are made of them, and so on.
void ValueWriter::find_dependent_variables() {
  std::map<std::string, std::vector<std::string>> users;
  std::vector<std::string> waiting;
  for (const config::Block& block : loaded_.configuration.of(config::BlockType::variable)) {
    const std::string name(block.label);
    const auto value = texts_.default_of(name);
    if (!value) continue;
    if (uses_.any_in(value->range())) waiting.push_back(name);
    for (const std::string& used : variables_in(*value)) users[used].push_back(name);
  }
  while (!waiting.empty()) {
    const std::string name = std::move(waiting.back());
    waiting.pop_back();
    if (!dependent_variables_.insert(name).second) continue;
    const auto found = users.find(name);
    if (found != users.end()) waiting.insert(waiting.end(), found->second.begin(), found->second.end());
  }
}

// Whether a value is made of environment variables: where `env` stands in it, or a variable that holds such a
// value.
bool ValueWriter::is_dependent(const Setting& setting) const {
  if (uses_.any_in(setting.range)) return true;
  const std::string_view text = loaded_.sources.file(setting.range.file).text(setting.range);
  const bool may_ask_variable = !dependent_variables_.empty() && text.find("var") != std::string_view::npos;
  const bool is_uncertain = setting.sensitive || !setting.is_known();
  if (!may_ask_variable && !is_uncertain) return false;
  const ParsedText parsed(text);
  if (!parsed.is_good()) return false;
  const std::set<std::string> used = variables_in(parsed.expression());
  if (std::ranges::any_of(used,
                          [this](const std::string& one) { return dependent_variables_.contains(one); }))
    return true;
  return is_uncertain && !is_literal(parsed.expression());
}

// Whether a list or an object stands there item by item, instead of being computed as a whole.
bool ValueWriter::is_literal_collection(const Setting& setting) const {
  if (!setting.is(SettingKind::list) && !setting.is(SettingKind::object)) return false;
  if (setting.is_block) return true;
  const std::string_view text = loaded_.sources.file(setting.range.file).text(setting.range);
  return text.starts_with('{') || text.starts_with('[');
}

void ValueWriter::write_member(std::string_view name, const Setting& setting, const AttributeSchema* schema,
                               text::JsonWriter& json) {
  const bool is_secret = text::is_name_of_secret(name);
  json.key(member_name(name));
  secret_names_ += is_secret ? 1U : 0U;
  write(setting, schema, json);
  secret_names_ -= is_secret ? 1U : 0U;
}

void ValueWriter::write(const Setting& setting, const AttributeSchema* schema, text::JsonWriter& json) {
  if (depth_ == max_value_depth) return write_unknown(json);
  ++depth_;
  write_within_depth(setting, schema, json);
  --depth_;
}

void ValueWriter::write_within_depth(const Setting& setting, const AttributeSchema* schema,
                                     text::JsonWriter& json) {
  if (is_dependent(setting) && (setting.sensitive || !is_literal_collection(setting)))
    return write_dependent(setting.range, json);
  if (!setting.is_known()) return write_unknown(json);
  write_known(setting, schema, json);
}

void ValueWriter::write_known(const Setting& setting, const AttributeSchema* schema, text::JsonWriter& json) {
  switch (setting.kind) {
    case SettingKind::unknown:
    case SettingKind::null: return json.null();
    case SettingKind::boolean: return json.boolean(*setting.boolean());
    case SettingKind::number:
      if (setting.sensitive || secret_names_ > 0)
        return write_masked(form::secret, std::to_string(*setting.number()), json);
      if (!std::isfinite(*setting.number())) return write_unknown(json);
      return json.number(*setting.number());
    case SettingKind::text: return write_text(setting, schema, json);
    case SettingKind::reference: return json.string(masked_text(*setting.text()));
    case SettingKind::list: return write_list(setting, schema, json);
    case SettingKind::object: break;
  }
  const ObjectSchema* nested = schema == nullptr ? nullptr : schema->nested;
  if (nested != nullptr && schema->type == ValueType::object_map) return write_map(setting, *nested, json);
  write_object(setting.items(), nested, json);
}

void ValueWriter::write_text(const Setting& setting, const AttributeSchema* schema, text::JsonWriter& json) {
  const std::string_view text = *setting.text();
  if (schema != nullptr && !schema->case_matters) {
    for (const std::string_view one : schema->values) {
      if (text::to_lower(one) == text::to_lower(text)) return json.string(one);
    }
  }
  const bool is_secret = setting.sensitive || secret_names_ > 0;
  const std::string masked = is_secret && !text.empty() ? std::string(form::secret) : masked_text(text);
  if (masked != text) return write_masked(masked, text, json);
  json.string(text);
}

void ValueWriter::write_list(const Setting& list, const AttributeSchema* schema, text::JsonWriter& json) {
  std::vector<const Setting*> items;
  for (const Setting& one : list.items()) items.push_back(&one);
  if (is_set(schema)) {
    std::map<std::string, const Setting*> by_text;
    for (const Setting* one : items) by_text.emplace(json_of(*one, element_schema(schema)), one);
    items.clear();
    for (const auto& [text, one] : by_text) items.push_back(one);
  }
  json.begin_array();
  for (const Setting* one : items) write(*one, element_schema(schema), json);
  json.end_array();
}

void ValueWriter::write_map(const Setting& map, const ObjectSchema& nested, text::JsonWriter& json) {
  const std::map<std::string, const Setting*> members = by_shown_name(map.items());
  json.begin_object();
  for (const auto& [name, one] : members) {
    if (one->is(SettingKind::null)) continue;
    const bool is_computed = is_dependent(*one) && (one->sensitive || !is_literal_collection(*one));
    if (one->is(SettingKind::object) && !is_computed) {
      json.key(member_name(name));
      write_object(one->items(), &nested, json);
    } else {
      write_member(name, *one, nullptr, json);
    }
  }
  json.end_object();
}

void ValueWriter::write_object(std::span<const Setting> members, const ObjectSchema* object,
                               text::JsonWriter& json) {
  const std::map<std::string, const Setting*> sorted = by_shown_name(members);
  json.begin_object();
  for (const auto& [name, one] : sorted) {
    const AttributeSchema* schema = object == nullptr ? nullptr : object->find(name);
    if (one->is(SettingKind::null) || is_default(*one, schema)) continue;
    write_member(name, *one, schema, json);
  }
  json.end_object();
}

bool ValueWriter::is_default(const Setting& setting, const AttributeSchema* schema) {
  if (schema == nullptr) return false;
  // No members are the same as no map.
  const bool is_map = schema->type == ValueType::object_map || schema->type == ValueType::string_map;
  if (is_map && setting.is(SettingKind::object)) return setting.items().empty() && !is_dependent(setting);
  if (schema->default_value.empty()) return false;
  return json_of(setting, schema) == default_json(*schema);
}

std::string ValueWriter::json_of(const Setting& setting, const AttributeSchema* schema) {
  const bool was_trial = std::exchange(is_trial_, true);
  text::JsonWriter json;
  write(setting, schema, json);
  is_trial_ = was_trial;
  return std::move(json).take();
}

void ValueWriter::write_masked(std::string_view masked, std::string_view secret, text::JsonWriter& json) {
  if (!is_trial_) ++masked_;
  json.begin_object();
  json.key(form::masked).string(masked);
  if (digest_ != nullptr) json.key(form::digest).string(digest_->of(secret));
  json.end_object();
}

void ValueWriter::write_unknown(text::JsonWriter& json) {
  if (!is_trial_) ++unknown_;
  json.begin_object();
  json.key(form::unknown).boolean(true);
  json.end_object();
}

// --- What depends on the environment

void ValueWriter::write_dependent(SourceRange range, text::JsonWriter& json) {
  expressions_ = 0;
  if (auto parts = texts_.at(range)) return write_parts(*std::move(parts), 0, json);
  write_computed(loaded_.sources.file(range.file).text(range), 0, json);
}

void ValueWriter::write_expression(syntax::Expression expression, unsigned depth, text::JsonWriter& json) {
  if (++expressions_ > max_expressions) return write_unknown(json);
  if (auto parts = texts_.of(expression)) return write_parts(*std::move(parts), depth, json);
  write_computed(expression.text(), depth, json);
}

void ValueWriter::write_parts(std::vector<TextPart> parts, unsigned depth, text::JsonWriter& json) {
  if (parts.size() == 1 && parts.front().is_reference) return write_reference(parts.front(), depth, json);
  std::string secrets;
  for (const TextPart& one : parts) secrets += one.is_reference ? std::string(1, '\0') : one.text;
  const std::vector<bool> is_secret_place = secret_places(parts);
  const bool has_secret = secret_names_ > 0 ? mask_all(parts) : mask_parts(parts);
  if (has_secret && !is_trial_) ++masked_;
  if (parts.size() == 1 && !has_secret) return json.string(parts.front().text);
  json.begin_object();
  json.key(form::text_template);
  json.begin_array();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!parts[i].is_reference) {
      json.string(parts[i].text);
      continue;
    }
    secret_names_ += is_secret_place[i] ? 1U : 0U;
    write_reference(parts[i], depth, json);
    secret_names_ -= is_secret_place[i] ? 1U : 0U;
  }
  json.end_array();
  if (has_secret && digest_ != nullptr) json.key(form::digest).string(digest_->of(secrets));
  json.end_object();
}

void ValueWriter::write_reference(const TextPart& part, unsigned depth, text::JsonWriter& json) {
  const std::string name = variable_name(part.text);
  environment_.insert(name);
  json.begin_object();
  json.key(form::environment).string(name);
  if (name.size() < part.text.size()) {
    // `${env:NAME:-default}` is no form that honua reads; what stands there may be anything.
    json.key(form::fallback);
    write_masked(form::secret, part.text, json);
  } else if (part.fallback && depth < config::max_variable_depth) {
    const bool is_secret = text::is_name_of_secret(name);
    json.key(form::fallback);
    secret_names_ += is_secret ? 1U : 0U;
    write_expression(*part.fallback, depth + 1, json);
    secret_names_ -= is_secret ? 1U : 0U;
  }
  json.end_object();
}

// An expression as text, with the variables that it uses.
void ValueWriter::write_computed(std::string_view source, unsigned depth, text::JsonWriter& json) {
  const ParsedText parsed(source);
  if (!parsed.is_good()) return write_unknown(json);
  add_environment(parsed.expression(), environment_);
  const std::string printed = syntax::print(parsed.expression());
  const bool is_secret = secret_names_ > 0 || text::assigns_secret(printed);
  if (is_secret && may_hold_secret(parsed.expression()))
    return write_secret_expression(printed, parsed.expression(), depth, json);
  const std::string masked = masked_text(printed);
  if (masked != printed && !is_trial_) ++masked_;
  json.begin_object();
  json.key(form::expression).string(masked);
  if (masked != printed && digest_ != nullptr) json.key(form::digest).string(digest_->of(printed));
  const std::set<std::string> names = variables_in(parsed.expression());
  if (!names.empty() && depth < config::max_variable_depth) write_variables(names, depth + 1, json);
  json.end_object();
}

// Literals in it may be secrets: none is shown, and no variable.
void ValueWriter::write_secret_expression(const std::string& printed, syntax::Expression expression,
                                          unsigned depth, text::JsonWriter& json) {
  if (!is_trial_) ++masked_;
  json.begin_object();
  json.key(form::expression).string(form::secret);
  if (digest_ != nullptr) {
    text::JsonWriter used;
    const bool was_trial = std::exchange(is_trial_, true);
    used.begin_object();
    if (depth < config::max_variable_depth) write_variables(variables_in(expression), depth + 1, used);
    used.end_object();
    is_trial_ = was_trial;
    json.key(form::digest).string(digest_->of(printed + std::move(used).take()));
  }
  json.end_object();
}

void ValueWriter::write_variables(const std::set<std::string>& names, unsigned depth,
                                  text::JsonWriter& json) {
  json.key(form::variables);
  json.begin_object();
  for (const std::string& name : names) {
    const auto value = texts_.default_of(name);
    if (!value) continue;
    json.key(member_name(name));
    write_expression(*value, depth, json);
  }
  json.end_object();
}

}  // namespace honua::snapshot
