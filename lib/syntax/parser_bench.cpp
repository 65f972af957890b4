// SPDX-License-Identifier: MIT
#include <string>

#include <benchmark/benchmark.h>

#include "diagnostics/diagnostics.h"
#include "syntax/lexer.h"
#include "syntax/parser.h"
#include "syntax/printer.h"

namespace {

using namespace honua;

// A configuration of `layers` typical layers, about 600 bytes each.
std::string configuration(std::int64_t layers) {
  std::string text = "honua {\n  version     = \"1.0\"\n  environment = \"production\"\n}\n\n";
  for (std::int64_t i = 0; i < layers; ++i) {
    const std::string id = "roads_" + std::to_string(i);
    text += "# Published from the asset register\nlayer \"" + id + "\" {\n";
    text += "  title             = \"Roads " + std::to_string(i) + "\"\n";
    text += "  description       = \"District " + std::to_string(i % 97) + " of ${var.schema}\"\n";
    text += "  data_source       = data_source.primary\n  table             = \"public." + id + "\"\n";
    text += "  id_field          = \"road_id\"\n  introspect_fields = false\n\n";
    text += "  geometry {\n    column = \"geom\"\n    type   = \"LineString\"\n    srid   = 3857\n  }\n\n";
    text +=
        "  fields {\n    road_id = { type = \"int\", nullable = false }\n    name    = { type = \"string\" "
        "}\n  }\n\n";
    text += "  services = [service.odata, service.wfs]\n}\n\n";
  }
  return text;
}

void parse_configuration(benchmark::State& state) {
  const source::SourceFile file(0, "bench.hcl", configuration(state.range(0)));
  for (auto _ : state) {
    diagnostics::Diagnostics sink;
    benchmark::DoNotOptimize(syntax::parse(file, syntax::Dialect::honua, sink).node_count());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(file.text().size()));
}
BENCHMARK(parse_configuration)->Arg(10)->Arg(1000)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

void lex_configuration(benchmark::State& state) {
  const source::SourceFile file(0, "bench.hcl", configuration(state.range(0)));
  for (auto _ : state) {
    syntax::Lexer lexer(file.text(), nullptr);
    syntax::Token token;
    do {
      lexer.next(token);
      benchmark::DoNotOptimize(token);
    } while (token.kind != syntax::TokenKind::end_of_file);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(file.text().size()));
}
BENCHMARK(lex_configuration)->Arg(10'000)->Unit(benchmark::kMillisecond);

void print_configuration(benchmark::State& state) {
  const source::SourceFile file(0, "bench.hcl", configuration(state.range(0)));
  diagnostics::Diagnostics sink;
  const syntax::Tree tree = syntax::parse(file, syntax::Dialect::honua, sink);
  for (auto _ : state) benchmark::DoNotOptimize(syntax::print(tree));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(file.text().size()));
}
BENCHMARK(print_configuration)->Arg(1000)->Unit(benchmark::kMillisecond);

// What the error paths cost: every item of the file is broken.
void parse_broken(benchmark::State& state) {
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "a" + std::to_string(i) + " = [1,, 2\nb = \"x\nc {\n  d = }\n";
  const source::SourceFile file(0, "bench.hcl", std::move(text));
  for (auto _ : state) {
    diagnostics::Diagnostics sink;
    benchmark::DoNotOptimize(syntax::parse(file, syntax::Dialect::honua, sink).node_count());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(file.text().size()));
}
BENCHMARK(parse_broken)->Unit(benchmark::kMillisecond);

}  // namespace
