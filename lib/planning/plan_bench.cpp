// SPDX-License-Identifier: MIT
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/assert.h"
#include "planning/edits.h"
#include "planning/plan.h"
#include "snapshot/document.h"

namespace {

using honua::snapshot::Document;

constexpr int layer_count = 6000;
constexpr int field_count = 18;

std::string numbered(const std::string& name, int number) {
  const std::string digits = std::to_string(number);
  return name + std::string(5 - digits.size(), '0') + digits;
}

// A snapshot in canonical form; in the changed one, one field in a hundred has another type.
std::string snapshot_text(bool is_changed) {
  std::string layers;
  for (int i = 0; i < layer_count; ++i) {
    layers += std::string(layers.empty() ? "" : ",\n") + "      \"" + numbered("layer_", i) +
              "\": {\n        \"data_source\": \"db\",\n        \"fields\": {\n";
    for (int j = 0; j < field_count; ++j) {
      const bool is_other = is_changed && (i * field_count + j) % 100 == 0;
      layers += "          \"" + numbered("attribute_", j) +
                "\": {\n            \"nullable\": false,\n            \"type\": \"" +
                (is_other ? "long" : "int") + "\"\n          }" + (j + 1 < field_count ? ",\n" : "\n");
    }
    layers +=
        "        },\n        \"id_field\": \"id\",\n        \"services\": [\n          \"wfs\"\n        ],\n "
        "       \"table\": \"t\"\n      }";
  }
  return "{\n  \"configuration\": {\n    \"data_source\": {\n      \"db\": {}\n    },\n    \"layer\": {\n" +
         layers +
         "\n    },\n    \"service\": {\n      \"wfs\": {}\n    }\n  },\n  \"environment\": [],\n  "
         "\"format\": "
         "\"honua-snapshot\",\n  \"format_version\": \"1.0\"\n}\n";
}

Document document_of(const std::string& text) {
  auto document = Document::from_canonical("bench", text);
  HONUA_ASSERT(document.has_value());
  return *std::move(document);
}

void scan(benchmark::State& state) {
  const std::string text = snapshot_text(false);
  for (auto _ : state) benchmark::DoNotOptimize(Document::from_canonical("bench", text));
  state.SetBytesProcessed(static_cast<std::int64_t>(text.size()) * state.iterations());
}

void plan(benchmark::State& state) {
  const Document before = document_of(snapshot_text(false));
  const Document after = document_of(snapshot_text(true));
  std::size_t changes = 0;
  for (auto _ : state) changes = honua::planning::make_plan({&before}, {&after}).changes.size();
  state.counters["changes"] = static_cast<double>(changes);
}

void edits(benchmark::State& state) {
  const Document before = document_of(snapshot_text(false));
  const Document after = document_of(snapshot_text(true));
  for (auto _ : state) benchmark::DoNotOptimize(honua::planning::find_edits(before, after));
}

}  // namespace

BENCHMARK(scan);
BENCHMARK(plan);
BENCHMARK(edits);
