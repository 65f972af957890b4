// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

#include "config/schema.h"
#include "source/source_range.h"

namespace honua::config {

// What a setting turned out to be. `unknown` is also what has a finding of its
// own: rules that need the value stay silent about both.
enum class SettingKind : std::uint8_t { unknown, null, boolean, number, text, list, object, reference };

// "a string", "a list": for messages.
[[nodiscard]] std::string_view describe(SettingKind kind);

// An attribute, a member of a map or an element of a list after decoding: what
// it is called, what it says, and where. Small and trivially copyable: a
// configuration may have millions. All texts and lists belong to the
// Configuration or to the source files, which must outlive it.
// NOLINTBEGIN(cppcoreguidelines-pro-type-union-access): a std::variant would be larger; `kind` says what is
// in.
class Setting {
 public:
  source::SourceRange range;  // of the value
  SettingKind kind : 4 = SettingKind::unknown;
  bool sensitive : 1 = false;  // holds a value from the environment: never to be printed
  bool is_block : 1 = false;   // an object written `name { ... }`

 private:
  bool is_named_ : 1 = false;  // by itself, not by a schema

 public:
  BlockType target = BlockType::data_source;  // of a reference

  // nullptr: the schema does not know it, or it is an element.
  [[nodiscard]] const AttributeSchema* schema() const { return is_named_ ? nullptr : called_.schema; }
  // The schema's spelling; a map's key; "" for elements.
  [[nodiscard]] std::string_view name() const {
    if (is_named_) return *called_.name;
    return called_.schema == nullptr ? std::string_view() : called_.schema->name;
  }
  // Of what a schema knows; it is called as it is there. nullptr for elements.
  void set_schema(const AttributeSchema* known) {
    called_.schema = known;
    is_named_ = false;
  }
  // Of what no schema knows. The name must live as long as the setting.
  void set_name(const std::string_view* name) {
    called_.name = name;
    is_named_ = true;
  }

  // Where the name stands, in the file of the value. Of a name of more bytes than 65,535 its beginning.
  [[nodiscard]] source::SourceRange name_range() const {
    return {range.file, name_begin_, name_begin_ + name_size_};
  }
  void set_name_range(source::SourceRange place) {
    name_begin_ = place.begin;
    name_size_ = static_cast<std::uint16_t>(
        std::min<std::uint32_t>(place.end - place.begin, std::numeric_limits<std::uint16_t>::max()));
  }

  [[nodiscard]] bool is_known() const { return kind != SettingKind::unknown; }
  [[nodiscard]] bool is(SettingKind wanted) const { return kind == wanted; }

  // Nothing unless it is of that kind.
  [[nodiscard]] std::optional<bool> boolean() const {
    return is(SettingKind::boolean) ? std::optional(payload_.flag) : std::nullopt;
  }
  [[nodiscard]] std::optional<double> number() const {
    return is(SettingKind::number) ? std::optional(payload_.number) : std::nullopt;
  }
  // A text, or the label that a reference names.
  [[nodiscard]] std::optional<std::string_view> text() const {
    if (!is(SettingKind::text) && !is(SettingKind::reference)) return std::nullopt;
    return std::string_view(payload_.text, size_);
  }
  // Elements of a list, members of an object; empty for everything else.
  [[nodiscard]] std::span<const Setting> items() const {
    if (!is(SettingKind::list) && !is(SettingKind::object)) return {};
    return {payload_.items, size_};
  }
  [[nodiscard]] const Setting* find(std::string_view member) const;

  void set_null() { kind = SettingKind::null; }
  void set_unknown() { kind = SettingKind::unknown; }
  void set(bool value) {
    kind = SettingKind::boolean;
    payload_.flag = value;
  }
  void set(double value) {
    kind = SettingKind::number;
    payload_.number = value;
  }
  void set_text(std::string_view value) {
    kind = SettingKind::text;
    payload_.text = value.data();
    size_ = static_cast<std::uint32_t>(value.size());
  }
  void set_reference(BlockType to, std::string_view label) {
    set_text(label);
    kind = SettingKind::reference;
    target = to;
  }
  void set_items(SettingKind list_or_object, std::span<const Setting> items) {
    kind = list_or_object;
    payload_.items = items.data();
    size_ = static_cast<std::uint32_t>(items.size());
  }

 private:
  std::uint16_t name_size_ = 0;
  std::uint32_t name_begin_ = 0;
  std::uint32_t size_ = 0;
  union {
    bool flag;
    double number;
    const char* text;
    const Setting* items;
  } payload_ = {};
  // A key as a view that is kept would be twice as large.
  union {
    const AttributeSchema* schema = nullptr;
    const std::string_view* name;
  } called_;
};
// NOLINTEND(cppcoreguidelines-pro-type-union-access)
static_assert(sizeof(Setting) <= 40, "the memory bar of loading counts on it");

// The setting of this name, or nullptr. Of several, the last.
[[nodiscard]] const Setting* find(std::span<const Setting> settings, std::string_view name);

}  // namespace honua::config
