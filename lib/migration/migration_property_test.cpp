// SPDX-License-Identifier: MIT
// Random legacy documents: whatever is in them is accounted for, and found again.
#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "migration/migration_for_test.h"
#include "migration/update.h"
#include "migration/verify.h"
#include "syntax/formatter.h"
#include "syntax/parser.h"
#include "text/json_writer.h"

namespace honua::migration {

namespace {

// Documents of members that old servers knew and of others, with values that mostly fit.
class RandomDocument {
 public:
  explicit RandomDocument(unsigned seed) : random_(seed) {}

  std::string write() {
    json_.begin_object();
    maybe("$schema", [&] { word(); });
    maybe("catalog", [&] { anything(3); });
    maybe("folders", [&] { anything(2); });
    maybe("server", [&] { server(); });
    list("dataSources", sources_, [&](unsigned number) { source(number); });
    list("services", services_, [&](unsigned number) { service(number); });
    list("layers", layers_, [&](unsigned number) { layer(number); });
    maybe("styles", [&] { anything(3); });
    maybe("rasterDatasets", [&] { anything(3); });
    maybe("geometryService", [&] { object({"enabled"}, {"operations"}); });
    maybe("unheard of", [&] { anything(3); });
    json_.end_object();
    return std::move(json_).take();
  }

 private:
  unsigned pick(unsigned count) { return std::uniform_int_distribution<unsigned>(0, count - 1)(random_); }
  bool toss() { return pick(2) == 0; }

  template <class Write>
  void maybe(std::string_view name, const Write& write) {
    if (!toss()) return;
    json_.key(name);
    // Which says nothing.
    if (pick(16) == 0) return json_.null();
    write();
  }

  template <class Write>
  void list(std::string_view name, unsigned count, const Write& write) {
    json_.key(name);
    json_.begin_array();
    for (unsigned number = 0; number < count; ++number) write(number);
    json_.end_array();
  }

  void word() {
    static constexpr std::array<std::string_view, 12> words = {
        "",     "roads",       "a b",       "Straße ${x}", "EPSG:3857",       "\"quoted\" \\ %{if}",
        "# no", "line\nbreak", "\u202Ehid", "secret=abc",  "Password=hunter", "{\"a\": 1}"};
    json_.string(words.at(pick(words.size())));
  }

  void anything(unsigned depth) {
    switch (depth == 0 ? pick(4) : pick(6)) {
      case 0: return word();
      case 1: return json_.integer(static_cast<int>(pick(2000)) - 1000);
      case 2: return json_.boolean(toss());
      case 3: return json_.null();
      case 4:
        json_.begin_array();
        for (unsigned left = pick(4); left > 0; --left) anything(depth - 1);
        return json_.end_array();
      default: break;
    }
    json_.begin_object();
    for (unsigned left = pick(4); left > 0; --left) {
      json_.key(left % 2 == 0 ? "token" : "odd: name/" + std::to_string(left));
      anything(depth - 1);
    }
    json_.end_object();
  }

  // Booleans by these names, and anything by those.
  void object(std::initializer_list<std::string_view> flags, std::initializer_list<std::string_view> others) {
    json_.begin_object();
    for (const std::string_view one : flags) maybe(one, [&] { json_.boolean(toss()); });
    for (const std::string_view one : others) maybe(one, [&] { anything(2); });
    json_.end_object();
  }

  void words() {
    json_.begin_array();
    for (unsigned left = pick(4); left > 0; --left) word();
    json_.end_array();
  }

  void server() {
    json_.begin_object();
    maybe("allowedHosts", [&] { words(); });
    maybe("cors", [&] {
      json_.begin_object();
      maybe("enabled", [&] { json_.boolean(toss()); });
      maybe("allowedOrigins", [&] { words(); });
      maybe("allowCredentials", [&] { json_.boolean(toss()); });
      maybe("maxAgeSeconds", [&] { json_.integer(static_cast<int>(pick(3)) - 1); });
      maybe("allowedMethods", [&] { words(); });
      json_.end_object();
    });
    maybe("rbac", [&] { anything(2); });
    json_.end_object();
  }

  void source(unsigned number) {
    json_.begin_object();
    json_.key("id").string("source " + std::to_string(number));
    json_.key("provider").string(toss() ? "postgis" : "SQLite");
    json_.key("connectionString").string(toss() ? "Host=${DB};Password=hunter2" : "Data Source=a.db");
    maybe("extra", [&] { anything(2); });
    json_.end_object();
  }

