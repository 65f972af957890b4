// SPDX-License-Identifier: MIT
#include "commands/shown_value.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>
#include <utility>

#include "config/literal.h"
#include "syntax/literals.h"
#include "text/mask.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

using config::Setting;
using config::SettingKind;

// One size for all: the length of a secret is nobody's business either.
constexpr std::string_view mask_text = "\"********\"";

std::string number_text(double number) {
  if (!std::isfinite(number)) return number > 0 ? "1/0" : "-1/0";  // how HCL writes infinity
  text::JsonWriter json;
  json.number(number);
  return std::move(json).take();
}

std::string reference_text(const Setting& setting) {
  return std::string(schema_of(setting.target).keyword) + "." + std::string(*setting.text());
}

// Whether any part of an address behind the block's own names a secret.
bool leads_to_secret(std::string_view path) {
  std::size_t begin = 0;
  while (begin < path.size()) {
    const std::size_t end = std::min(path.find_first_of(".[]\"", begin), path.size());
    if (end > begin && text::is_name_of_secret(path.substr(begin, end - begin))) return true;
    begin = end + 1;
  }
  return false;
}

ShownValue show_text(std::string_view value) {
  const std::string masked = text::mask_secrets(value, text::TextForm::value);
  const std::string quoted = text::printable(syntax::quoted_string(masked));
  return {masked == value ? ValueState::known : ValueState::masked, quoted};
}

// A label may well be a connection string that was put into the wrong place.
ShownValue show_reference(std::string_view reference) {
  const std::string masked = text::mask_secrets(reference);
  return {masked == reference ? ValueState::known : ValueState::masked, text::printable(masked)};
}

// `var.database_url`: fit to stand for a value that must not be shown.
bool is_traversal(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  });
}

ValueState worse(ValueState a, ValueState b) { return std::max(a, b); }

void write_setting(const Setting& setting, text::JsonWriter& json);

void write_items(const Setting& setting, text::JsonWriter& json) {
  const bool list = setting.is(SettingKind::list);
  if (list) {
    json.begin_array();
  } else {
    json.begin_object();
  }
  for (const Setting& item : setting.items()) {
    if (!list) json.key(item.name());
    write_setting(item, json);
  }
  if (list) {
    json.end_array();
  } else {
    json.end_object();
  }
}

void write_setting(const Setting& setting, text::JsonWriter& json) {
  switch (setting.kind) {
    case SettingKind::unknown:
    case SettingKind::null: return json.null();
    case SettingKind::boolean: return json.boolean(*setting.boolean());
    case SettingKind::number:
      if (std::isfinite(*setting.number())) return json.number(*setting.number());
      return json.string(number_text(*setting.number()));
    case SettingKind::text: return json.string(*setting.text());
    case SettingKind::reference: return json.string(reference_text(setting));
    case SettingKind::list:
    case SettingKind::object: return write_items(setting, json);
  }
}

}  // namespace

std::string_view to_string(ValueState state) {
  switch (state) {
    case ValueState::known: return "known";
    case ValueState::masked: return "masked";
    case ValueState::unknown: return "unknown";
  }
  return "unknown";
}

ValuePrinter::ValuePrinter(const CheckResult& result) : result_(result) {
  for (const evaluation::EnvironmentUse& use : result.environment_uses) uses_.push_back(&use);
  std::ranges::sort(uses_, {}, [](const evaluation::EnvironmentUse* use) {
    return std::tuple(use->range.file, use->range.begin);
  });
}

ShownValue ValuePrinter::show(const config::EffectiveValue& value) const {
  if (value.setting == nullptr) return {ValueState::known, value.literal};
  // What a variable is for, only its label says; labels of other blocks say nothing of their values.
  constexpr std::string_view variables = "variable.";
  std::string_view path = value.address;
  if (!path.starts_with(variables)) path.remove_prefix(std::min(path.find('.'), path.size()));
  if (!path.starts_with(variables) && !value.label.empty())
    path.remove_prefix(std::min(path.size(), 1 + value.label.size()));
  return show(*value.setting, leads_to_secret(path));
}

ShownValue ValuePrinter::show(const Setting& setting, bool is_secret) const {
  if (!setting.is_known()) return {ValueState::unknown, source_of(setting)};
  if (setting.sensitive) return {ValueState::masked, source_of(setting)};
  const bool is_scalar = setting.is(SettingKind::number) || setting.is(SettingKind::text);
  const bool is_blank = setting.is(SettingKind::text) && setting.text()->empty();
  if (is_secret && is_scalar && !is_blank) return {ValueState::masked, std::string(mask_text)};
  switch (setting.kind) {
    case SettingKind::unknown: break;
    case SettingKind::null: return {ValueState::known, "null"};
    case SettingKind::boolean: return {ValueState::known, *setting.boolean() ? "true" : "false"};
    case SettingKind::number: return {ValueState::known, number_text(*setting.number())};
    case SettingKind::text: return show_text(*setting.text());
    case SettingKind::reference: return show_reference(reference_text(setting));
    case SettingKind::list:
    case SettingKind::object: return show_items(setting, is_secret);
  }
  return {};
}

ShownValue ValuePrinter::show_items(const Setting& setting, bool is_secret) const {
  const bool list = setting.is(SettingKind::list);
  ShownValue shown{ValueState::known, list ? "[" : "{"};
  std::string_view separator = list ? "" : " ";
  for (const Setting& item : setting.items()) {
    const ShownValue one = show(item, is_secret || (!list && text::is_name_of_secret(item.name())));
    shown.state = worse(shown.state, one.state);
    shown.text += separator;
    if (!list) shown.text += text::printable(syntax::quoted_string(item.name())) + " = ";
    shown.text += one.text;
    separator = ", ";
  }
  shown.text += list ? "]" : setting.items().empty() ? "}" : " }";
  return shown;
}

// Where a value comes from that cannot or must not be shown.
std::string ValuePrinter::source_of(const Setting& setting) const {
  const source::SourceRange range = setting.range;
  auto use = std::ranges::lower_bound(
      uses_, std::tuple(range.file, range.begin), {},
      [](const evaluation::EnvironmentUse* one) { return std::tuple(one->range.file, one->range.begin); });
  std::set<std::string_view> names;
  bool alone = false;
  const std::string_view text = result_.sources.file(range.file).text(range);
  for (; use != uses_.end() && (*use)->range.file == range.file && (*use)->range.end <= range.end; ++use) {
    names.insert((*use)->name);
    const std::string_view before = text.substr(0, (*use)->range.begin - range.begin);
    const std::string_view after = text.substr((*use)->range.end - range.begin);
    alone = alone || (before.empty() && after.empty()) || (before == "\"${" && after == "}\"");
  }
  if (alone && names.size() == 1)
    return text::printable("env(" + syntax::quoted_string(*names.begin()) + ")");
  if (names.empty()) {
    if (is_traversal(text)) return "(from " + std::string(text) + ")";
    return setting.sensitive ? "(sensitive)" : "(unknown)";
  }
  std::string list;
  for (const std::string_view name : names) list += (list.empty() ? "(from " : ", ") + text::printable(name);
  return list + ")";
}

void ValuePrinter::write(const config::EffectiveValue& value, text::JsonWriter& json) {
  if (value.setting == nullptr) return config::write_literal(value.literal, json);
  write_setting(*value.setting, json);
}

}  // namespace honua::commands
