// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "validation/areas.h"

// Settings of one service type, each for itself: ranges and known words, which
// the schema has, and what one setting means. One table tells which rule it is
// that a setting breaks.
namespace honua::validation {

namespace {

using Text = std::string_view;
using config::AttributeSchema;

// A rule with the settings of one service type whose ranges or words it
// guards; without any, a function below reports it. The examples are what
// stands inside of a service of this type.
struct Entry {
  Rule rule;
  Text type;
  std::array<Text, 2> settings;
  Text why;
  Text bad;
  Text good;
};

constexpr Rule error(Text code, Text slug, Text summary) {
  return {code, slug, Severity::error, "service", summary};
}
constexpr Rule warning(Text code, Text slug, Text summary) {
  return {code, slug, Severity::warning, "service", summary};
}

constexpr std::array entries = {
    Entry{warning("H1108", "coverage-size-in-bytes",
                  "`max_coverage_size` of a WCS service counts pixels of an edge"),
          "wcs",
          {},
          "The same name is read as pixels by one generation of the server and as bytes by another. A number "
          "this large was meant as bytes, and as pixels it limits nothing.",
          "max_coverage_size = 100000000",
          "max_coverage_size = 10000"},
    Entry{error("H1110", "geoservices-version-malformed", "the version of a GeoServices service is a number"),
          "geoservices_rest",
          {},
          "Clients decide by this number which requests they may make.",
          "version = \"v10.81\"",
          "version = 10.81"},
    Entry{error("H1126", "format-not-a-media-type",
                "image and coverage formats are media types, each given once"),
          "wms",
          {},
          "Clients ask for a format by its media type. A short name matches no request.",
          "formats = [\"png\", \"image/jpeg\"]",
          "formats = [\"image/png\", \"image/jpeg\"]"},
    Entry{error("H1162", "lock-timeout-malformed", "`lock_timeout` is written hh:mm:ss"),
          "wfs",
          {},
          "The server reads this duration as days, hours, minutes and seconds and knows no units.",
          "lock_timeout = \"5m\"",
          "lock_timeout = \"00:05:00\""},

    Entry{error("H3001", "odata-page-size-range", "page sizes of OData are at least 1"),
          "odata",
          {"max_page_size", "default_page_size"},
          "A page without entries lets no client get on.",
          "max_page_size = 0",
          "max_page_size = 1000"},
    Entry{error("H3010", "ogc-item-limit-range", "`item_limit` is at least 1"),
          "ogc_api",
          {"item_limit"},
          "A page without items lets no client get on.",
          "item_limit    = 0\n  max_page_size = 1000",
          "item_limit    = 1000\n  max_page_size = 1000"},
    Entry{warning("H3011", "ogc-default-crs-form", "`default_crs` starts with EPSG:, http:// or https://"),
          "ogc_api",
          {},
          "The server takes other spellings of a reference system for a mistake.",
          "default_crs = \"urn:ogc:def:crs:EPSG::4326\"",
          "default_crs = \"EPSG:4326\""},
    Entry{warning("H3012", "ogc-conformance-unknown", "conformance classes are ones that the server knows"),
          "ogc_api",
          {"conformance"},
          "The server announces only what it knows. The rest is dropped without a word.",
          "conformance = [\"core\", \"oas30\"]",
          "conformance = [\"core\", \"geojson\"]"},
    Entry{warning("H3013", "ogc-upload-size-small", "`max_feature_upload_size_bytes` is at least 1024"),
          "ogc_api",
          {},
          "A single feature with a geometry hardly fits into less than a kibibyte.",
          "max_feature_upload_size_bytes = 100",
          "max_feature_upload_size_bytes = 104857600"},

    Entry{error("H3020", "wfs-capabilities-cache-range",
                "`capabilities_cache_duration` lies between 0 and a day"),
          "wfs",
          {"capabilities_cache_duration"},
          "The server refuses to start with another number.",
          "capabilities_cache_duration = 100000",
          "capabilities_cache_duration = 3600"},
    Entry{error("H3021", "wfs-default-count-range", "`default_count` lies between 1 and 10000"),
          "wfs",
          {"default_count"},
          "The server refuses to start with another number.",
          "default_count = 0",
          "default_count = 100"},
    Entry{error("H3022", "wfs-max-features-range", "`max_features` lies between 1 and 100000"),
          "wfs",
          {"max_features"},
          "The server refuses to start with another number.",
          "max_features = 1000000",
          "max_features = 10000"},
    Entry{
        error("H3023", "wfs-transaction-size-range", "`max_transaction_features` lies between 1 and 100000"),
        "wfs",
        {"max_transaction_features"},
        "The server refuses to start with another number.",
        "max_transaction_features = 0",
        "max_transaction_features = 5000"},
    Entry{warning("H3025", "wfs-version-unknown", "the version of WFS is 1.0.0, 1.1.0 or 2.0.0"),
          "wfs",
          {"version"},
          "Clients are offered a version that the server does not speak.",
          "version = \"2.0.2\"",
          "version = \"2.0.0\""},

    Entry{error("H3030", "wms-size-range", "the largest map of WMS is 256 to 16384 pixels wide and high"),
          "wms",
          {"max_width", "max_height"},
          "The server refuses to start with another number. One generation of it refuses more than 8192 "
          "as well.",
          "max_width = 20000",
          "max_width = 4096"},
    Entry{
        error("H3031", "wms-render-timeout-range", "`render_timeout_seconds` of WMS lies between 5 and 300"),
        "wms",
        {"render_timeout_seconds"},
        "The server refuses to start with another number.",
        "render_timeout_seconds = 1",
        "render_timeout_seconds = 60"},
    Entry{warning("H3032", "wms-version-unknown", "the version of WMS is 1.1.1 or 1.3.0"),
          "wms",
          {"version"},
          "Clients are offered a version that the server does not speak.",
          "version = \"1.2.0\"",
          "version = \"1.3.0\""},

    Entry{error("H3040", "wmts-tile-size-range", "`tile_size` lies between 64 and 2048"),
          "wmts",
          {"tile_size"},
          "The server refuses to start with another number.",
          "tile_size = 4096",
          "tile_size = 256"},
    Entry{warning("H3041", "wmts-tile-size-power", "`tile_size` is a power of two"),
          "wmts",
          {},
          "Most clients only know tiles of 256 or 512 pixels.",
          "tile_size = 300",
          "tile_size = 256"},
    Entry{error("H3042", "wmts-feature-count-range", "`max_feature_count` lies between 1 and 100"),
          "wmts",
          {"max_feature_count"},
          "The server refuses to start with another number.",
          "max_feature_count = 1000",
          "max_feature_count = 50"},
    Entry{warning("H3043", "wmts-version-unknown", "the version of WMTS is 1.0.0"),
          "wmts",
          {"version"},
          "Clients are offered a version that the server does not speak.",
          "version = \"1.1.0\"",
          "version = \"1.0.0\""},
    Entry{warning("H3044", "wmts-format-unknown", "formats of WMTS are image/png, image/jpeg or image/webp"),
          "wmts",
          {"supported_formats"},
          "Clients are offered a format that the server cannot draw.",
          "supported_formats = [\"image/png\", \"image/gif\"]",
          "supported_formats = [\"image/png\"]"},
    Entry{warning("H3045", "wmts-matrix-set-unknown", "`tile_matrix_set` is one that the server knows"),
          "wmts",
          {"tile_matrix_set"},
          "Tiles are cut by a scheme that the server must know.",
          "tile_matrix_set = \"GoogleMapsCompatible\"",
          "tile_matrix_set = \"WebMercatorQuad\""},

    Entry{error("H3050", "csw-default-records-range", "`default_max_records` lies between 1 and 1000"),
          "csw",
          {"default_max_records"},
          "The server refuses to start with another number.",
          "default_max_records = 0",
          "default_max_records = 10"},
    Entry{error("H3051", "csw-record-limit-range", "`max_record_limit` lies between 1 and 10000"),
          "csw",
          {"max_record_limit"},
          "The server refuses to start with another number.",
          "max_record_limit = 20000",
          "max_record_limit = 100"},
    Entry{warning("H3053", "csw-version-unknown", "the version of CSW is 2.0.2 or 3.0.0"),
          "csw",
          {"version"},
          "Clients are offered a version that the server does not speak.",
          "version = \"2.0.1\"",
          "version = \"2.0.2\""},
    Entry{
        warning("H3054", "csw-transactions-open", "a catalogue that clients may write to asks who they are"),
        "csw",
        {},
        "Without authentication everybody may change the catalogue.",
        "enable_transactions = true",
        "enable_transactions = false"},
    Entry{error("H3055", "csw-max-records-range", "`max_records` lies between 1 and 10000"),
          "csw",
          {"max_records"},
          "The server's plugin refuses another number.",
          "max_records = 0",
          "max_records = 1000"},

    Entry{error("H3060", "wcs-coverage-size-range", "`max_coverage_size` is at least 100"),
          "wcs",
          {"max_coverage_size"},
          "The server refuses to start with another number.",
          "max_coverage_size = 10",
          "max_coverage_size = 10000"},
    Entry{warning("H3061", "wcs-version-unknown", "the version of WCS is 1.0.0, 1.1.0, 2.0.0 or 2.0.1"),
          "wcs",
          {"version"},
          "Clients are offered a version that the server does not speak.",
          "version = \"2.1.0\"",
          "version = \"2.0.1\""},
    Entry{warning("H3062", "wcs-format-unknown", "formats of WCS are ones that the server can write"),
          "wcs",
          {"supported_formats"},
          "Clients are offered a format that the server cannot write.",
          "supported_formats = [\"image/tiff\", \"image/gif\"]",
          "supported_formats = [\"image/tiff\"]"},
    Entry{
        warning("H3063", "wcs-interpolation-unknown", "`default_interpolation` is one that the server knows"),
        "wcs",
        {"default_interpolation"},
        "Requests that name no interpolation fail.",
        "default_interpolation = \"lanczos\"",
        "default_interpolation = \"nearest\""},

    Entry{error("H3070", "stac-count-timeout-range", "`count_timeout_seconds` lies between 1 and 300"),
          "stac",
          {"count_timeout_seconds"},
          "The server refuses to start with another number.",
          "count_timeout_seconds = 0",
          "count_timeout_seconds = 5"},
    Entry{error("H3071", "stac-unlimited-range", "the largest counts of STAC are -1, for unlimited, or more"),
          "stac",
          {"max_exact_count_threshold", "max_streaming_items"},
          "The server refuses to start with another number.",
          "max_streaming_items = -2",
          "max_streaming_items = -1"},
    Entry{error("H3072", "stac-threshold-range", "thresholds of STAC lie between 1 and 1000000"),
          "stac",
          {"skip_count_limit_threshold", "streaming_threshold"},
          "The server refuses to start with another number.",
          "streaming_threshold = 0",
          "streaming_threshold = 1000"},
    Entry{error("H3073", "stac-streaming-page-range", "`streaming_page_size` lies between 1 and 10000"),
          "stac",
          {"streaming_page_size"},
          "The server refuses to start with another number.",
          "streaming_page_size = 0",
          "streaming_page_size = 100"},
    Entry{warning("H3074", "stac-version-unknown", "the version of STAC is 1.0.0 or one of its candidates"),
          "stac",
          {"version"},
          "Clients are offered a version that the server does not speak.",
          "version = \"1.1.0\"",
          "version = \"1.0.0\""},

    Entry{error("H3080", "carto-query-range", "a query's length and rows lie between 1 and 100000"),
          "carto",
          {"max_sql_query_length", "max_result_rows"},
          "The server refuses to start with another number.",
          "max_result_rows = 1000000",
          "max_result_rows = 10000"},
    Entry{error("H3081", "carto-cache-range", "`cache_ttl_seconds` of CARTO lies between 0 and a day"),
          "carto",
          {"cache_ttl_seconds"},
          "The server refuses to start with another number.",
          "cache_ttl_seconds = 100000",
          "cache_ttl_seconds = 300"},

    Entry{error("H3090", "geoservices-default-count-range",
                "`default_max_record_count` lies between 1 and 10000"),
          "geoservices_rest",
          {"default_max_record_count"},
          "The server refuses to start with another number.",
          "default_max_record_count = 0",
          "default_max_record_count = 1000"},
    Entry{error("H3091", "geoservices-max-count-range", "`max_record_count` lies between 1 and 100000"),
          "geoservices_rest",
          {"max_record_count"},
          "The server refuses to start with another number.",
          "max_record_count = 1000000",
          "max_record_count = 10000"},
    Entry{
        warning("H3093", "geoservices-version-old", "the version of a GeoServices service is 10.0 or later"),
        "geoservices_rest",
        {},
        "Clients of today refuse to talk to servers older than 10.0.",
        "version = 9.3",
        "version = 10.81"},
    Entry{warning("H3094", "geoservices-editing-open",
                  "a service that clients may edit through asks who they are"),
          "geoservices_rest",
          {},
          "Without authentication everybody may change the data.",
          "enable_editing = true",
          "enable_editing = false"},

    Entry{error("H3100", "zarr-cache-range", "`cache_ttl_seconds` of Zarr lies between 0 and a day"),
          "zarr",
          {"cache_ttl_seconds"},
          "The server refuses to start with another number.",
          "cache_ttl_seconds = 100000",
          "cache_ttl_seconds = 3600"},
    Entry{error("H3101", "zarr-slices-range", "`max_slices_per_query` lies between 1 and 10000"),
          "zarr",
          {"max_slices_per_query"},
          "The server refuses to start with another number.",
          "max_slices_per_query = 0",
          "max_slices_per_query = 1000"},
    Entry{error("H3102", "zarr-box-range", "`max_bounding_box_size` lies between 100 and 100000"),
          "zarr",
          {"max_bounding_box_size"},
          "The server refuses to start with another number.",
          "max_bounding_box_size = 10",
          "max_bounding_box_size = 10000"},

    Entry{error("H3110", "print-dpi-range", "resolutions of printing lie between 72 and 600"),
          "print",
          {"max_dpi", "default_dpi"},
          "The server refuses to start with another number.",
          "max_dpi = 1200",
          "max_dpi = 300"},
    Entry{error("H3112", "print-size-range", "the largest printed map is 256 to 16384 pixels wide and high"),
          "print",
          {"max_map_width", "max_map_height"},
          "The server refuses to start with another number.",
          "max_map_width = 20000",
          "max_map_width = 4096"},
    Entry{error("H3113", "print-render-timeout-range",
                "`render_timeout_seconds` of printing lies between 5 and 600"),
          "print",
          {"render_timeout_seconds"},
          "The server refuses to start with another number.",
          "render_timeout_seconds = 1",
          "render_timeout_seconds = 120"},

    Entry{warning("H3198", "setting-word-unknown", "a setting with known words has one of them"),
          "wfs",
          {},
          "The server ignores words that it does not know, or fails when it reads them.",
          "lock_manager = \"memcached\"",
          "lock_manager = \"redis\""},
    Entry{error("H3199", "setting-out-of-range", "a number lies in the range of its setting"),
          "ogc_api",
          {},
          "A number outside of its range makes no sense to the server.",
          "cache_ttl = -1",
          "cache_ttl = 300"},

    Entry{error("H3201", "odata-top-range", "`max_top` lies between 1 and 10000"),
          "odata",
          {"max_top"},
          "The server's plugin refuses another number.",
          "max_top = 0",
          "max_top = 1000"},
    Entry{error("H3202", "ogc-limit-range",
                "`limit` lies between 1 and 10000, `max_limit` between 1 and 100000"),
          "ogc_api",
          {"limit", "max_limit"},
          "The server's plugin refuses another number.",
          "limit = 0",
          "limit = 100"},
    Entry{error("H3203", "stac-limit-range",
                "`limit` of STAC lies between 1 and 10000, `max_limit` between 1 and 100000"),
          "stac",
          {"limit", "max_limit"},
          "The server's plugin refuses another number.",
          "limit = 0",
          "limit = 100"},
    Entry{error("H3204", "carto-query-time-range", "`max_query_time` lies between 1 and 300"),
          "carto",
          {"max_query_time"},
          "The server's plugin refuses another number.",
          "max_query_time = 600",
          "max_query_time = 30"},
    Entry{error("H3205", "zarr-chunk-range", "`max_chunk_size` lies between 1 and 100000000"),
          "zarr",
          {"max_chunk_size"},
          "The server's plugin refuses another number.",
          "max_chunk_size = 0",
          "max_chunk_size = 10485760"},
    Entry{error("H3206", "print-timeout-range", "`max_print_timeout` lies between 1 and 600"),
          "print",
          {"max_print_timeout"},
          "The server's plugin refuses another number.",
          "max_print_timeout = 900",
          "max_print_timeout = 120"},
};

consteval const Rule& rule_of(Text code) {
  for (const Entry& entry : entries) {
    if (entry.rule.code == code) return entry.rule;
  }
  throw "no such rule";
}

// The rule that guards a setting, or the one for all that have none.
const Rule& rule_for(Text type, Text setting, const Rule& otherwise) {
  for (const Entry& entry : entries) {
    if (entry.type != type) continue;
    for (const Text guarded : entry.settings) {
      if (!guarded.empty() && guarded == setting) return entry.rule;
    }
  }
  return otherwise;
}

// --- Examples, put together while compiling: the lines inside of a service,
// which a layer must use unless its type publishes none.

constexpr Text layer_before =
    "layer \"roads\" {\n  title       = \"Roads\"\n  data_source = data_source.db\n  table       = "
    "\"public.roads\"\n"
    "  id_field    = \"id\"\n  geometry {\n    column = \"geom\"\n    type   = \"LineString\"\n    "
    "srid   = 4326\n  }\n"
    "  services = [service.";

struct Pieces {
  std::array<Text, 8> texts;
};

constexpr Pieces example_of(const Entry& entry, Text lines) {
  Pieces pieces{{"service \"", entry.type, "\" {\n  ", lines, "\n}\n"}};
  const bool layered = entry.type == "odata" || entry.type == "wfs" || entry.type == "wms" ||
                       entry.type == "wmts" || entry.type == "geoservices_rest";
  if (layered) {
    pieces.texts[5] = layer_before;
    pieces.texts[6] = entry.type;
    pieces.texts[7] = "]\n}\n";
  } else if (entry.type != "ogc_api") {
    pieces.texts[5] = "service \"ogc_api\" {\n  enabled = true\n}\n";
  }
  return pieces;
}

constexpr std::size_t size_of(const Pieces& pieces) {
  std::size_t size = 0;
  for (const Text text : pieces.texts) size += text.size();
  return size;
}

constexpr std::size_t size_of_examples() {
  std::size_t size = 0;
  for (const Entry& entry : entries)
    size += size_of(example_of(entry, entry.bad)) + size_of(example_of(entry, entry.good));
  return size;
}

constexpr auto examples = [] {
  std::array<char, size_of_examples()> pool{};
  char* end = pool.data();
  for (const Entry& entry : entries) {
    for (const Text lines : {entry.bad, entry.good}) {
      for (const Text text : example_of(entry, lines).texts) end = std::copy(text.begin(), text.end(), end);
    }
  }
  return pool;
}();

constexpr auto rules = [] {
  std::array<RuleInfo, entries.size()> infos{};
  const char* at = examples.data();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::size_t bad = size_of(example_of(entries[i], entries[i].bad));
    const std::size_t good = size_of(example_of(entries[i], entries[i].good));
    infos[i] = {&entries[i].rule, entries[i].why, {at, bad}, {at + bad, good}};
    at += bad + good;
  }
  return infos;
}();

// --- Ranges and words

std::string plain(double number) {
  std::array<char, 32> text{};
  const bool whole = std::trunc(number) == number && std::abs(number) < 1e15;
  const auto end =
      whole ? std::to_chars(text.data(), text.data() + text.size(), static_cast<long long>(number)).ptr
            : std::to_chars(text.data(), text.data() + text.size(), number).ptr;
  return {text.data(), end};
}

// "`max_dpi` of `service.print`"
std::string subject(const Block& service, const Setting& setting) {
  return quoted(setting.name()) + " of " + address(service);
}

// "is 20", unless that is nobody's business.
std::string observed(const Setting& setting) {
  if (setting.sensitive) return "is a sensitive value";
  const auto number = setting.number();
  return "is " + (number ? plain(*number) : quoted(setting.text().value_or("")));
}

void check_range(const Block& service, const Setting& setting, const AttributeSchema& schema, Check& check) {
  const auto number = setting.number();
  const config::Bounds& bounds = schema.bounds;
  if (!number || !bounds.given || (*number >= bounds.least && *number <= bounds.most)) return;
  const Rule& rule = rule_for(service_type(service), schema.name, rule_of("H3199"));
  const bool open = bounds.most == config::int32_most;
  std::string range;
  if (!open) {
    range = " outside of " + plain(bounds.least) + " to " + plain(bounds.most);
  } else if (*number < bounds.least) {
    range = " below " + plain(bounds.least);
  } else {
    range = " above " + plain(bounds.most) + ", the largest that the server can read";
  }
  auto& made =
      check.report(rule, setting.range, subject(service, setting) + " " + observed(setting) + "," + range);
  const std::string unit = schema.unit.empty() ? "" : " (" + std::string(schema.unit) + ")";
  const std::string normal =
      schema.default_value.empty() ? "" : "; the default is " + std::string(schema.default_value);
  made.suggest("choose a number " +
               (open ? "of at least " + plain(bounds.least)
                     : "from " + plain(bounds.least) + " to " + plain(bounds.most)) +
               unit + normal);
}

bool is_uri(Text word) { return word.starts_with("http://") || word.starts_with("https://"); }

// Words without a slash among media types have a rule of their own, H1126.
bool is_known_word(const AttributeSchema& schema, Text word) {
  if (schema.name == "conformance" && is_uri(word)) return true;
  if (schema.values[0].find('/') != Text::npos && word.find('/') == Text::npos) return true;
  return std::any_of(schema.values.begin(), schema.values.end(),
                     [&](Text known) { return same_word(known, word); });
}

void check_word(const Block& service, const Setting& setting, const Setting& word,
                const AttributeSchema& schema, Check& check) {
  const auto text = word.text();
  if (!text || is_known_word(schema, *text)) return;
  const Rule& rule = rule_for(service_type(service), schema.name, rule_of("H3198"));
  const bool secret = setting.sensitive || word.sensitive;
  auto& made =
      check.report(rule, word.range,
                   subject(service, setting) + " knows no " + (secret ? "word of this name" : quoted(*text)));
  if (!secret) return suggest_from(made, *text, {schema.values.begin(), schema.values.end()});
  made.suggest("there are: " + list_of({schema.values.begin(), schema.values.end()}));
}

void check_setting(const Block& service, const Setting& setting, const AttributeSchema& schema,
                   Check& check) {
  check_range(service, setting, schema, check);
  if (schema.values.empty()) return;
  if (setting.is(SettingKind::text)) check_word(service, setting, setting, schema, check);
  if (!setting.is(SettingKind::list)) return;
  for (const Setting& word : setting.items()) check_word(service, setting, word, schema, check);
}

void check_settings(const Block& service, Check& check) {
  if (service.service_type == nullptr) return;
  for (const Setting& setting : service.settings) {
    // Where the type is computed, the decoder knew no schema.
    const AttributeSchema* schema =
        setting.schema() != nullptr ? setting.schema() : service.service_type->settings.find(setting.name());
    if (schema == nullptr) continue;
    check_setting(service, setting, *schema, check);
    if (setting.name() == "rate_limit") continue;  // judged with the other limits
    for (const Setting& member : setting.items()) {
      if (member.schema() != nullptr) check_setting(service, member, *member.schema(), check);
    }
  }
}

// --- What single settings mean

// The number, if it lies in its range: else that is the finding.
std::optional<double> sound_number(const Block& service, const Setting* setting) {
  const auto number = number_of(setting);
  if (!number || service.service_type == nullptr) return std::nullopt;
  const AttributeSchema* schema = service.service_type->settings.find(setting->name());
  if (schema == nullptr) return std::nullopt;
  const bool sound =
      !schema->bounds.given || (*number >= schema->bounds.least && *number <= schema->bounds.most);
  return sound ? number : std::nullopt;
}

void check_coverage_size(const Block& service, Check& check) {
  constexpr double most_pixels = 50000;
  if (service_type(service) != "wcs") return;
  const Setting* size = service.find("max_coverage_size");
  const auto number = sound_number(service, size);
  if (!number || *number <= most_pixels) return;
  check
      .report(rule_of("H1108"), size->range,
              subject(service, *size) + " " + observed(*size) + ", more than an edge has pixels")
      .suggest("give the longest edge in pixels, at most 50000");
}

// The number that a version starts with: 10.81 of `10.81` and of "10.8.1".
std::optional<double> version_number(const Setting& version) {
  if (const auto number = version.number()) return number;
  const Text text = version.text().value_or("");
  const bool digits = !text.empty() && text.find_first_not_of("0123456789.") == Text::npos;
  if (!digits || text.front() == '.' || text.back() == '.' || text.find("..") != Text::npos)
    return std::nullopt;
  double number = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc()) return std::nullopt;
  return number;
}

