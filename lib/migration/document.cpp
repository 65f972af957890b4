// SPDX-License-Identifier: MIT
#include "migration/document.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "migration/environment_text.h"
#include "migration/rules.h"
#include "migration/yaml_text.h"
#include "syntax/parser.h"

namespace honua::migration {

namespace {

using diagnostics::Diagnostics;

// What a metadata document has at least one of. Settings have objects of some of these names.
constexpr auto metadata_lists = std::to_array<std::string_view>(
    {"dataSources", "services", "layers", "folders", "rasterDatasets", "styles", "layerGroups"});
constexpr auto metadata_objects = std::to_array<std::string_view>({"server", "catalog", "geometryService"});
// What application settings have: sections of the server's, of its hosting and of its logging.
constexpr auto settings_members = std::to_array<std::string_view>({"honua",
                                                                   "ConnectionStrings",
                                                                   "Services",
                                                                   "Wms",
                                                                   "OgcApi",
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
constexpr auto members_of_layers =
    std::to_array<std::string_view>({"geometryType", "idField", "geometryField", "storage", "sqlView"});

template <std::size_t Size>
bool has_any(const LegacyObject& object, const std::array<std::string_view, Size>& names) {
  return std::ranges::any_of(names, [&](std::string_view one) { return object.find(one).has_value(); });
}

bool has_metadata(const LegacyObject& object) {
  return has_any(object, metadata_objects) || std::ranges::any_of(metadata_lists, [&](std::string_view one) {
           const auto found = object.find(one);
           return found && !found->is(ValueKind::object);
         });
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

// Reads one document.
class DocumentReader {
 public:
  DocumentReader(const source::SourceFile& file, Expected expected, Diagnostics& sink)
      : file_(file),
        expected_(expected),
        sink_(sink),
        errors_before_(sink.count(diagnostics::Severity::error)),
        document_(std::make_unique<Document>()) {
    document_->file = &file;
  }

  std::unique_ptr<Document> read() {
    if (!parse()) return nullptr;
    if (is_known()) return std::move(document_);
    place_findings(*document_, sink_);
    return nullptr;
  }

 private:
  bool parse() {
    const char first = first_character(file_);
    const bool is_json = first == '{' || first == '[';
    if (expected_ == Expected::environment && is_json) return refuse_json();
    if (expected_ == Expected::environment) return parse_converted(read_environment(file_, sink_));
    if (!is_json && looks_like_yaml(file_.text().substr(file_.content_begin())))
      return parse_converted(read_yaml(file_, sink_));
    if (!is_json) return refuse_text(first == '\0');
    document_->tree.emplace(syntax::parse_json_value(file_, syntax::JsonForm::relaxed, sink_));
    return has_no_errors();
  }

  bool parse_converted(std::optional<ConvertedText> text) {
    if (!text) return false;
    document_->converted_file =
        std::make_unique<source::SourceFile>(file_.id(), file_.name(), std::string_view(text->json()));
    document_->converted = *std::move(text);
    document_->tree.emplace(
        syntax::parse_json_value(*document_->converted_file, syntax::JsonForm::strict, sink_));
    if (!has_no_errors()) place_findings(*document_, sink_);
    return has_no_errors();
  }

  bool refuse_json() {
    sink_.report(rules::not_legacy, file_.line_range(1), "this is JSON, and no list of variables")
        .suggest("`--appsettings` takes the settings of the application");
    return false;
  }

  // Of this document.
  [[nodiscard]] bool has_no_errors() const {
    return sink_.count(diagnostics::Severity::error) == errors_before_;
  }

  bool refuse_text(bool is_empty) {
    auto& found = sink_.report(rules::not_legacy, file_.line_range(1),
                               is_empty ? "the document is empty" : "this is neither JSON nor YAML");
    found.suggest(
        "legacy metadata is an object with `dataSources`, `services` and `layers`, in JSON or YAML");
    if (!is_empty) found.suggest("a configuration in HCL is what `honua migrate` writes");
    if (!is_empty) found.suggest("`--environ` takes a list of variables, `NAME=value`");
    return false;
  }

  // Finds out which kind of document it is.
  bool is_known() {
    const LegacyValue root = document_->root();
    if (expected_ == Expected::environment) {
      document_->kind = DocumentKind::environment;
      return true;
    }
    const source::SourceRange opener{file_.id(), root.range().begin, root.range().begin + 1};
    if (!root.is(ValueKind::object)) {
      sink_.report(rules::not_legacy, opener,
                   "the document is " + std::string(describe(root.kind())) + ", and has to be an object");
      return false;
    }
    const LegacyObject members{root};
    document_->kind = DocumentKind::settings;
    if (expected_ == Expected::settings) return !members.find("layers") || refuse_metadata(opener);
    if (has_metadata(members)) document_->kind = DocumentKind::metadata;
    if (document_->kind == DocumentKind::metadata || has_any(members, settings_members)) return true;
    auto& found = sink_.report(
        rules::not_legacy, opener,
        "this is no metadata, which has `dataSources`, `services` or `layers`, and no application "
        "settings");
    if (has_any(members, members_of_layers))
      found.suggest("it looks like a single layer: put it into the `layers` of a document");
    return false;
  }

  bool refuse_metadata(source::SourceRange opener) {
    sink_.report(rules::not_legacy, opener, "this is metadata, and no application settings")
        .suggest("metadata is named without an option, and one document at a time");
    return false;
  }

  const source::SourceFile& file_;
  Expected expected_;
  Diagnostics& sink_;
  std::size_t errors_before_;
  std::unique_ptr<Document> document_;
};

}  // namespace

std::unique_ptr<Document> read_document(const source::SourceFile& file, Expected expected,
                                        Diagnostics& sink) {
  return DocumentReader(file, expected, sink).read();
}

bool is_section_of_server(std::string_view name) {
  constexpr auto others = std::to_array<std::string_view>(
      {"ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "DATABASE_URL", "HONUA_CONFIG_PATH"});
  const auto is_same = [&](std::string_view one) { return is_same_name(one, name); };
  return std::ranges::any_of(settings_members, is_same) || std::ranges::any_of(others, is_same);
}

void place_findings(const Document& document, Diagnostics& sink) {
  if (!document.converted) return;
  const auto place = [&](source::SourceRange& range) {
    if (range.file == document.file->id()) range = document.converted->place_of(range.begin);
  };
  sink.visit([&](diagnostics::Diagnostic& one) {
    place(one.range);
    for (diagnostics::Label& label : one.labels) place(label.range);
  });
}

}  // namespace honua::migration