  void service(unsigned number) {
    json_.begin_object();
    json_.key("id").string("s" + std::to_string(number));
    json_.key("dataSourceId").string("SOURCE " + std::to_string(pick(sources_)));
    maybe("serviceType", [&] { json_.string(toss() ? "feature" : "MapServer"); });
    maybe("title", [&] { word(); });
    maybe("enabled", [&] { json_.boolean(toss()); });
    maybe("type", [&] { word(); });
    maybe("provider", [&] { word(); });
    maybe("geoservices", [&] { object({"enabled"}, {"x"}); });
    maybe("esri", [&] { anything(1); });
    maybe("ogc", [&] {
      json_.begin_object();
      maybe("itemLimit", [&] { json_.integer(static_cast<int>(pick(5)) - 1); });
      maybe("wfsEnabled", [&] { json_.boolean(toss()); });
      maybe("defaultCrs", [&] { word(); });
      maybe("additionalCrs", [&] { words(); });
      maybe("storedQueries", [&] { anything(2); });
      maybe("exportFormats", [&] { object({"csvEnabled", "kmlEnabled", "geoJsonEnabled"}, {"x"}); });
      json_.end_object();
    });
    json_.end_object();
  }

  void layer(unsigned number) {
    json_.begin_object();
    // Of several members that say the same, one may be `null`.
    const bool is_named = pick(8) == 0;
    json_.key(is_named ? "name" : "id").string("roads " + std::to_string(number));
    if (is_named) maybe("id", [&] { json_.null(); });
    json_.key("serviceId").string("S" + std::to_string(pick(services_)));
    for (const std::string_view name :
         {"title", "description", "geometryType", "geometryField", "idField", "displayField"})
      maybe(name, [&] { word(); });
    maybe("crs", [&] { words(); });
    maybe("storage", [&] {
      json_.begin_object();
      for (const std::string_view name :
           {"table", "geometryColumn", "primaryKey", "crs", "temporalColumn", "schema"})
        maybe(name, [&] { word(); });
      maybe("srid", [&] { json_.integer(static_cast<int>(pick(3)) - 1); });
      json_.end_object();
    });
    maybe("fields", [&] { fields(); });
    maybe("sqlView", [&] { anything(2); });
    for (const std::string_view name : {"extent", "keywords", "styles", "relationships", "titel"})
      maybe(name, [&] { anything(3); });
    json_.end_object();
  }

  void fields() {
    json_.begin_array();
    for (unsigned left = pick(4); left > 0; --left) {
      json_.begin_object();
      json_.key("name").string("field " + std::to_string(left));
      maybe("type", [&] { json_.string(toss() ? "int" : "furlong"); });
      maybe("nullable", [&] { json_.boolean(toss()); });
      maybe("alias", [&] { word(); });
      json_.end_object();
    }
    json_.end_array();
  }

  std::mt19937 random_;
  text::JsonWriter json_{2};
  unsigned sources_ = 1 + pick(3);
  unsigned services_ = 1 + pick(4);
  unsigned layers_ = pick(6);
};

std::size_t count_values(const LegacyValue& value) {
  std::size_t count = 0;
  value.each_inner(
      [&](std::string_view /*name*/, const LegacyValue& one) { count += 1 + count_values(one); });
  return count;
}

// Settings of an application, or the same as variables: of some of these, each with one of several values.
class RandomSettings {
 public:
  explicit RandomSettings(unsigned seed) : random_(seed) {}

  std::string json() {
    std::string text = "{";
    for (const auto& [section, members] : sections()) {
      if (text.size() > 1) text += ",";
      text.append("\"").append(section).append("\":{");
      bool is_first = true;
      for (const auto& [name, value] : members) {
        if (!std::exchange(is_first, false)) text += ",";
        text.append("\"").append(name).append("\":").append(value);
      }
      text += "}";
    }
    return text + "}";
  }

  std::string variables() {
    std::string text = "PATH=/bin\nSOME_PASSWORD=hunter2\n";
    for (const auto& [section, members] : sections()) {
      for (const auto& [name, value] : members) {
        if (!value.starts_with('[') && !value.starts_with('{'))
          text.append(section).append("__").append(name).append("=").append(value).append("\n");
      }
    }
    return text;
  }

 private:
  using Members = std::map<std::string, std::string>;