void check_geoservices_version(const Block& service, Check& check) {
  constexpr double oldest = 10;
  if (service_type(service) != "geoservices_rest") return;
  const Setting* version = service.find("version");
  if (is_absent(version) || !version->is_known()) return;
  const auto number = version_number(*version);
  if (!number) {
    const bool text = version->is(SettingKind::text);
    check
        .report(rule_of("H1110"), version->range,
                subject(service, *version) + (text ? " is no number, nor numbers with dots between them"
                                                   : " is " + std::string(describe(version->kind))))
        .suggest("write `version = 10.81`");
  } else if (*number < oldest) {
    check
        .report(rule_of("H3093"), version->range,
                subject(service, *version) + " " + observed(*version) + ", below 10.0")
        .suggest("write `version = 10.81`");
  }
}

bool is_media_type(Text text) {
  text = text.substr(0, text.find(';'));
  const std::size_t slash = text.find('/');
  return slash != Text::npos && slash > 0 && slash + 1 < text.size() &&
         text.find_first_of(" \t/", slash + 1) == Text::npos && text.find_first_of(" \t") == Text::npos;
}

void check_formats(const Block& service, Check& check) {
  for (const Text name : {"formats", "supported_formats", "tile_formats"}) {
    const Setting* formats = service.find(name);
    if (formats == nullptr || service.service_type == nullptr) continue;
    if (service.service_type->settings.find(name) == nullptr) continue;
    std::vector<std::string> seen;
    for (const Setting& format : formats->items()) {
      const auto text = format.text();
      if (!text || format.sensitive) continue;
      if (name != "tile_formats" && !is_media_type(*text)) {
        check.report(rule_of("H1126"), format.range, quoted(*text) + " is no media type")
            .suggest("write it out, as in `image/png`");
      }
      std::string key = lower(*text);
      if (std::find(seen.begin(), seen.end(), key) != seen.end()) {
        check.report_as(Severity::warning, rule_of("H1126"), format.range, quoted(*text) + " is listed twice")
            .suggest("remove one of them");
      }
      seen.push_back(std::move(key));
    }
  }
}

