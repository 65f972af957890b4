// SPDX-License-Identifier: MIT
#include "migration/migration.h"

#include <algorithm>
#include <array>

#include "config/schema.h"
#include "migration/account_walk.h"
#include "migration/context.h"
#include "migration/mappers.h"
#include "migration/rules.h"
#include "migration/unsupported.h"
#include "migration/yaml_text.h"
#include "rendering/hcl_writer.h"
#include "rendering/quoted_text.h"
#include "syntax/parser.h"
#include "text/digest.h"
#include "text/json_writer.h"
#include "text/sanitize.h"
#include "text/suggest.h"
#include "text/words.h"

namespace honua::migration {

namespace {

using diagnostics::Diagnostics;

constexpr std::string_view default_environment = "production";

// What a metadata document has at least one of.
constexpr auto metadata_members =
    std::to_array<std::string_view>({"dataSources", "services", "layers", "server", "catalog", "folders",
                                     "rasterDatasets", "styles", "layerGroups", "geometryService"});
// What application settings have: sections of the server's, of its hosting and of its logging.
constexpr auto settings_members = std::to_array<std::string_view>({"honua",
                                                                   "ConnectionStrings",
                                                                   "Logging",
                                                                   "AllowedHosts",
                                                                   "Serilog",
                                                                   "Kestrel",
                                                                   "Redis",
                                                                   "RateLimiting",
                                                                   "RequestLimits",
                                                                   "ReadReplica",
                                                                   "LeaderElection",
                                                                   "HighAvailability",
                                                                   "BackgroundJobs",
                                                                   "Plugins",
                                                                   "ConfigurationWatcher",
                                                                   "HealthChecks",
                                                                   "OpenTelemetry",
                                                                   "observability",
                                                                   "Authentication",
                                                                   "Features",
                                                                   "FeatureFlags",
                                                                   "SecurityHeaders",
                                                                   "Resilience",
                                                                   "Performance",
                                                                   "TrustedProxies",
                                                                   "GitOps",
                                                                   "Alerts",
                                                                   "AlertEscalation",
                                                                   "OutputCaching",
                                                                   "Telemetry",
                                                                   "ApiVersioning",
                                                                   "SchemaValidation",
                                                                   "QueryTimeout",
                                                                   "QueryResultCache",
                                                                   "CacheInvalidation",
                                                                   "GeoETL",
                                                                   "LlmProvider",
                                                                   "SensorThings",
                                                                   "ProcessFramework",
                                                                   "DataAccess"});
// What a layer has that nothing else has.
constexpr auto layer_members =
    std::to_array<std::string_view>({"geometryType", "idField", "geometryField", "storage", "sqlView"});

template <std::size_t Size>
bool has_any(const LegacyObject& object, const std::array<std::string_view, Size>& names) {
  return std::ranges::any_of(names, [&](std::string_view one) { return object.find(one).has_value(); });
}

// The first byte that is no blank and in no comment.
char first_character(const source::SourceFile& file) {
  std::string_view rest = file.text().substr(file.content_begin());
  while (true) {
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
    const bool is_line = rest.starts_with("//");
    if (!is_line && !rest.starts_with("/*")) return rest.empty() ? '\0' : rest.front();
    const std::size_t closer = is_line ? rest.find('\n') : rest.find("*/");
    rest.remove_prefix(std::min(closer == std::string_view::npos ? closer : closer + 2, rest.size()));
  }
}

source::SourceRange first_line(const source::SourceFile& file) { return file.line_range(1); }

}  // namespace

class Migrator {
 public:
  Migrator(const source::SourceFile& document, const MigrationOptions& options, Diagnostics& sink)
      : document_(document), options_(options), sink_(sink) {}

  std::unique_ptr<Migration> run() {
    if (!parse()) return nullptr;
    auto made = run_on_tree();
    // Findings in YAML lie where its values stand, which is not where JSON has them.
    if (yaml_ != nullptr) place_findings();
    return made;
  }

 private:
  bool parse() {
    const std::string_view text = document_.text().substr(document_.content_begin());
    const char first = first_character(document_);
    if (first != '{' && first != '[' && looks_like_yaml(text)) return parse_yaml();
    if (!looks_like_json()) return false;
    made_ =
        std::make_unique<Migration>(syntax::parse_json_value(document_, syntax::JsonForm::relaxed, sink_));
    return !sink_.has_errors();
  }

