// SPDX-License-Identifier: MIT
#include "planning/field_changes.h"

#include <algorithm>
#include <array>

#include "planning/handlers.h"
#include "planning/plan_rules.h"
#include "text/sanitize.h"
#include "text/unicode.h"

// The fields of a `layer`.
namespace honua::planning {

namespace {

using text::quoted;

constexpr ChangeRule field_removed{
    .rule = plan_rule("P2001", "field-removed", Level::breaking, "a layer no longer publishes a field"),
    .level = Level::breaking,
    .area = Area::field,
    .family = "P2001",
    .direction = Direction::less,
    .why = "Filters, styles, queries and schemas of clients that name the field fail.",
    .advice = "announce it, and keep the field until clients have moved",
    .before = "layer \"roads\" {\n  fields {\n    name { type = \"string\" }\n  }\n}\n",
    .after = "layer \"roads\" {\n  fields {\n  }\n}\n"};
constexpr ChangeRule field_added{
    .rule = plan_rule("P2002", "field-added", Level::additive, "a layer publishes a further field"),
    .level = Level::additive,
    .area = Area::field,
    .family = "P2001",
    .direction = Direction::more,
    .why =
        "Most clients do not mind. Risky where the layer is in a service whose clients keep a fixed schema "
        "(WFS): "
        "they may refuse what they do not know. Make sure that the column may be public.",
    .before = "layer \"roads\" {\n  fields {\n  }\n}\n",
    .after = "layer \"roads\" {\n  fields {\n    name { type = \"string\" }\n  }\n}\n"};
constexpr ChangeRule required_added{
    .rule = plan_rule("P2003", "field-required-added", Level::breaking,
                      "items that clients write must have a further field"),
    .level = Level::breaking,
    .area = Area::field,
    .family = "P2001",
    .direction = Direction::more,
    .why = "Clients that do not know the field cannot write items any more.",
    .advice = "add it as `nullable = true` first",
    .before =
        "service \"ogc_api\" {\n  allow_transactions = true\n}\nlayer \"roads\" {\n  fields {\n  }\n}\n",
    .after =
        "service \"ogc_api\" {\n  allow_transactions = true\n}\nlayer \"roads\" {\n  fields {\n    kind {\n  "
        "    "
        "type = \"int\"\n      nullable = false\n    }\n  }\n}\n"};
constexpr ChangeRule type_changed{
    .rule = plan_rule("P2004", "field-type-changed", Level::breaking, "a field's values are of another type"),
    .level = Level::breaking,
    .area = Area::field,
    .family = "P2004",
    .why = "Clients read the values as what they were.",
    .advice = "publish the values as a field of another name",
    .before = "layer \"roads\" {\n  fields {\n    kind { type = \"int\" }\n  }\n}\n",
    .after = "layer \"roads\" {\n  fields {\n    kind { type = \"string\" }\n  }\n}\n"};
constexpr ChangeRule type_widened{
    .rule = plan_rule("P2005", "field-type-widened", Level::risky, "a field's values may be larger or finer"),
    .level = Level::risky,
    .area = Area::field,
    .family = "P2005",
    .direction = Direction::more,
    .why = "Clients with the narrower type cannot hold every value.",
    .before = "layer \"roads\" {\n  fields {\n    kind { type = \"int\" }\n  }\n}\n",
    .after = "layer \"roads\" {\n  fields {\n    kind { type = \"long\" }\n  }\n}\n"};
constexpr ChangeRule type_narrowed{
    .rule = plan_rule("P2505", "field-type-narrowed", Level::breaking, "a field holds fewer values"),
    .level = Level::breaking,
    .area = Area::field,
    .family = "P2005",
    .direction = Direction::less,
    .why = "Values that clients read or write today do not fit any more.",
    .advice = "look for values that do not fit before it is live",
    .before = "layer \"roads\" {\n  fields {\n    kind { type = \"long\" }\n  }\n}\n",
    .after = "layer \"roads\" {\n  fields {\n    kind { type = \"int\" }\n  }\n}\n"};
constexpr ChangeRule renamed{
    .rule = plan_rule("P2007", "field-renamed", Level::breaking, "a field has another name"),
    .level = Level::breaking,
    .area = Area::field,
    .family = "P2007",
    .why =
        "Filters, styles, queries and schemas of clients that name the field fail. That it is the same field "
        "is known only from `--moved`: honua proposes it where one field goes and another one of the same "
        "type comes, and never takes it for granted.",
    .advice = "publish the values under both names until clients have moved",
    .before = "layer \"roads\" {\n  fields {\n    name { type = \"string\" }\n  }\n}\n",
    .after = "layer \"roads\" {\n  fields {\n    label { type = \"string\" }\n  }\n}\n",
    .moved = "layer.roads.fields.name=layer.roads.fields.label"};
constexpr ChangeRule type_spelt{
    .rule = plan_rule("P2507", "field-type-spelling", Level::neutral, "a field's type is called otherwise"),
    .effect = Effect::none,
    .area = Area::field,
    .family = "P2507",
    .why = "Both names are of one type.",
    .before = "layer \"roads\" {\n  fields {\n    kind { type = \"int\" }\n  }\n}\n",
    .after = "layer \"roads\" {\n  fields {\n    kind { type = \"integer\" }\n  }\n}\n"};
constexpr ChangeRule nullable_relaxed{
    .rule = plan_rule("P2006", "field-nullable-relaxed", Level::risky, "a field's values may be missing"),
    .level = Level::risky,
    .area = Area::field,
    .family = "P2006",
    .direction = Direction::more,
    .why = "Clients that count on a value get none.",
    .before =
        "layer \"roads\" {\n  fields {\n    kind {\n      type = \"int\"\n      nullable = false\n    }\n  "
        "}\n}\n",
    .after =
        "layer \"roads\" {\n  fields {\n    kind {\n      type = \"int\"\n      nullable = true\n    }\n  "
        "}\n}\n"};
constexpr ChangeRule nullable_tightened{
    .rule = plan_rule("P2506", "field-nullable-tightened", Level::neutral, "a field always has a value"),
    .area = Area::field,
    .family = "P2006",
    .direction = Direction::less,
    .why =
        "Readers see no difference. Breaking where a service takes changes: items without the value are "
        "refused.",
    .before =
        "layer \"roads\" {\n  fields {\n    kind {\n      type = \"int\"\n      nullable = true\n    }\n  "
        "}\n}\n",
    .after =
        "layer \"roads\" {\n  fields {\n    kind {\n      type = \"int\"\n      nullable = false\n    }\n  "
        "}\n}\n"};
constexpr ChangeRule setting_changed{
    .rule = plan_rule("P2090", "field-setting-changed", Level::risky,
                      "a setting of a field changed whose meaning is not known here"),
    .level = Level::risky,
    .area = Area::field,
    .family = "P2090",
    .why = "No schema knows the setting: what the server makes of it cannot be told."};

constexpr std::array all_rules = {&field_removed,    &field_added,        &required_added, &type_changed,
                                  &type_widened,     &type_narrowed,      &renamed,        &type_spelt,
                                  &nullable_relaxed, &nullable_tightened, &setting_changed};

// Names that mean one type, and for numbers how much it holds within its class; types of no class fit only
// themselves.
struct FieldType {
  std::string_view name;
  std::string_view meaning;
  std::string_view numbers;  // the class
  int size;
};
constexpr std::array field_types = {
    FieldType{"int", "int", "whole", 1},    FieldType{"integer", "int", "whole", 1},
    FieldType{"long", "long", "whole", 2},  FieldType{"bigint", "long", "whole", 2},
    FieldType{"float", "float", "real", 1}, FieldType{"double", "double", "real", 2},
    FieldType{"string", "string", "", 0},   FieldType{"text", "string", "", 0},
    FieldType{"bool", "bool", "", 0},       FieldType{"boolean", "bool", "", 0},
    FieldType{"guid", "guid", "", 0},       FieldType{"uuid", "guid", "", 0}};

FieldType field_type(const std::string& name) {
  const auto found = std::ranges::find(field_types, name, &FieldType::name);
  return found == field_types.end() ? FieldType{name, name, "", 0} : *found;
}

std::string field_name(const Difference& difference) { return quoted(difference.path[1]); }

std::string layer_name(const Difference& difference) { return quoted(address_of(*difference.block)); }

// Whether items that clients write need it: as far as one side's `field` says.
bool is_required(const Node& field, const Node& layer, const PublishedModel& side) {
  return !field.member("nullable").boolean().value_or(true) && side.is_editable(layer);
}

bool has_fixed_schema(const Difference& difference, const Grader& grader) {
  return grader.before().is_in_type(difference.block->before, "wfs") &&
         grader.after().is_in_type(difference.block->after, "wfs");
}

}  // namespace

void grade_field(const Difference& difference, Grader& grader) {
  if (difference.before.is_given() && difference.after.is_given()) return grader.report_undecided(difference);
  const std::string what = "the field " + field_name(difference) + " of " + layer_name(difference);
  if (!difference.after.is_given()) {
    grader.report(field_removed, difference, what + " is gone");
  } else if (is_required(difference.after, difference.block->after, grader.after())) {
    grader.report(required_added, difference, what + " is new, and items that clients write must have it");
  } else {
    Change& made = grader.report(field_added, difference, what + " is new");
    if (made.level == Level::additive && has_fixed_schema(difference, grader)) made.level = Level::risky;
  }
}

void grade_renamed_field(const Difference& difference, const std::string& old_name, Grader& grader) {
  grader.report(renamed, difference,
                "the field " + quoted(old_name) + " of " + layer_name(difference) + " is called " +
                    field_name(difference) + " now");
}

void grade_field_type(const Difference& difference, Grader& grader) {
  const auto names = texts(difference);
  if (!names) return grader.report_undecided(difference);
  const std::string before = text::to_lower(names->before);
  const std::string after = text::to_lower(names->after);
  const FieldType from = field_type(before);
  const FieldType to = field_type(after);
  const bool is_comparable = !from.numbers.empty() && from.numbers == to.numbers;
  const ChangeRule& rule = from.meaning == to.meaning             ? type_spelt
                           : is_comparable && to.size > from.size ? type_widened
                           : is_comparable && to.size < from.size ? type_narrowed
                                                                  : type_changed;
  grader.report(rule, difference,
                "the values of the field " + field_name(difference) + " of " + layer_name(difference) +
                    " change their type: " + from_to(difference));
}

void grade_field_nullable(const Difference& difference, Grader& grader) {
  const auto both = flags(difference, true);
  if (!both) return grader.report_undecided(difference);
  const std::string what = "values of the field " + field_name(difference) + " of " + layer_name(difference);
  if (both->after) {
    grader.report(nullable_relaxed, difference, what + " may be missing");
    return;
  }
  Change& made = grader.report(nullable_tightened, difference, what + " must not be missing any more");
  const bool is_reachable = grader.after().is_published(difference.block->after);
  if (is_reachable && grader.after().is_editable(difference.block->after)) made.level = Level::breaking;
}

void grade_field_other(const Difference& difference, Grader& grader) {
  grader.report(setting_changed, difference, setting_change(difference));
}

namespace rules {

std::span<const ChangeRule* const> field_rules() { return all_rules; }

}  // namespace rules

}  // namespace honua::planning