bool is_digits(Text text) { return !text.empty() && text.find_first_not_of("0123456789") == Text::npos; }

bool is_number_up_to(Text text, int most) {
  int number = 0;
  return is_digits(text) && text.size() <= 2 &&
         std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc() && number <= most;
}

// [days.]hh:mm:ss[.fraction]
bool is_time_span(Text text) {
  const std::size_t colon = text.find(':');
  if (colon == Text::npos) return false;
  const std::size_t dot = text.find('.');
  if (dot < colon) {
    if (!is_digits(text.substr(0, dot)) || dot > 8) return false;
    text.remove_prefix(dot + 1);
  }
  const std::size_t first = text.find(':');
  const std::size_t second = text.find(':', first + 1);
  if (second == Text::npos) return false;
  const std::size_t fraction = text.find('.', second);
  if (fraction != Text::npos && !is_digits(text.substr(fraction + 1))) return false;
  return is_number_up_to(text.substr(0, first), 23) &&
         is_number_up_to(text.substr(first + 1, second - first - 1), 59) &&
         is_number_up_to(text.substr(second + 1, fraction == Text::npos ? Text::npos : fraction - second - 1),
                         59);
}

void check_lock_timeout(const Block& service, Check& check) {
  if (service_type(service) != "wfs") return;
  const Setting* timeout = service.find("lock_timeout");
  const auto text = text_of(timeout);
  if (!text || is_time_span(*text)) return;
  check
      .report(rule_of("H1162"), timeout->range,
              subject(service, *timeout) + " " + observed(*timeout) + ", not a duration like `00:05:00`")
      .suggest("write hours, minutes and seconds: `00:05:00` is five minutes");
}

