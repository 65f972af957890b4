// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <functional>
#include <unordered_map>

#include "validation/areas.h"

// `layer`: what each must have, and its table.
namespace honua::validation {

namespace {

constexpr Rule no_layer{"H1030", "no-layer", Severity::warning, "layer", "there is a layer to publish"};
constexpr Rule label_blank{"H1031", "layer-label-blank", Severity::error, "layer", "a layer has a label"};
constexpr Rule title_blank{"H1032", "layer-title-blank", Severity::error, "layer", "a layer has a title"};
constexpr Rule data_source_blank{"H1033", "layer-data-source-blank", Severity::error, "layer",
                                 "a layer names its data source"};
constexpr Rule table_blank{"H1034", "layer-table-blank", Severity::error, "layer", "a layer names its table"};
constexpr Rule id_field_blank{"H1035", "layer-id-field-blank", Severity::error, "layer",
                              "a layer names the column that identifies a row"};
constexpr Rule display_field_is_id{"H1130", "display-field-is-id", Severity::warning, "layer",
                                   "the column that names a row is not the one that identifies it"};
constexpr Rule same_table{"H1132", "layers-share-table", Severity::warning, "layer",
                          "a table is published by one layer"};
constexpr Rule table_malformed{"H1133", "table-malformed", Severity::error, "layer",
                               "a table is `name` or `schema.name`"};
constexpr Rule table_case{"H1134", "table-upper-case", Severity::warning, "layer",
                          "names of tables in PostgreSQL are in lower case"};
constexpr Rule table_unqualified{"H1144", "table-unqualified", Severity::warning, "layer",
                                 "tables in PostgreSQL are named with their schema in production"};

struct Required {
  std::string_view name;
  const Rule* rule;
  std::string_view help;
};
constexpr std::array required = {
    Required{"title", &title_blank, "add the name that people read: `title = \"...\"`"},
    Required{"data_source", &data_source_blank, "add `data_source = data_source.NAME`"},
    Required{"table", &table_blank, "add `table = \"schema.name\"`"},
    Required{"id_field", &id_field_blank, "add the column with the primary key: `id_field = \"...\"`"},
};

// Where to say that something is missing from the whole configuration.
SourceRange place_of_all(const Configuration& configuration) {
  for (const BlockType type : {BlockType::honua, BlockType::service, BlockType::data_source}) {
    if (!configuration.of(type).empty()) return configuration.of(type).front().header_range;
  }
  return {};
}

void check_any(Check& check) {
  if (!check.configuration().of(BlockType::layer).empty() || !check.has_all_blocks()) return;
  check.report(no_layer, place_of_all(check.configuration()), "there is no layer")
      .suggest("add `layer \"NAME\" { ... }` for each table to publish");
}

void check_required(const Block& layer, Check& check) {
  if (layer.label.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    check.report(label_blank, layer.label_range, "the label of this layer is blank")
        .suggest("name it: `layer \"NAME\" { ... }`");
  }
  for (const Required& one : required) {
    const Setting* setting = layer.find(one.name);
    if (!is_absent(setting) && !is_blank(setting)) continue;
    const bool absent = is_absent(setting);
    check
        .report(*one.rule, setting == nullptr ? layer.label_range : setting->range,
                absent ? address(layer) + " has no " + quoted(one.name)
                       : quoted(one.name) + " of " + address(layer) + " is blank")
        .suggest(std::string(one.help));
  }
}

void check_display_field(const Block& layer, Check& check) {
  const Setting* display = layer.find("display_field");
  const auto name = text_of(display);
  if (!name || is_blank(display)) return;
  const Setting* id = layer.find("id_field");
  if (text_of(id) != name) return;
  check.report(display_field_is_id, display->range, "rows are named by the column that identifies them")
      .label(id->range, "the column that identifies a row")
      .suggest("name a column that people read, or remove `display_field`");
}

// --- the table's name

struct TableName {
  std::size_t parts = 0;
  bool has_upper_case = false;  // outside of quotes
  bool valid = false;
};

constexpr std::size_t no_end = std::string_view::npos;

char closing_quote(char opening) {
  switch (opening) {
    case '"': return '"';
    case '`': return '`';
    case '[': return ']';
    default: return '\0';
  }
}

bool belongs_to_word(char c) {
  return static_cast<unsigned char>(c) > ' ' && c != '\x7f' &&
         std::string_view("\"'`[];(),").find(c) == std::string_view::npos;
}

// Where the part that starts at `at` ends; no_end if it is empty or malformed.
std::size_t end_of_part(std::string_view text, std::size_t at) {
  if (at == text.size()) return no_end;
  if (const char closing = closing_quote(text[at])) {
    std::size_t end = text.find(closing, at + 1);
    if (end == at + 1 && (end + 1 == text.size() || text[end + 1] != closing)) return no_end;
    // Within quotes a closing one is written twice.
    while (end != no_end && end + 1 < text.size() && text[end + 1] == closing)
      end = text.find(closing, end + 2);
    return end == no_end ? no_end : end + 1;
  }
  const std::size_t end = std::min(text.find('.', at), text.size());
  const std::string_view word = text.substr(at, end - at);
  const bool comment = word.find("--") != no_end || word.find("/*") != no_end;
  if (word.empty() || comment || !std::all_of(word.begin(), word.end(), &belongs_to_word)) return no_end;
  return end;
}

TableName read_table_name(std::string_view text) {
  TableName name;
  for (std::size_t at = 0;;) {
    const std::size_t end = end_of_part(text, at);
    if (end == no_end || (end < text.size() && text[end] != '.')) return name;
    ++name.parts;
    if (closing_quote(text[at]) == '\0') {
      name.has_upper_case |= std::any_of(text.begin() + static_cast<std::ptrdiff_t>(at),
                                         text.begin() + static_cast<std::ptrdiff_t>(end),
                                         [](char c) { return c >= 'A' && c <= 'Z'; });
    }
    if (end == text.size()) break;
    at = end + 1;
  }
  name.valid = true;
  return name;
}

std::string_view provider_of(const Block& layer, const Check& check) {
  const Block* source = check.data_source_of(layer);
  return source == nullptr ? std::string_view() : text_of(source->find("provider")).value_or("");
}

template <std::size_t size>
bool is_one_of(std::string_view word, const std::array<std::string_view, size>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view one) { return same_word(one, word); });
}

