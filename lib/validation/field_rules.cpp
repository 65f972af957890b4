// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <vector>

#include "validation/areas.h"

// `fields` of a layer.
namespace honua::validation {

namespace {

constexpr Rule no_fields{"H1041", "no-fields", Severity::error, "layer",
                         "a layer lists its fields or introspects them"};
constexpr Rule type_blank{"H1042", "field-type-blank", Severity::error, "layer", "a field has a type"};
constexpr Rule type_unknown{"H1043", "field-type-unknown", Severity::warning, "layer",
                            "a field's type is one that the server knows"};
constexpr Rule geometry_type{"H1135", "geometry-field-type", Severity::error, "layer",
                             "the field with the geometry is of type `geometry`"};
constexpr Rule fields_and_introspection{"H1136", "fields-and-introspection", Severity::warning, "layer",
                                        "fields are listed or introspected, not both"};
constexpr Rule differ_by_case{"H1145", "fields-differ-by-case", Severity::warning, "layer",
                              "names of fields differ by more than case"};
constexpr Rule several_geometries{"H1146", "several-geometry-fields", Severity::warning, "layer",
                                  "a layer has one field of type `geometry`"};
constexpr Rule id_nullable{"H1147", "id-field-nullable", Severity::warning, "layer",
                           "the field that identifies a row is not nullable"};
constexpr Rule id_type{"H1148", "id-field-type", Severity::error, "layer",
                       "the field that identifies a row has values that can be compared"};
constexpr Rule geometry_unlisted{"H2003", "geometry-field-unlisted", Severity::warning, "layer",
                                 "listed fields include the geometry's column"};
constexpr Rule id_unlisted{"H2004", "id-field-unlisted", Severity::warning, "layer",
                           "listed fields include the column that identifies a row"};
constexpr Rule display_unlisted{"H2005", "display-field-unlisted", Severity::warning, "layer",
                                "listed fields include the column that names a row"};

const Setting* fields_of(const Block& layer) {
  const Setting* fields = layer.find("fields");
  return fields == nullptr || fields->items().empty() ? nullptr : fields;
}

bool introspects(const Block& layer) { return effective_flag(layer, "introspect_fields").value_or(false); }

// --- each field

struct OtherName {
  std::string_view given;
  std::string_view meant;
};
// What databases call these types.
constexpr std::array other_names = {
    OtherName{"timestamp", "datetime"},
    OtherName{"timestamptz", "datetimeoffset"},
    OtherName{"varchar", "string"},
    OtherName{"nvarchar", "string"},
    OtherName{"char", "string"},
    OtherName{"number", "double"},
    OtherName{"numeric", "decimal"},
    OtherName{"real", "float"},
    OtherName{"smallint", "int"},
    OtherName{"int2", "int"},
    OtherName{"int4", "int"},
    OtherName{"int32", "int"},
    OtherName{"int8", "long"},
    OtherName{"int64", "long"},
    OtherName{"jsonb", "json"},
    OtherName{"bytea", "binary"},
    OtherName{"blob", "binary"},
    OtherName{"point", "geometry"},
    OtherName{"linestring", "geometry"},
    OtherName{"polygon", "geometry"},
};

bool is_known_type(const Setting& type, std::string_view text) {
  const auto values = type.schema()->values;
  if (std::find(values.begin(), values.end(), text) != values.end()) return true;
  return std::any_of(values.begin(), values.end(),
                     [&](std::string_view one) { return same_word(one, text); });
}

void report_unknown_type(const Setting& type, std::string_view text, Check& check) {
  auto& made = check.report(type_unknown, type.range, shown(type) + " is no type that the server knows");
  if (type.sensitive) return;
  for (const OtherName& one : other_names) {
    if (!same_word(one.given, text)) continue;
    made.suggest("write " + quoted(one.meant));
    return;
  }
  const auto values = type.schema()->values;
  suggest_from(made, text, {values.begin(), values.end()});
}

void check_types(const Block& layer, Check& check) {
  const Setting* fields = fields_of(layer);
  if (fields == nullptr) return;
  for (const Setting& field : fields->items()) {
    if (!field.is(SettingKind::object)) continue;
    const Setting* type = field.find("type");
    if (is_absent(type) || is_blank(type)) {
      check
          .report(type_blank, type == nullptr ? field.name_range() : type->range,
                  "the field " + quoted(field.name()) + " of " + address(layer) + " has no type")
          .suggest("add `type = \"string\"`, or what the column holds");
      continue;
    }
    const auto text = type->text();
    if (text && type->schema() != nullptr && !is_known_type(*type, *text))
      report_unknown_type(*type, *text, check);
  }
}

// --- names

constexpr std::array<std::string_view, 6> case_blind = {"sqlserver", "mssql",  "mysql",
                                                        "mariadb",   "sqlite", "sqlite3"};

bool is_case_blind(const Block* data_source) {
  const auto provider = data_source == nullptr ? std::nullopt : text_of(data_source->find("provider"));
  return provider && std::any_of(case_blind.begin(), case_blind.end(),
                                 [&](std::string_view one) { return same_word(one, *provider); });
}

char lower_of(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

int compare_words(std::string_view a, std::string_view b) {
  const std::size_t shared = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < shared; ++i) {
    if (const int difference = lower_of(a[i]) - lower_of(b[i])) return difference;
  }
  return a.size() < b.size() ? -1 : static_cast<int>(a.size() > b.size());
}

void check_names(const Block& layer, Check& check) {
  const Setting* fields = fields_of(layer);
  if (fields == nullptr || fields->items().size() < 2) return;
  std::vector<const Setting*> sorted;
  sorted.reserve(fields->items().size());
  for (const Setting& field : fields->items()) sorted.push_back(&field);
  std::sort(sorted.begin(), sorted.end(), [](const Setting* a, const Setting* b) {
    const int order = compare_words(a->name(), b->name());
    return order != 0 ? order < 0 : a < b;
  });
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    const Setting& first = *sorted[i - 1];
    const Setting& second = *sorted[i];
    if (first.name() == second.name() || compare_words(first.name(), second.name()) != 0) continue;
    const Severity severity =
        is_case_blind(check.data_source_of(layer)) ? Severity::error : differ_by_case.severity;
    check
        .report_as(severity, differ_by_case, second.name_range(),
                   quoted(second.name()) + " differs from " + quoted(first.name()) + " by case only")
        .label(first.name_range(), "the other one")
        .suggest("remove the one that the table does not have");
  }
}

// --- the columns that a layer names

const Setting* geometry_column(const Block& layer) {
  const Setting* geometry = layer.find("geometry");
  return geometry == nullptr ? nullptr : geometry->find("column");
}

std::optional<std::string_view> type_of(const Setting* field) {
  const Setting* type = field == nullptr ? nullptr : field->find("type");
  return type != nullptr && type->is(SettingKind::text) ? type->text() : std::nullopt;
}

struct Named {
  const Setting* column;
  const Rule* rule;
  std::string_view what;
  bool is_field;  // without it a layer that lists all its fields is broken; a geometry has a block of its own
};

void check_listed(const Block& layer, Check& check) {
  const Setting* fields = fields_of(layer);
  if (fields == nullptr) return;
  const std::array named = {
      Named{geometry_column(layer), &geometry_unlisted, "the geometry's column", false},
      Named{layer.find("id_field"), &id_unlisted, "the column that identifies a row", true},
      Named{layer.find("display_field"), &display_unlisted, "the column that names a row", true},
  };
  for (const Named& one : named) {
    const auto name = text_of(one.column);
    if (!name || is_blank(one.column) || fields->find(*name) != nullptr) continue;
    const bool only_these = one.is_field && flag_of(layer.find("introspect_fields")) == false;
    auto& made =
        check.report_as(only_these ? Severity::error : Severity::warning, *one.rule, one.column->range,
                        std::string(one.what) + ", " + shown(*one.column) + ", is not among the fields");
    made.label(fields->name_range(), "the fields");
    made.suggest("add it to `fields`, or name one that is there");
  }
}

void check_introspection(const Block& layer, Check& check) {
  const Setting* fields = layer.find("fields");
  const Setting* introspect = layer.find("introspect_fields");
  if (flag_of(introspect) == false &&
      (is_absent(fields) || (fields->is_known() && fields->items().empty()))) {
    check
        .report(no_fields, introspect->range,
                address(layer) + " neither introspects its fields nor lists any")
        .suggest("list them in `fields`, or write `introspect_fields = true`");
    return;
  }
  if (fields_of(layer) == nullptr || !introspects(layer)) return;
  auto& made = check.report(fields_and_introspection, fields->name_range(),
                            "fields are listed although `introspect_fields` is true" +
                                std::string(is_absent(introspect) ? " unless said otherwise" : ""));
  if (!is_absent(introspect)) made.label(introspect->range, "switched on here");
  made.suggest("write `introspect_fields = false` to publish these, or remove `fields` to publish all");
}

void check_geometry_fields(const Block& layer, Check& check) {
  const Setting* fields = fields_of(layer);
  if (fields == nullptr) return;
  const auto column = text_of(geometry_column(layer));
  const Setting* field = column ? fields->find(*column) : nullptr;
  const auto type = type_of(field);
  if (type && !same_word(*type, "geometry") && is_known_type(*field->find("type"), *type)) {
    check
        .report(geometry_type, field->find("type")->range,
                "the geometry's field has the type " + shown(*field->find("type")))
        .label(geometry_column(layer)->range, "the geometry's column")
        .suggest("write `type = \"geometry\"`");
  }
  const Setting* first = nullptr;
  for (const Setting& one : fields->items()) {
    const auto its_type = type_of(&one);
    if (!its_type || !same_word(*its_type, "geometry")) continue;
    if (first == nullptr) {
      first = &one;
      continue;
    }
    check
        .report(several_geometries, one.name_range(),
                quoted(one.name()) + " is a further field of type `geometry`")
        .label(first->name_range(), "the first one")
        .suggest("publish each geometry by a layer of its own");
    return;
  }
}

void check_id_field(const Block& layer, Check& check) {
  const Setting* fields = fields_of(layer);
  const auto name = fields == nullptr ? std::nullopt : text_of(layer.find("id_field"));
  const Setting* field = name ? fields->find(*name) : nullptr;
  if (field == nullptr) return;
  const Setting* nullable = field->find("nullable");
  if (flag_of(nullable) == true) {
    check.report(id_nullable, nullable->range, "the field that identifies a row may be missing")
        .suggest("write `nullable = false`");
  }
  const auto type = type_of(field);
  if (type && (same_word(*type, "geometry") || same_word(*type, "json") || same_word(*type, "binary"))) {
    check
        .report(id_type, field->find("type")->range,
                "rows are identified by a field of the type " + shown(*field->find("type")))
        .label(layer.find("id_field")->range, "identifies a row")
        .suggest("name the column with the primary key");
  }
}

constexpr std::array units = {
    each(BlockType::layer, &check_introspection),   each(BlockType::layer, &check_types),
    each(BlockType::layer, &check_names),           each(BlockType::layer, &check_listed),
    each(BlockType::layer, &check_geometry_fields), each(BlockType::layer, &check_id_field),
};

// A layer without `introspect_fields` and `fields`, and one with these fields.
#define HONUA_LAYER(rest)                                                                           \
  "layer \"roads\" {\n  title         = \"Roads\"\n  data_source   = data_source.db\n"              \
  "  table         = \"public.roads\"\n  id_field      = \"id\"\n  display_field = \"name\"\n"      \
  "  geometry {\n    column = \"geom\"\n    type   = \"LineString\"\n    srid   = 4326\n  }\n" rest \
  "  services = [service.ogc_api]\n}\n"
#define HONUA_FIELDS(fields) HONUA_LAYER("  introspect_fields = false\n  fields = {\n" fields "  }\n")
#define HONUA_FIELD(name, type) "    " name " = { type = \"" type "\" }\n"
#define HONUA_GOOD_FIELDS \
  HONUA_FIELD("id", "int") HONUA_FIELD("name", "string") HONUA_FIELD("geom", "geometry")

constexpr std::array rules = {
    RuleInfo{&no_fields, "Such a layer has no columns to publish.",
             HONUA_LAYER("  introspect_fields = false\n"), HONUA_LAYER("  introspect_fields = true\n")},
    RuleInfo{&type_blank, "Clients are told each field's type.",
             HONUA_FIELDS(HONUA_GOOD_FIELDS HONUA_FIELD("length", "")),
             HONUA_FIELDS(HONUA_GOOD_FIELDS HONUA_FIELD("length", "double"))},
    RuleInfo{&type_unknown, "The server publishes a field of a type that it does not know as text.",
             HONUA_FIELDS(HONUA_GOOD_FIELDS HONUA_FIELD("built", "timestamp")),
             HONUA_FIELDS(HONUA_GOOD_FIELDS HONUA_FIELD("built", "datetime"))},
    RuleInfo{
        &geometry_type, "The geometry would be published as something else.",
        HONUA_FIELDS(HONUA_FIELD("id", "int") HONUA_FIELD("name", "string") HONUA_FIELD("geom", "binary")),
        HONUA_FIELDS(HONUA_GOOD_FIELDS)},
    RuleInfo{&fields_and_introspection,
             "The documentation publishes all columns in this case, the server the listed ones: say which "
             "you mean.",
             HONUA_LAYER("  fields = {\n" HONUA_GOOD_FIELDS "  }\n"), HONUA_FIELDS(HONUA_GOOD_FIELDS)},
    RuleInfo{&differ_by_case, "Many databases and clients do not tell such names apart.",
             HONUA_FIELDS(HONUA_GOOD_FIELDS HONUA_FIELD("Name", "string")),
             HONUA_FIELDS(HONUA_GOOD_FIELDS HONUA_FIELD("number", "string"))},
    RuleInfo{&several_geometries, "A layer publishes one geometry; clients do not expect more.",
             HONUA_FIELDS(HONUA_GOOD_FIELDS HONUA_FIELD("centre", "geometry")),
             HONUA_FIELDS(HONUA_GOOD_FIELDS)},
    RuleInfo{&id_nullable, "A row without an id cannot be asked for, changed or removed.",
             HONUA_FIELDS("    id = { type = \"int\", nullable = true }\n" HONUA_FIELD("name", "string")
                              HONUA_FIELD("geom", "geometry")),
             HONUA_FIELDS("    id = { type = \"int\", nullable = false }\n" HONUA_FIELD("name", "string")
                              HONUA_FIELD("geom", "geometry"))},
    RuleInfo{
        &id_type, "Ids stand in URLs and are looked up: these values fit neither.",
        HONUA_FIELDS(HONUA_FIELD("id", "json") HONUA_FIELD("name", "string") HONUA_FIELD("geom", "geometry")),
        HONUA_FIELDS(HONUA_GOOD_FIELDS)},
    RuleInfo{&geometry_unlisted,
             "Where the listed fields are all there are, features come without their geometry.",
             HONUA_FIELDS(HONUA_FIELD("id", "int") HONUA_FIELD("name", "string")),
             HONUA_FIELDS(HONUA_GOOD_FIELDS)},
    RuleInfo{&id_unlisted, "Where the listed fields are all there are, features come without their id.",
             HONUA_FIELDS(HONUA_FIELD("name", "string") HONUA_FIELD("geom", "geometry")),
             HONUA_FIELDS(HONUA_GOOD_FIELDS)},
    RuleInfo{&display_unlisted, "Where the listed fields are all there are, features come without a name.",
             HONUA_FIELDS(HONUA_FIELD("id", "int") HONUA_FIELD("geom", "geometry")),
             HONUA_FIELDS(HONUA_GOOD_FIELDS)},
};

#undef HONUA_LAYER
#undef HONUA_FIELDS
#undef HONUA_FIELD
#undef HONUA_GOOD_FIELDS

}  // namespace

const Area field_area{units, rules};

}  // namespace honua::validation