void check_default_crs(const Block& service, Check& check) {
  if (service_type(service) != "ogc_api") return;
  const Setting* crs = service.find("default_crs");
  const auto text = text_of(crs);
  if (!text) return;
  // What is no name of a reference system at all is another rule's.
  const std::string start = lower(text->substr(0, text->find_first_of("8:")));
  if (start != "urn" && start != "crs" && start != "ogc" && !start.starts_with('[')) return;
  check
      .report(
          rule_of("H3011"), crs->range,
          subject(service, *crs) + " " + observed(*crs) + ", which starts like none that the server reads")
      .suggest("write `EPSG:4326`, or a URI like `http://www.opengis.net/def/crs/OGC/1.3/CRS84`");
}

void check_upload_size(const Block& service, Check& check) {
  constexpr double least = 1024;
  if (service_type(service) != "ogc_api") return;
  const Setting* size = service.find("max_feature_upload_size_bytes");
  const auto number = sound_number(service, size);
  if (!number || *number >= least) return;
  check
      .report(rule_of("H3013"), size->range,
              subject(service, *size) + " " + observed(*size) + ", less than a feature needs")
      .suggest("it counts bytes; the default is 104857600");
}

void check_map_size(const Block& service, Check& check) {
  constexpr double plugin_most = 8192;
  if (service_type(service) != "wms") return;
  for (const Text name : {"max_width", "max_height"}) {
    const Setting* size = service.find(name);
    const auto number = sound_number(service, size);
    if (!number || *number <= plugin_most) continue;
    check
        .report_as(
            Severity::warning, rule_of("H3030"), size->range,
            subject(service, *size) + " " + observed(*size) + ", above 8192, where the server's plugin ends")
        .suggest("choose at most 8192");
  }
}

