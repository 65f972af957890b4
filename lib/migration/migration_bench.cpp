// SPDX-License-Identifier: MIT
// How long a migration takes, beside parsing the document alone.
#include <string>

#include <benchmark/benchmark.h>

#include "migration/migration_for_test.h"
#include "syntax/parser.h"

namespace {

using namespace honua;

// A document of `layers` typical layers, about 500 bytes each.
std::string metadata(std::int64_t layers) {
  std::string text =
      "{\n  \"dataSources\": [{ \"id\": \"main\", \"provider\": \"postgis\", \"connectionString\": "
      "\"Host=db;Database=city;Username=maps\" }],\n"
      "  \"services\": [{ \"id\": \"roads\", \"title\": \"Roads\", \"folderId\": \"transport\", "
      "\"serviceType\": \"feature\", \"dataSourceId\": \"main\", \"ogc\": { \"itemLimit\": 1000 } }],\n"
      "  \"layers\": [\n";
  for (std::int64_t i = 0; i < layers; ++i) {
    const std::string number = std::to_string(i);
    text +=
        "    { \"id\": \"roads-" + number + "\", \"serviceId\": \"roads\", \"title\": \"Roads " + number +
        "\",\n      \"description\": \"District " + std::to_string(i % 97) +
        "\", \"geometryType\": \"LineString\", \"geometryField\": \"geom\",\n      \"idField\": \"road_id\", "
        "\"displayField\": \"name\", \"crs\": [\"EPSG:4326\", \"EPSG:3857\"],\n      \"storage\": { "
        "\"table\": "
        "\"public.roads_" +
        number +
        "\", \"geometryColumn\": \"geom\", \"primaryKey\": \"road_id\", \"srid\": 3857 },\n      \"query\": "
        "{ "
        "\"maxRecordCount\": 1000 }, \"minScale\": 0 }";
    text += i + 1 < layers ? ",\n" : "\n";
  }
  return text + "  ]\n}\n";
}

void parse_metadata(benchmark::State& state) {
  const source::SourceFile file(0, "metadata.json", metadata(state.range(0)));
  for (auto _ : state) {
    diagnostics::Diagnostics sink;
    benchmark::DoNotOptimize(syntax::parse_json_value(file, syntax::JsonForm::relaxed, sink).node_count());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(file.text().size()));
}
BENCHMARK(parse_metadata)->Arg(1000)->Arg(100'000)->Unit(benchmark::kMillisecond);

void migrate_metadata(benchmark::State& state) {
  const source::SourceFile file(0, "metadata.json", metadata(state.range(0)));
  for (auto _ : state) {
    diagnostics::Diagnostics sink;
    benchmark::DoNotOptimize(migration::migrate({&file, {}, {}}, {}, sink)->text().size());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(file.text().size()));
}
BENCHMARK(migrate_metadata)->Arg(1000)->Arg(100'000)->Unit(benchmark::kMillisecond);

}  // namespace