constexpr std::array<std::string_view, 4> postgresql = {"postgresql", "postgis", "postgres", "npgsql"};
// Where a third part, the database, is part of a name.
constexpr std::array<std::string_view, 6> three_parts = {"sqlserver", "mssql",     "duckdb",
                                                         "bigquery",  "snowflake", "redshift"};

void check_parts(const Block& layer, const Setting& table, std::size_t parts, Check& check) {
  const std::string_view provider = provider_of(layer, check);
  if (parts == 3 && (provider.empty() || is_one_of(provider, three_parts))) {
    if (provider.empty()) return;
    check
        .report_as(Severity::warning, table_malformed, table.range,
                   shown(table) + " has three parts: the server's checks understand two")
        .suggest("let the connection name the database, and write `schema.name`");
    return;
  }
  check.report(table_malformed, table.range, shown(table) + " has " + std::to_string(parts) + " parts")
      .suggest("write `name` or `schema.name`");
}

void check_table(const Block& layer, Check& check) {
  const Setting* table = layer.find("table");
  const auto text = text_of(table);
  if (!text || is_blank(table)) return;
  const TableName name = read_table_name(*text);
  if (!name.valid) {
    check.report(table_malformed, table->range, shown(*table) + " is not the name of a table")
        .suggest("write `name` or `schema.name`; put parts with other characters in quotes of their own");
    return;
  }
  if (name.parts > 2) return check_parts(layer, *table, name.parts, check);
  const bool unqualified = name.parts == 1 && check.is_production();
  if (!name.has_upper_case && !unqualified) return;
  if (!is_one_of(provider_of(layer, check), postgresql)) return;
  if (name.has_upper_case) {
    check.report(table_case, table->range, shown(*table) + " has upper-case letters")
        .suggest("write it in lower case, unless the table was created with its name in quotes");
  }
  if (unqualified) {
    check.report(table_unqualified, table->range, shown(*table) + " has no schema: `search_path` decides")
        .suggest("write `schema.name`" +
                 (is_secret(table) ? "" : ", for instance " + quoted("public." + std::string(*text))));
  }
}

// --- tables published twice

struct Published {
  std::string_view data_source;
  std::string_view table;
  std::string_view column;
  friend bool operator==(const Published&, const Published&) = default;
};
struct PublishedHash {
  std::size_t operator()(const Published& one) const {
    const std::hash<std::string_view> hash;
    return (hash(one.data_source) * 31 + hash(one.table)) * 31 + hash(one.column);
  }
};

std::optional<Published> published_by(const Block& layer) {
  const auto source = text_of(layer.find("data_source"));
  const auto table = text_of(layer.find("table"));
  if (!source || !table || table->empty()) return std::nullopt;
  const Setting* geometry = layer.find("geometry");
  if (is_absent(geometry)) return Published{*source, *table, {}};
  const auto column = text_of(geometry->find("column"));
  if (!column) return std::nullopt;
  return Published{*source, *table, *column};
}

// With another title or other fields, two layers may be meant.
bool are_told_apart(const Block& a, const Block& b) {
  if (!is_absent(a.find("fields")) || !is_absent(b.find("fields"))) return true;
  const auto title = text_of(a.find("title"));
  return title && text_of(b.find("title")) && title != text_of(b.find("title"));
}

void check_same_table(Check& check) {
  const auto& layers = check.configuration().of(BlockType::layer);
  std::unordered_map<Published, const Block*, PublishedHash> seen;
  seen.reserve(layers.size());
  for (const Block& layer : layers) {
    const auto published = published_by(layer);
    if (!published) continue;
    const auto [place, is_new] = seen.emplace(*published, &layer);
    const Block& first = *place->second;
    if (is_new || same_word(first.label, layer.label)) continue;
    // That a secret is the same as what is written elsewhere would tell it.
    if (is_secret(layer.find("table")) != is_secret(first.find("table"))) continue;
    check
        .report_as(are_told_apart(first, layer) ? Severity::info : Severity::warning, same_table,
                   layer.find("table")->range,
                   address(layer) + " publishes the same table as " + address(first))
        .label(first.find("table")->range, "published here already")
        .suggest("name one layer and all of its services, or correct the table");
  }
}

