// SPDX-License-Identifier: MIT
#include <benchmark/benchmark.h>

#include <string>

#include "evaluation/evaluator.h"

namespace {

using namespace honua;
using namespace honua::evaluation;

// A file of so many layers, as real ones look: nearly all of it literal.
std::string make_layers(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    const std::string name = "roads_" + std::to_string(i);
    text += "layer \"" + name + "\" {\n  title = \"Roads " + std::to_string(i) +
            "\"\n  description = \"District " + std::to_string(i % 90) +
            ", sheet \\\"7\\\" of the register\"\n  data_source = data_source.main\n  table = \"public." +
            name +
            "\"\n  id_field = \"road_id\"\n  geometry {\n    column = \"geom\"\n    type = \"LineString\"\n"
            "    srid = 4326\n  }\n  fields {\n    road_id = { type = \"int\", nullable = false }\n"
            "    name = { type = \"string\", nullable = true }\n  }\n  services = [service.wms, "
            "service.wfs]\n}\n";
  }
  return text;
}

void check_layers(benchmark::State& state) {
  const source::SourceFile file(0, "bench.hcl", make_layers(static_cast<int>(state.range(0))));
  diagnostics::Diagnostics sink;
  const syntax::Tree tree = syntax::parse(file, syntax::Dialect::honua, sink);
  const UnknownScope scope;
  const MapEnvironment environment;
  for (auto _ : state) {
    EvaluationContext context(scope, environment, sink);
    check_body(tree.body(), context);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(file.text().size()));
}
BENCHMARK(check_layers)->Arg(100)->Arg(10'000)->Unit(benchmark::kMillisecond);

void evaluate_expression(benchmark::State& state, const char* text) {
  const source::SourceFile file(0, "bench.hcl", text);
  diagnostics::Diagnostics sink;
  const syntax::Tree tree = syntax::parse_expression(file, syntax::Dialect::honua, sink);
  MapScope scope;
  scope.set("var", Value::object({{"schema", Value::string("public")}}));
  const MapEnvironment environment;
  for (auto _ : state) {
    EvaluationContext context(scope, environment, sink);
    benchmark::DoNotOptimize(evaluate(tree.expression(), context));
  }
}
BENCHMARK_CAPTURE(evaluate_expression, literal, "\"public.roads\"");
BENCHMARK_CAPTURE(evaluate_expression, template, "\"${var.schema}.roads\"");
BENCHMARK_CAPTURE(evaluate_expression, arithmetic, "1 + 2 * 3 - 4");
BENCHMARK_CAPTURE(evaluate_expression, fractions, "1 / 3 + 0.1");
BENCHMARK_CAPTURE(evaluate_expression, conditional, "var.schema == \"public\" ? \"a\" : \"b\"");
BENCHMARK_CAPTURE(evaluate_expression, loop, "[for i in range(100): i * 2]");
BENCHMARK_CAPTURE(evaluate_expression, call, "upper(\"roads\")");

}  // namespace
