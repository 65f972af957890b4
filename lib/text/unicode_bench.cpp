// SPDX-License-Identifier: MIT
#include "text/unicode.h"

#include <benchmark/benchmark.h>

#include <string>

namespace honua::text {

namespace {

std::string repeated(std::string_view line) {
  constexpr std::size_t size = std::size_t{1} << 20U;
  std::string text;
  while (text.size() < size) text += line;
  return text;
}

const std::string ascii = repeated("  source_table = \"public.roads\" # the roads of the county\r\n");
const std::string mixed = repeated("  title = \"Straßen und Wege\" # für die Übersicht\n");
const std::string wide = repeated("道路と橋の一覧👩\u200D👧");

template <class Function>
void run(benchmark::State& state, const std::string& text, Function function) {
  for (auto _ : state) benchmark::DoNotOptimize(function(text));
  state.SetBytesProcessed(static_cast<std::int64_t>(text.size()) * state.iterations());
}

BENCHMARK_CAPTURE(run, find_malformed_ascii, ascii, find_malformed);
BENCHMARK_CAPTURE(run, find_malformed_mixed, mixed, find_malformed);
BENCHMARK_CAPTURE(run, find_malformed_wide, wide, find_malformed);
BENCHMARK_CAPTURE(run, count_graphemes_ascii, ascii, count_graphemes);
BENCHMARK_CAPTURE(run, count_graphemes_mixed, mixed, count_graphemes);
BENCHMARK_CAPTURE(run, count_graphemes_wide, wide, count_graphemes);
BENCHMARK_CAPTURE(run, display_width_ascii, ascii, display_width);
BENCHMARK_CAPTURE(run, to_nfc_mixed, mixed, to_nfc);

}  // namespace

}  // namespace honua::text