  bool parse_yaml() {
    auto yaml = read_yaml(document_, sink_);
    if (!yaml) return false;
    auto text = std::make_unique<YamlText>(*std::move(yaml));
    auto converted = std::make_unique<source::SourceFile>(document_.id(), document_.name(), text->json());
    syntax::Tree tree = syntax::parse_json_value(*converted, syntax::JsonForm::strict, sink_);
    yaml_ = text.get();
    made_ = std::make_unique<Migration>(std::move(tree), std::move(text), std::move(converted));
    if (sink_.has_errors()) place_findings();
    return !sink_.has_errors();
  }

  void place_findings() {
    sink_.visit([&](diagnostics::Diagnostic& one) {
      one.range = yaml_->place_of(one.range.begin);
      for (diagnostics::Label& label : one.labels) label.range = yaml_->place_of(label.range.begin);
    });
  }

  std::unique_ptr<Migration> run_on_tree() {
    made_->account_.expect(made_->tree_.node_count());
    Context context(options_, made_->account_, sink_);
    if (yaml_ != nullptr) context.take_scalars_for_texts();
    const LegacyValue root(made_->tree_.expression());
    if (!is_metadata(root)) return nullptr;
    check_repeats(root);
    map(root, context);
    if (sink_.has_errors()) return nullptr;
    index_blocks(context);
    walk(root, context);
    if (sink_.has_errors()) return nullptr;
    write(context);
    made_->variables = std::move(context.variables);
    made_->renamed.insert(made_->renamed.begin(), context.renamed.begin(), context.renamed.end());
    return std::move(made_);
  }

  bool looks_like_json() {
    const char first = first_character(document_);
    if (first == '{' || first == '[') return true;
    auto& found = sink_.report(rules::not_legacy, first_line(document_),
                               first == '\0' ? "the document is empty" : "this is neither JSON nor YAML");
    found.suggest(
        "legacy metadata is an object with `dataSources`, `services` and `layers`, in JSON or YAML");
    if (first != '\0') found.suggest("a configuration in HCL is what `honua migrate` writes");
    return false;
  }

  bool is_metadata(const LegacyValue& root) {
    if (!root.is(ValueKind::object)) {
      sink_.report(rules::not_legacy, {document_.id(), root.range().begin, root.range().begin + 1},
                   "the document is " + std::string(describe(root.kind())) + ", and has to be an object");
      return false;
    }
    const LegacyObject members{root};
    if (has_any(members, metadata_members)) return true;
    made_->blocks_.is_settings = has_any(members, settings_members);
    if (made_->blocks_.is_settings) return true;
    auto& found = sink_.report(
        rules::not_legacy, {document_.id(), root.range().begin, root.range().begin + 1},
        "this is no metadata, which has `dataSources`, `services` or `layers`, and no application "
        "settings");
    if (has_any(members, layer_members))
      found.suggest("it looks like a single layer: put it into the `layers` of a document");
    return false;
  }

  // Old servers read the last of several members of one name; no pointer tells them apart.
  void check_repeats(const LegacyValue& value) {
    std::vector<std::pair<LegacyName, LegacyValue>> members;
    if (value.is(ValueKind::array)) value.each_element([&](const LegacyValue& one) { check_repeats(one); });
    if (!value.is(ValueKind::object)) return;
    value.each_named([&](LegacyName name, const LegacyValue& one) {
      check_repeats(one);
      members.emplace_back(std::move(name), one);
    });
    const auto name_of = [](const auto& one) { return one.first.view(); };
    // Most objects are small, and have their members in any order.
    std::ranges::stable_sort(members, {}, name_of);
    for (std::size_t at = 1; at < members.size(); ++at) {
      if (name_of(members[at - 1]) != name_of(members[at])) continue;
      sink_
          .report(rules::id_repeated, members[at].second.range(),
                  "there is another member " + text::quoted(name_of(members[at])) + " in this object")
          .label(members[at - 1].second.range(), "the first one");
    }
  }

