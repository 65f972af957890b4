// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cctype>

#include "validation/areas.h"

// `logging` and `observability`
namespace honua::validation {

namespace {

constexpr Rule sample_rate_out_of_range{"H1190", "sample-rate-out-of-range", Severity::error, "operations",
                                        "`sample_rate` is between 0 and 1"};
constexpr Rule level_unknown{"H1191", "logging-level-unknown", Severity::error, "operations",
                             "the levels in `logging` are ones that the server knows"};
constexpr Rule endpoint_missing{"H1192", "otlp-endpoint-missing", Severity::error, "operations",
                                "the exporter `otlp` has an endpoint"};
constexpr Rule exporter_unknown{"H1194", "exporter-unknown", Severity::warning, "operations",
                                "an exporter is one that the server knows"};
constexpr Rule endpoint_malformed{"H1193", "endpoint-malformed", Severity::error, "operations",
                                  "an endpoint is a URL, or for metrics a path"};

void check_level(const Setting& level, Check& check) {
  const auto values = config::schema_of(BlockType::logging).body.find("level")->values;
  check_log_level(level, level_unknown, values, check);
}

void check_levels(const Block& logging, Check& check) {
  if (const Setting* level = logging.find("level")) check_level(*level, check);
  const Setting* overrides = logging.find("overrides");
  if (overrides == nullptr) return;
  for (const Setting& level : overrides->items()) check_level(level, check);
}

void check_sample_rate(const Block& observability, Check& check) {
  const Setting* tracing = observability.find("tracing");
  const Setting* rate = tracing == nullptr ? nullptr : tracing->find("sample_rate");
  const auto value = number_of(rate);
  if (!value || (*value >= 0 && *value <= 1)) return;
  check
      .report(sample_rate_out_of_range, rate->range,
              "the share of requests that is traced is not between 0 and 1")
      .suggest(*value > 1 && *value <= 100 ? "percents are hundredths: 10 % is `0.1`"
                                           : "0.1 is a usual share");
}

// `http://...`, with a host.
bool is_url(std::string_view text) {
  const std::size_t end = text.find("://");
  if (end == std::string_view::npos || end == 0) return false;
  const bool is_scheme = std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end),
                                     [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; });
  const std::string_view rest = text.substr(end + 3);
  return is_scheme && !rest.empty() && rest.front() != '/' && rest.find(' ') == std::string_view::npos;
}

void check_exporter_name(const Setting* exporter, Check& check) {
  const auto text = text_of(exporter);
  if (!text || exporter->schema() == nullptr) return;
  const auto known = exporter->schema()->values;
  if (!is_one_of(*text, known)) report_unknown_word(*exporter, exporter_unknown, "exporter", known, check);
}

void check_exporter(const Block& observability, std::string_view name, Check& check) {
  const Setting* object = observability.find(name);
  if (object == nullptr || !object->is(SettingKind::object) || flag_of(object->find("enabled")) == false)
    return;
  check_exporter_name(object->find("exporter"), check);
  const auto exporter = text_of(object->find("exporter"));
  const bool is_otlp = exporter && same_word(*exporter, "otlp");
  const Setting* endpoint = object->find("endpoint");
  if (is_absent(endpoint) || is_blank(endpoint)) {
    if (!is_otlp) return;
    check
        .report(endpoint_missing, object->find("exporter")->range,
                "the exporter `otlp` sends somewhere, but " + quoted(name) + " has no `endpoint`")
        .suggest("name the collector: `endpoint = \"http://collector:4317\"`");
    return;
  }
  const auto text = text_of(endpoint);
  if (!text || is_url(*text)) return;
  const bool may_be_path = name == "metrics" && !is_otlp;
  if (may_be_path && text->starts_with("/")) return;
  check
      .report(endpoint_malformed, endpoint->range,
              may_be_path ? "the endpoint is neither a URL nor a path" : "the endpoint is no URL")
      .suggest(may_be_path ? "write a path such as `/metrics`" : "write it as `http://HOST:PORT`");
}

void check_exporters(const Block& observability, Check& check) {
  check_exporter(observability, "metrics", check);
  check_exporter(observability, "tracing", check);
}

constexpr std::array units = {
    each(BlockType::logging, &check_levels),
    each(BlockType::observability, &check_sample_rate),
    each(BlockType::observability, &check_exporters),
};

constexpr std::array rules = {
    RuleInfo{&sample_rate_out_of_range, "A share of requests is a number between none and all of them.",
             "observability {\n  tracing {\n    enabled     = true\n    sample_rate = 10\n  }\n}\n",
             "observability {\n  tracing {\n    enabled     = true\n    sample_rate = 0.1\n  }\n}\n"},
    RuleInfo{&level_unknown, "The server refuses to start with a level that it does not know.",
             "logging {\n  overrides = {\n    Microsoft = \"warn\"\n  }\n}\n",
             "logging {\n  overrides = {\n    Microsoft = \"warning\"\n  }\n}\n"},
    RuleInfo{&exporter_unknown, "What it would send goes nowhere.",
             "observability {\n  tracing {\n    enabled  = true\n    exporter = \"oltp\"\n    endpoint = "
             "\"http://collector:4317\"\n  }\n}\n",
             "observability {\n  tracing {\n    enabled  = true\n    exporter = \"otlp\"\n    endpoint = "
             "\"http://collector:4317\"\n  }\n}\n"},
    RuleInfo{&endpoint_missing, "Without an endpoint nothing arrives anywhere.",
             "observability {\n  tracing {\n    enabled  = true\n    exporter = \"otlp\"\n  }\n}\n",
             "observability {\n  tracing {\n    enabled  = true\n    exporter = \"otlp\"\n    endpoint = "
             "\"http://collector:4317\"\n  }\n}\n"},
    RuleInfo{
        &endpoint_malformed, "The server cannot tell where to send to, or where to answer.",
        "observability {\n  metrics {\n    enabled  = true\n    exporter = \"prometheus\"\n    endpoint = "
        "\"metrics\"\n  }\n}\n",
        "observability {\n  metrics {\n    enabled  = true\n    exporter = \"prometheus\"\n    endpoint = "
        "\"/metrics\"\n  }\n}\n"},
};

}  // namespace

const Area operations_area{units, rules};

}  // namespace honua::validation
