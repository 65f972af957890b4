// SPDX-License-Identifier: MIT
#include <string>

#include <benchmark/benchmark.h>

#include "syntax/formatter.h"

namespace {

using namespace honua;

std::string layers_to_format(std::int64_t count, const std::string& blank) {
  std::string text;
  for (std::int64_t i = 0; i < count; ++i) {
    const std::string id = "roads_" + std::to_string(i);
    text += "# Published from the asset register\nlayer \"" + id + "\" {\n" + blank + "title = \"Roads " +
            std::to_string(i) + "\" # shown in catalogues\n" + blank + "table = \"public." + id + "\"\n" +
            blank + "geometry {\n" + blank + blank + "column=\"geom\"\n" + blank + blank + "srid   = 3857\n" +
            blank + "}\n\n" + blank + "services=[service.odata,service.wfs]\n}\n\n";
  }
  return text;
}

void format_text(benchmark::State& state, const std::string& text) {
  for (auto _ : state) benchmark::DoNotOptimize(syntax::format(text));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}

void format_unformatted(benchmark::State& state) {
  format_text(state, layers_to_format(state.range(0), "\t"));
}
BENCHMARK(format_unformatted)->Arg(1000)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

void format_formatted(benchmark::State& state) {
  format_text(state, *syntax::format(layers_to_format(state.range(0), "  ")));
}
BENCHMARK(format_formatted)->Arg(1000)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

// Nothing but lines that are aligned with each other.
void format_aligned(benchmark::State& state) {
  std::string text;
  for (std::int64_t i = 0; i < state.range(0); ++i) text += "a" + std::to_string(i) + "=1 # x\n";
  format_text(state, text);
}
BENCHMARK(format_aligned)->Arg(10'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

}  // namespace
