// SPDX-License-Identifier: MIT
#include <map>

#include "migration/layer_members.h"
#include "migration/legacy_names.h"
#include "migration/rules.h"
#include "rendering/quoted_text.h"
#include "text/sanitize.h"
#include "text/unicode.h"
#include "text/words.h"

namespace honua::migration {

namespace {

class FieldMapper {
 public:
  explicit FieldMapper(LayerMembers& layer) : layer_(layer) {}

  void map() {
    auto fields = layer_.context().find(layer_.own(), "fields", ValueKind::array);
    if (!fields || fields->is_empty())
      fields = layer_.context().find(layer_.own(), "properties", ValueKind::array);
    if (!fields || fields->is_empty()) return;
    std::map<std::string, LegacyValue, std::less<>> names;
    layer_.set({"introspect_fields"}, "false");
    fields->each_element([&](const LegacyValue& one) { map_field(one, names); });
    layer_.claim(*fields, Outcome::mapped, {"fields"});
    add_key(names);
  }

 private:
  // Without it no row could be asked for.
  void add_key(const std::map<std::string, LegacyValue, std::less<>>& names) {
    const std::string& key = layer_.key;
    if (key.empty() || names.contains(text::to_lower(key))) return;
    layer_.set({"fields", key, "type"}, rendering::quoted_text("long"));
    layer_.set({"fields", key, "nullable"}, "false");
    layer_.report(rules::value_assumed, "the fields of " + text::quoted(layer_.name()) + " lack " +
                                            text::quoted(key) +
                                            ", which tells rows apart: a `long` is taken");
  }

  void map_field(const LegacyValue& field, std::map<std::string, LegacyValue, std::less<>>& names) {
    const LegacyObject members{field};
    if (!field.is(ValueKind::object)) {
      layer_.context().refuse_kind(field, "the field", ValueKind::object);
      return;
    }
    const auto name = layer_.context().find_text(members, "name");
    if (!name || text::trimmed(name->text()).empty()) {
      layer_.context().report(rules::member_missing, field, "the field has no `name`");
      return;
    }
    const std::string called = name->text();
    if (!names.emplace(text::to_lower(called), *name).second) {
      layer_.context().report(rules::id_repeated, *name, "there is another field " + text::quoted(called));
      return;
    }
    layer_.claim(field, Outcome::mapped, {"fields", called});
    layer_.claim(*name, Outcome::mapped, {"fields", called});
    map_field_type(members, *name);
    const auto nullable = layer_.context().find(members, "nullable", ValueKind::boolean);
    if (!nullable) return;
    if (nullable->boolean()) return layer_.context().claim_default(*nullable);
    layer_.set({"fields", called, "nullable"}, "false");
    layer_.claim(*nullable, Outcome::mapped, {"fields", called, "nullable"});
  }

  void map_field_type(const LegacyObject& field, const LegacyValue& name) {
    const std::string called = name.text();
    const Path path = {"fields", called, "type"};
    const LayerMembers::Found type = layer_.find_first({{&field, "dataType"}, {&field, "type"}});
    const auto converted = type.value ? convert_field_type(type.value->text()) : std::nullopt;
    if (!converted) {
      layer_.set(path, rendering::quoted_text("string"));
      layer_.context().report(rules::value_assumed, type.value ? *type.value : name,
                              (type.value ? text::quoted(type.value->text()) + " is no type of fields"
                                          : "the field " + text::quoted(called) + " has no type") +
                                  ": `string` is taken");
      if (type.value) layer_.context().keep(*type.value, "it is no type of fields that the server has");
      return;
    }
    layer_.set(path, rendering::quoted_text(converted->name));
    const bool is_same = type.value->text() == converted->name;
    layer_.claim(*type.value, is_same ? Outcome::mapped : Outcome::converted, path, converted->note);
    layer_.merge(type, path, [&](const LegacyValue& other) {
      const auto read = convert_field_type(other.text());
      return read && read->name == converted->name;
    });
  }

  LayerMembers& layer_;
};

}  // namespace

void map_fields(LayerMembers& layer) { FieldMapper(layer).map(); }

}  // namespace honua::migration
