// SPDX-License-Identifier: MIT
#include "config/json_model.h"

#include <algorithm>
#include <array>
#include <span>

#include "config/body_source.h"
#include "config/rules.h"
#include "text/sanitize.h"
#include "text/unicode.h"

namespace honua::config {

namespace {

using syntax::NodeKind;

struct ModelMember {
  std::string_view name;
  BlockType type;
};

constexpr std::array model_members = {
    ModelMember{"Honua", BlockType::honua},        ModelMember{"DataSources", BlockType::data_source},
    ModelMember{"Services", BlockType::service},   ModelMember{"Layers", BlockType::layer},
    ModelMember{"Caches", BlockType::cache},       ModelMember{"RateLimit", BlockType::rate_limit},
    ModelMember{"Variables", BlockType::variable},
};

// Members of the root that nothing else has, in lower case.
constexpr std::array<std::string_view, 8> legacy_members = {"catalog",    "folders",        "rasterdatasets",
                                                            "styles",     "layergroups",    "server",
                                                            "apiversion", "geometryservice"};
constexpr std::array<std::string_view, 9> settings_members = {
    "connectionstrings", "logging",        "allowedhosts",     "readreplica",         "ratelimiting",
    "serilog",           "leaderelection", "highavailability", "configurationwatcher"};

bool is_one_of(std::string_view name, std::span<const std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Legacy metadata lists what the model keeps by id.
bool is_legacy_list(std::string_view name, syntax::Expression value) {
  return value.kind() == NodeKind::tuple && (name == "datasources" || name == "services" || name == "layers");
}

bool is_hcl_keyword(std::string_view name) {
  const BlockSchema* schema = find_block_schema(name);
  return schema != nullptr && schema->type != BlockType::honua && schema->type != BlockType::logging;
}

JsonContent content_of(std::string_view name, syntax::Expression value) {
  const std::string lower = text::to_lower(name);
  if (is_one_of(lower, legacy_members) || is_legacy_list(lower, value)) return JsonContent::legacy_metadata;
  if (is_hcl_keyword(name)) return JsonContent::hcl;
  if (is_one_of(lower, settings_members)) return JsonContent::application_settings;
  return find_model_member(name) != nullptr ? JsonContent::model : JsonContent::other;
}

// Which of two contents is the stronger evidence: `Honua` and `layers` occur
// in several kinds of documents.
int weight(JsonContent content) {
  switch (content) {
    case JsonContent::legacy_metadata: return 4;
    case JsonContent::hcl: return 3;
    case JsonContent::application_settings: return 2;
    case JsonContent::model: return 1;
    case JsonContent::other: return 0;
  }
  return 0;
}

}  // namespace

JsonDocument look_at_json(const syntax::Tree& tree) {
  const syntax::Expression root = tree.expression();
  const source::SourceRange range = root.range();
  JsonDocument found{JsonContent::other, {range.file, range.begin, std::min(range.begin + 1, range.end)}};
  if (root.kind() != NodeKind::object) return found;
  if (root.child_count() == 0) found.content = JsonContent::model;
  BodySource(root).visit(
      [&](const ItemName& name, syntax::Expression value) {
        const JsonContent content = content_of(name.text, value);
        if (weight(content) > weight(found.content)) found = {content, name.range};
      },
      [](syntax::Block) {});
  return found;
}

void report_no_model(const JsonDocument& document, diagnostics::Diagnostics& sink) {
  switch (document.content) {
    case JsonContent::model: return;
    case JsonContent::legacy_metadata:
      sink.report(rules::legacy_metadata, document.evidence,
                  "this is metadata of an older server, not a configuration")
          .suggest("`honua migrate FILE` makes a configuration of it");
      return;
    case JsonContent::application_settings:
      sink.report(rules::no_configuration, document.evidence,
                  "these are the application's settings, not a configuration")
          .suggest("the server reads them by itself; name the configuration only");
      return;
    case JsonContent::hcl:
      sink.report(rules::no_configuration, document.evidence,
                  "this is HCL's JSON form, which the server does not read under this name")
          .suggest("call the file NAME.hcl.json to have it checked, or take the model's names: " +
                   list_model_members());
      return;
    case JsonContent::other:
      sink.report(rules::no_configuration, document.evidence,
                  "nothing in this document belongs to a configuration")
          .suggest("a configuration in JSON has the members " + list_model_members());
      return;
  }
}

const BlockSchema* find_model_member(std::string_view name) {
  const std::string lower = text::to_lower(name);
  for (const ModelMember& member : model_members) {
    if (text::to_lower(member.name) == lower) return &schema_of(member.type);
  }
  return nullptr;
}

std::string list_model_members() {
  std::string list;
  for (const ModelMember& member : model_members)
    list += (list.empty() ? "" : ", ") + text::quoted(member.name);
  return list;
}

std::string model_name(std::string_view attribute) {
  std::string name;
  bool starts_word = true;
  for (const char c : attribute) {
    if (c != '_') name += starts_word && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    starts_word = c == '_';
  }
  return name;
}

bool is_model_name(std::string_view name, std::string_view attribute) {
  std::size_t at = 0;
  for (const char c : attribute) {
    if (c == '_') continue;
    if (at >= name.size()) return false;
    const char given = name[at++];
    if (given != c && (given < 'A' || given > 'Z' || given - 'A' + 'a' != c)) return false;
  }
  return at == name.size();
}

}  // namespace honua::config