  std::map<std::string, Members> sections() {
    static const std::map<std::string, Members> all = {
        {"AllowedHosts", {}},
        {"ConnectionStrings",
         {{"DefaultConnection", "\"Host=db;Database=city;Password=hunter2\""},
          {"db0", "\"Host=other;Database=city\""},
          {"Redis", "\"cache:6379,password=hunter2\""},
          {"CityReplica", "\"Host=replica;Database=postgres\""},
          {"Unclear", "\"whatever\""}}},
        {"Logging", {{"LogLevel", "{\"Default\":\"Debug\",\"Microsoft\":\"Error\"}"}}},
        {"Redis", {{"ConnectionString", "\"cache:6379\""}, {"Enabled", "\"true\""}, {"InstanceName", "5"}}},
        {"ReadReplica", {{"MaxReplicationLagSeconds", "5"}, {"FallbackToPrimary", "true"}}},
        {"RateLimiting",
         {{"Enabled", "true"},
          {"DefaultRequestsPerMinute", "60"},
          {"Default", "{\"PermitLimit\":100,\"WindowMinutes\":5}"},
          {"EndpointLimits", "{\"/a/b\":{\"RequestsPerMinute\":\"7\"}}"}}},
        {"HighAvailability", {{"Enabled", "\"False\""}, {"Channel", "\"x\""}}},
        {"Wms", {{"MaxWidth", "2048"}, {"Unknown", "true"}}},
        {"honua",
         {{"odata", "{\"enabled\":true,\"maxPageSize\":5}"},
          {"environment", "\"Staging\""},
          {"cors", "{\"enabled\":\"true\",\"allowedOrigins\":[\"https://a\",\"*\"]}"},
          {"services", "{\"wfs\":{\"enabled\":false},\"stac\":{\"filePath\":\"s.db\"}}"},
          {"attachments",
           "{\"profiles\":{\"p\":{\"provider\":\"S3\",\"s3\":{\"bucket\":\"b\",\"secretAccessKey\":"
           "\"hunter2\"}}}}"},
          {"secretKey", "\"hunter2\""}}}};
    std::map<std::string, Members> chosen;
    for (const auto& [section, members] : all) {
      if (random_() % 2 == 0) continue;
      for (const auto& [name, value] : members) {
        if (random_() % 3 != 0) chosen[section].emplace(name, value);
      }
    }
    return chosen;
  }

  std::mt19937 random_;
};

// Each member of each document once.
void check_account(const Migration& migration) {
  for (std::size_t number = 0; number < migration.sources().size(); ++number) {
    const Migration::Source& source = migration.sources()[number];
    CAPTURE(source.file->name());
    std::set<std::string, std::less<>> pointers;
    std::size_t entries = 0;
    migration.each_entry(number, [&](const AccountEntry& entry, const LegacyValue& /*value*/) {
      pointers.emplace(entry.pointer);
      ++entries;
    });
    CHECK(pointers.size() == entries);
    if (source.kind == DocumentKind::environment) continue;
    diagnostics::Diagnostics none;
    const syntax::Tree tree = syntax::parse_json_value(*source.file, syntax::JsonForm::relaxed, none);
    CHECK(entries == count_values(LegacyValue(tree.expression())));
  }
}

std::string updated(const Migration& migration, const std::string& text) {
  diagnostics::Diagnostics none;
  const source::SourceFile file(0, "honua.hcl", std::string_view(text));
  const syntax::Tree tree = syntax::parse(file, syntax::Dialect::honua, none);
  const auto update = migration::update(tree, migration, false);
  REQUIRE(update.has_value());
  return source::apply_edits(text, std::array{update->edits}).text;
}

// What was written is up to date, and what an empty file becomes is as well.
void check_update(const Migration& migration, const std::string& text) {
  std::string made;
  for (const std::string& before : {text, std::string()}) {
    made = updated(migration, before);
    if (!before.empty()) CHECK(made == before);
  }
  CHECK(updated(migration, made) == made);
}

}  // namespace

TEST_CASE("all members of random documents are accounted for, once, and found again") {
  constexpr unsigned documents = 500;
  unsigned migrated = 0;
  for (unsigned seed = 0; seed < documents; ++seed) {
    CAPTURE(seed);
    MigrationOptions options;
    options.with_residue = seed % 2 == 0;
    LegacyTexts texts{RandomDocument(seed).write(), "", ""};
    if (seed % 3 != 0) texts.settings = RandomSettings(seed).json();
    if (seed % 5 != 0) texts.environment = RandomSettings(seed + 1).variables();
    const Migrated one(texts, options);
    if (one.made == nullptr) continue;
    ++migrated;
    check_account(*one.made);
    const std::string text = one.made->text();
    const auto problems = verify(*one.made, text, one.made->residue);
    CHECK((problems.empty() ? "" : problems.front()) == "");
    CHECK(syntax::format(text) == text);
    CHECK(text.find("hunter2") == std::string::npos);
    CHECK(one.made->residue.find("hunter2") == std::string::npos);
    check_update(*one.made, text);
  }
  CHECK(migrated > documents / 2);
}

}  // namespace honua::migration