  void map(const LegacyValue& root, Context& context) {
    const LegacyObject members{root};
    const auto server = context.find(members, "server", ValueKind::object);
    const BlockNumber honua = context.add_block("honua", "");
    if (server) context.keep_above(honua, *server);
    context.block(honua).set({"version"}, "\"1.0\"");
    context.block(honua).set(
        {"environment"},
        rendering::quoted_text(options_.environment.empty() ? default_environment : options_.environment));
    context.block(honua).set({"log_level"}, "\"information\"");
    if (server) map_server(*server, honua, context);
    map_collection(members, honua, context);
    DataSources sources(context);
    each_of(members, "dataSources", context, [&](const LegacyValue& one) { sources.add(one); });
    Services services(context);
    Layers layers(sources, services, context);
    std::vector<std::pair<LegacyValue, ServiceGroup*>> nested;
    each_of(members, "services", context, [&](const LegacyValue& one) {
      ServiceGroup* group = services.add(one);
      if (group == nullptr) return;
      each_of(LegacyObject{one}, "layers", context,
              [&](const LegacyValue& layer) { nested.emplace_back(layer, group); });
    });
    for (const auto& [layer, group] : nested) layers.add(layer, group);
    const auto flat = context.find(members, "layers", ValueKind::array);
    if (flat && !flat->is_empty() && services.groups().empty()) {
      if (!sink_.has_errors())
        context.report(rules::member_missing, *flat, "the document has layers and no `services` for them");
    } else {
      each_of(members, "layers", context, [&](const LegacyValue& one) { layers.add(one, nullptr); });
    }
    if (const auto geometry = context.find(members, "geometryService", ValueKind::object))
      services.add_geometry_service(*geometry);
    if (made_->blocks_.is_settings) map_settings(root, honua, sources, services, context);
    services.finish();
  }

  // A collection of services names its environment.
  static void map_collection(const LegacyObject& members, BlockNumber honua, Context& context) {
    const auto metadata = members.find("metadata");
    const auto name = LegacyObject{metadata}.find("environment");
    if (!members.find("apiVersion") || !name || !name->is(ValueKind::string)) return;
    context.map_environment(*name, honua, name->text());
  }

  template <class OnElement>
  static void each_of(const LegacyObject& members, std::string_view name, Context& context,
                      const OnElement& on_element) {
    const auto list = context.find(members, name, ValueKind::array);
    if (!list) return;
    list->each_element([&](const LegacyValue& one) {
      if (one.is(ValueKind::object))
        on_element(one);
      else
        context.refuse_kind(one, "the element of " + text::quoted(name), ValueKind::object);
    });
  }

  void index_blocks(Context& context) {
    for (const TargetBlock& one : context.blocks())
      made_->blocks_.blocks.push_back({one.address(), one.obstacle});
    made_->blocks_.homes = context.take_homes();
  }

  // --- What became of all members

  void walk(const LegacyValue& root, Context& context) {
    kept_.resize(context.blocks().size() + 1);
    AccountVisitor visitor;
    visitor.on_entry = [&](const AccountEntry& entry, const LegacyValue& value) {
      if (entry.is_scalar) ++made_->counts[static_cast<std::size_t>(entry.outcome)];
      check_protection(entry, value, context);
    };
    visitor.on_kept = [&](std::uint32_t block, std::string_view pointer, const std::string& json) {
      if (options_.with_residue) residue_.emplace_back(pointer, json);
      const std::size_t place = block == no_block ? kept_.size() - 1 : block;
      if (!options_.with_residue) kept_[place].push_back(kept_line(pointer, json));
    };
    visitor.on_unknown = [&](const LegacyValue& value, std::string_view name, std::string_view path) {
      auto& found = context.report(rules::member_unknown, value,
                                   "old servers knew no member " + text::quoted(name) + " here");
      const auto meant = text::suggest(name, known_beside(path));
      if (meant) found.suggest("is " + text::quoted(*meant) + " meant? As it is it never had any effect");
    };
    AccountWalk(made_->account_.sorted(), made_->blocks_, visitor).run(root);
  }