void check_tile_size(const Block& service, Check& check) {
  if (service_type(service) != "wmts") return;
  const Setting* size = service.find("tile_size");
  const auto number = sound_number(service, size);
  if (!number) return;
  const auto pixels = static_cast<unsigned>(*number);
  if ((pixels & (pixels - 1)) == 0) return;
  check
      .report(rule_of("H3041"), size->range,
              subject(service, *size) + " " + observed(*size) + ", no power of two")
      .suggest("write 256 or 512");
}

// Whether every layer of the service lets only those write who say who they are.
bool asks_who_writes(const Block& service, const Check& check) {
  const auto& layers = check.layers_of(service);
  return !layers.empty() && std::all_of(layers.begin(), layers.end(), [](const Block* layer) {
    const Setting* permissions = layer->find("permissions");
    if (permissions == nullptr) return false;
    if (!permissions->is_known()) return true;
    const Setting* required = permissions->find("require_auth_write");
    return required != nullptr && (!required->is_known() || flag_of(required).value_or(false));
  });
}

void check_open_writes(const Block& service, Check& check) {
  const Text type = service_type(service);
  const bool csw = type == "csw";
  if (!csw && type != "geoservices_rest") return;
  const Setting* writes = service.find(csw ? "enable_transactions" : "enable_editing");
  if (!flag_of(writes).value_or(false) || asks_who_writes(service, check)) return;
  const Rule& rule = csw ? rule_of("H3054") : rule_of("H3094");
  auto& made =
      check.report(rule, writes->range,
                   "clients of " + address(service) + " may write, and nothing here asks who they are");
  made.suggest(
      csw ? "turn it off, or see that the server asks for authentication"
          : "set `require_auth_write = true` in `permissions` of each of its layers, or turn it off");
}

constexpr std::array units = {
    each(BlockType::service, &check_settings),
    each(BlockType::service, &check_coverage_size),
    each(BlockType::service, &check_geoservices_version),
    each(BlockType::service, &check_formats),
    each(BlockType::service, &check_lock_timeout),
    each(BlockType::service, &check_default_crs),
    each(BlockType::service, &check_upload_size),
    each(BlockType::service, &check_map_size),
    each(BlockType::service, &check_tile_size),
    each(BlockType::service, &check_open_writes),
};

}  // namespace

const Area service_range_area{units, rules};

}  // namespace honua::validation
