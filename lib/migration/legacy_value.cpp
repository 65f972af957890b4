// SPDX-License-Identifier: MIT
#include "migration/legacy_value.h"

#include <algorithm>
#include <charconv>

#include "syntax/literals.h"
#include "text/ascii.h"
#include "text/words.h"

namespace honua::migration {

using syntax::NodeKind;

std::string_view describe(ValueKind kind) {
  switch (kind) {
    case ValueKind::object: return "an object";
    case ValueKind::array: return "an array";
    case ValueKind::string: return "a text";
    case ValueKind::number: return "a number";
    case ValueKind::boolean: return "`true` or `false`";
    case ValueKind::null: break;
  }
  return "`null`";
}

ValueKind LegacyValue::kind() const {
  switch (expression_.kind()) {
    case NodeKind::object: return ValueKind::object;
    case NodeKind::tuple: return ValueKind::array;
    case NodeKind::string_template: return ValueKind::string;
    case NodeKind::number:
    case NodeKind::unary: return ValueKind::number;
    case NodeKind::boolean: return ValueKind::boolean;
    default: return ValueKind::null;
  }
}

std::optional<std::int64_t> LegacyValue::integer() const {
  const std::optional<LegacyName> text =
      is(ValueKind::string) ? std::optional<LegacyName>(expression_) : std::nullopt;
  const std::string_view written = text ? text->view() : digits();
  std::int64_t value = 0;
  const auto read = std::from_chars(written.data(), written.data() + written.size(), value);
  if (read.ec != std::errc() || read.ptr != written.data() + written.size()) return std::nullopt;
  return value;
}

bool LegacyValue::is_blank() const {
  return is(ValueKind::string) && text::trimmed(LegacyName(expression_).view()).empty();
}

std::optional<bool> LegacyValue::truth() const {
  if (is(ValueKind::boolean)) return boolean();
  if (!is(ValueKind::string)) return std::nullopt;
  const LegacyName text(expression_);
  if (is_same_name(text.view(), "true")) return true;
  if (is_same_name(text.view(), "false")) return false;
  return std::nullopt;
}

std::optional<std::int64_t> LegacyValue::count() const {
  constexpr std::int64_t largest = 2147483647;
  const auto number = integer();
  return number && *number > 0 && *number <= largest ? number : std::nullopt;
}

LegacyName::LegacyName(syntax::Expression string) {
  if (const auto verbatim = syntax::verbatim_string(string)) {
    view_ = *verbatim;
    return;
  }
  // HCL has its texts in normalization form C, but a legacy document's are its own: passwords, say.
  const std::string_view written = string.text();
  decoded_ = std::make_unique<const std::string>(syntax::decode_json(written.substr(1, written.size() - 2)));
  view_ = *decoded_;
}

LegacyObject::LegacyObject(const std::optional<LegacyValue>& value) {
  if (!value || !value->is(ValueKind::object)) return;
  constexpr std::size_t usual = 16;
  members_.reserve(usual);
  value->each_named(
      [&](LegacyName name, const LegacyValue& member) { members_.emplace_back(std::move(name), member); });
}

std::optional<LegacyValue> LegacyObject::find(std::string_view name) const {
  const auto found = std::find_if(members_.rbegin(), members_.rend(),
                                  [&](const auto& one) { return is_same_name(one.first.view(), name); });
  return found == members_.rend() ? std::nullopt : std::optional(found->second);
}

LegacyObject LegacyObject::take_shadowed() {
  LegacyObject shadowed(std::nullopt);
  const auto is_last = [&](const auto& one) { return find(one.first.view())->id() == one.second.id(); };
  std::vector<bool> are_last;
  are_last.reserve(members_.size());
  for (const auto& one : members_) are_last.push_back(is_last(one));
  std::vector<std::pair<LegacyName, LegacyValue>> last;
  for (std::size_t at = 0; at < members_.size(); ++at)
    (are_last[at] ? last : shadowed.members_).push_back(std::move(members_[at]));
  members_ = std::move(last);
  return shadowed;
}

bool is_same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return text::ascii_lower(c); };
  if (a.size() != b.size()) return false;
  // Most names that differ do so at once.
  if (!a.empty() && lower(a.front()) != lower(b.front())) return false;
  return std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace honua::migration