  void check_protection(const AccountEntry& entry, const LegacyValue& value, Context& context) {
    const auto lost = std::ranges::find(context.lost_protections, value.id(),
                                        [](const auto& one) { return one.value.id(); });
    if (lost == context.lost_protections.end()) return;
    const std::string pointer(entry.pointer);
    if (std::ranges::find(options_.accepted_losses, pointer) != options_.accepted_losses.end()) return;
    context.report(rules::protection_lost, value, "the configuration has no place for this: " + lost->what)
        .suggest("protect the data in the database, then accept with `--accept-loss " + pointer + "`");
  }

  // --- Writing

  // Of the document, without the folder: what is written is the same wherever it lies.
  [[nodiscard]] std::string base_name() const {
    return document_.name().substr(document_.name().rfind('/') + 1);
  }

  void write(const Context& context) {
    rendering::HclWriter head;
    head.comment("From " + base_name());
    add_section("honua", "honua", context, std::move(head));
    add_section("data_sources", "data_source", context);
    add_section("caches", "cache", context);
    add_section("services", "service", context);
    add_section("layers", "layer", context);
    add_section("limits", "rate_limit", context);
    if (options_.with_residue) write_residue();
    if (kept_.back().empty()) return;
    rendering::HclWriter rest;
    rest.comment("What has no place in the configuration:");
    for (const std::string& one : kept_.back()) rest.line(one);
    made_->sections.push_back({"legacy", std::move(rest).take()});
  }

  void add_section(std::string_view name, std::string_view type, const Context& context,
                   rendering::HclWriter out = {}) {
    bool is_empty = true;
    const auto add_all = [&](std::string_view label) {
      for (std::size_t number = 0; number < context.blocks().size(); ++number) {
        const TargetBlock& one = context.blocks()[number];
        if (one.type != type || (!label.empty() && one.label != label)) continue;
        if (!is_empty || type == "honua") out.gap();
        write_block(one, kept_[number], out);
        is_empty = false;
      }
    };
    // Services in the order in which they are documented, all others in the document's.
    if (type == "service") {
      for (const config::ServiceType& one : config::service_types()) add_all(one.id);
    } else {
      add_all("");
    }
    if (!is_empty) made_->sections.push_back({name, std::move(out).take()});
  }

  void write_residue() {
    text::JsonWriter json(2);
    json.begin_object();
    json.key("format_version").string("1.0");
    json.key("source").string(base_name());
    json.key("sha256").string(text::sha256(document_.text()));
    json.key("members");
    json.begin_object();
    for (const auto& [pointer, value] : residue_) json.key(pointer).verbatim(value);
    json.end_object();
    json.end_object();
    made_->residue = std::move(json).take() + "\n";
  }

  const source::SourceFile& document_;
  const MigrationOptions& options_;
  Diagnostics& sink_;
  std::unique_ptr<Migration> made_;
  const YamlText* yaml_ = nullptr;                            // of made_, unless the document is JSON
  std::vector<std::vector<std::string>> kept_;                // lines by blocks; those of the document last
  std::vector<std::pair<std::string, std::string>> residue_;  // pointers and JSON
};

std::string Migration::text() const {
  std::string all;
  for (const Section& one : sections) {
    if (!all.empty()) all += '\n';
    all += one.text;
  }
  return all;
}

Migration::Migration(syntax::Tree tree, std::unique_ptr<YamlText> yaml,
                     std::unique_ptr<source::SourceFile> converted)
    : yaml_(std::move(yaml)), converted_(std::move(converted)), tree_(std::move(tree)) {}

Migration::~Migration() = default;

source::SourceRange Migration::place_of(source::SourceRange range) const {
  return yaml_ == nullptr ? range : yaml_->place_of(range.begin);
}

void Migration::each_entry(const OnEntry& on_entry) const {
  AccountVisitor visitor;
  visitor.on_entry = [&](const AccountEntry& entry, const LegacyValue& value) {
    AccountEntry placed = entry;
    placed.range = place_of(entry.range);
    on_entry(placed, value);
  };
  AccountWalk(account_.claims(), blocks_, visitor).run(LegacyValue(tree_.expression()));
}

std::unique_ptr<Migration> migrate(const source::SourceFile& document, const MigrationOptions& options,
                                   Diagnostics& sink) {
  return Migrator(document, options, sink).run();
}

}  // namespace honua::migration