constexpr std::array units = {
    once(&check_any),
    once(&check_same_table),
    each(BlockType::layer, &check_required),
    each(BlockType::layer, &check_display_field),
    each(BlockType::layer, &check_table),
};

#define HONUA_LAYER(label, rest) "layer \"" label "\" {\n" rest "  services    = [service.ogc_api]\n}\n"
#define HONUA_PLAIN_LAYER(label, title, table)                              \
  HONUA_LAYER(label, "  title       = \"" title                             \
                     "\"\n  data_source = data_source.db\n  table       = " \
                     "\"" table "\"\n  id_field    = \"id\"\n")
#define HONUA_PRODUCTION                                                                     \
  "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = " \
  "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  }\n}\n"

constexpr std::array rules = {
    RuleInfo{
        &no_layer, "A server without layers has nothing to offer.",
        "service \"ogc_api\" {\n  enabled = false\n}\n/*\nlayer \"roads\" {\n}\n*/\n",
        "service \"ogc_api\" {\n  enabled = true\n}\n" HONUA_PLAIN_LAYER("roads", "Roads", "public.roads")},
    RuleInfo{&label_blank, "The label is the layer's id in every URL.",
             HONUA_PLAIN_LAYER("", "Roads", "public.roads"),
             HONUA_PLAIN_LAYER("roads", "Roads", "public.roads")},
    RuleInfo{&title_blank, "The title is what people see in lists of layers; the server requires it.",
             HONUA_PLAIN_LAYER("roads", "", "public.roads"),
             HONUA_PLAIN_LAYER("roads", "Roads", "public.roads")},
    RuleInfo{
        &data_source_blank, "Without a data source the server does not know where the table is.",
        HONUA_LAYER("roads",
                    "  title       = \"Roads\"\n  table       = \"public.roads\"\n  id_field    = \"id\"\n"),
        HONUA_PLAIN_LAYER("roads", "Roads", "public.roads")},
    RuleInfo{&table_blank, "Without a table a layer has no rows.", HONUA_PLAIN_LAYER("roads", "Roads", ""),
             HONUA_PLAIN_LAYER("roads", "Roads", "public.roads")},
    RuleInfo{&id_field_blank,
             "Features need an id that stays the same, or clients cannot ask for one of them.",
             HONUA_LAYER("roads",
                         "  title       = \"Roads\"\n  data_source = data_source.db\n"
                         "  table       = \"public.roads\"\n"),
             HONUA_PLAIN_LAYER("roads", "Roads", "public.roads")},
    RuleInfo{&display_field_is_id, "People then see numbers where they expect names.",
             HONUA_LAYER("roads",
                         "  title       = \"Roads\"\n  data_source = data_source.db\n"
                         "  table       = \"public.roads\"\n  id_field    = \"id\"\n"
                         "  display_field = \"id\"\n"),
             HONUA_LAYER("roads",
                         "  title       = \"Roads\"\n  data_source = data_source.db\n"
                         "  table       = \"public.roads\"\n  id_field    = \"id\"\n"
                         "  display_field = \"name\"\n")},
    RuleInfo{&same_table,
             "Layers have no filters, so two on one table show the same rows: often a copy whose table was "
             "forgotten.",
             HONUA_PLAIN_LAYER("roads", "Roads", "public.roads")
                 HONUA_PLAIN_LAYER("paths", "Paths", "public.roads"),
             HONUA_PLAIN_LAYER("roads", "Roads", "public.roads")
                 HONUA_PLAIN_LAYER("paths", "Paths", "public.paths")},
    RuleInfo{&table_malformed, "The name becomes part of SQL: what is no name breaks every query, or worse.",
             HONUA_PLAIN_LAYER("roads", "Roads", "public.roads; --"),
             HONUA_PLAIN_LAYER("roads", "Roads", "public.roads")},
    RuleInfo{&table_case,
             "PostgreSQL folds names to lower case unless they are quoted, so a name with upper-case letters "
             "is found in one kind of query and not in another.",
             HONUA_PLAIN_LAYER("roads", "Roads", "public.Roads"),
             HONUA_PLAIN_LAYER("roads", "Roads", "public.roads")},
    RuleInfo{&table_unqualified,
             "Which table is read then depends on the `search_path` of the role that connects.",
             HONUA_PRODUCTION HONUA_PLAIN_LAYER("roads", "Roads", "roads"),
             HONUA_PRODUCTION HONUA_PLAIN_LAYER("roads", "Roads", "public.roads")},
};

#undef HONUA_LAYER
#undef HONUA_PLAIN_LAYER
#undef HONUA_PRODUCTION

}  // namespace

const Area layer_area{units, rules};

}  // namespace honua::validation
