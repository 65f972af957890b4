// SPDX-License-Identifier: MIT

// hcl_probe shows what honua's parser and evaluator make of documents, in the
// form of hcloracle (see there): the other half of scripts/compare-hcl.
//
//   hcl_probe stream            documents on stdin, one line of JSON for each
//   hcl_probe bench FILE RUNS   seconds of each parse of a file, as a JSON list

#include <charconv>
#include <chrono>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>

#include "evaluation/value.h"
#include "probe_values.h"
#include "syntax/dump.h"
#include "syntax/parser.h"

namespace honua::compare {
namespace {

// [line, column, end line, end column, message, byte, end byte]
std::string describe(const source::SourceFile& file, const diagnostics::Diagnostic& found) {
  const auto begin = file.position(found.range.begin);
  const auto end = file.position(found.range.end);
  std::string out = "[" + std::to_string(begin.line) + ',' + std::to_string(begin.column) + ',' +
                    std::to_string(end.line) + ',' + std::to_string(end.column) + ',';
  evaluation::append_json_string(out, found.message);
  return out + ',' + std::to_string(begin.byte) + ',' + std::to_string(end.byte) + ']';
}

std::string describe_errors(const source::SourceFile& file, const diagnostics::Diagnostics& sink) {
  std::string out;
  for (const diagnostics::Diagnostic* found : sink.sorted()) {
    if (found->severity != diagnostics::Severity::error) continue;
    out += (out.empty() ? "" : ",") + describe(file, *found);
  }
  return '[' + out + ']';
}

// Two documents with the same tree have the same number.
std::string number_of(const syntax::Tree& tree) {
  return std::to_string(std::hash<std::string>()(syntax::dump(tree)));
}

bool has_variables(const syntax::Tree& tree) {
  for (syntax::NodeId id = 0; id < tree.node_count(); ++id) {
    if (tree.node(id).kind == syntax::NodeKind::variable) return true;
  }
  return false;
}

std::string judge(bool is_json, const std::string& text) {
  const source::SourceFile file(0, is_json ? "document.hcl.json" : "document.hcl", text);
  diagnostics::Diagnostics sink;
  const auto parse = is_json ? syntax::parse_json : syntax::parse;
  const syntax::Tree tree = parse(file, syntax::Dialect::hcl, sink);
  const bool parsed = !sink.has_errors();
  diagnostics::Diagnostics evaluation;
  const std::string values = parsed ? values_as_json(tree, evaluation) : "null";
  const auto boolean = [](bool value) { return value ? "true" : "false"; };
  return std::string("{\"parse_ok\":") + boolean(parsed) + ",\"errors\":" + describe_errors(file, sink) +
         ",\"eval_ok\":" + boolean(parsed && !evaluation.has_errors()) +
         ",\"eval_errors\":" + describe_errors(file, evaluation) + ",\"value\":" + values + ",\"tree\":\"" +
         (parsed ? number_of(tree) : "") + "\",\"has_variables\":" + boolean(has_variables(tree)) + "}\n";
}

int stream() {
  std::string syntax;
  std::size_t size = 0;
  while (std::cin >> syntax >> size) {
    std::cin.get();  // the line end
    std::string text(size, '\0');
    if (!std::cin.read(text.data(), static_cast<std::streamsize>(size))) return 3;
    std::cout << judge(syntax == "json", text) << std::flush;  // a crash later must not lose it
  }
  return 0;
}

int bench(const char* path, int runs) {
  std::ifstream input(path, std::ios::binary);
  if (!input) return 3;
  const source::SourceFile file(0, path, std::string(std::istreambuf_iterator<char>(input), {}));
  std::string out;
  for (int run = 0; run < runs; ++run) {
    diagnostics::Diagnostics sink;
    const auto start = std::chrono::steady_clock::now();
    const syntax::Tree tree = syntax::parse(file, syntax::Dialect::hcl, sink);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    if (sink.has_errors()) return 1;
    out += (out.empty() ? "" : ",") + std::to_string(taken.count() * 1e6) + "e-6";
  }
  std::cout << '[' << out << "]\n";
  return 0;
}

}  // namespace
}  // namespace honua::compare

int main(int argc, char** argv) {
  const std::string_view mode = argc > 1 ? argv[1] : "";
  if (mode == "stream" && argc == 2) {
    std::ios::sync_with_stdio(false);
    return honua::compare::stream();
  }
  int runs = 0;
  if (mode == "bench" && argc == 4) {
    const std::string_view number = argv[3];
    if (std::from_chars(number.data(), number.data() + number.size(), runs).ec == std::errc{}) {
      return honua::compare::bench(argv[2], runs);
    }
  }
  std::cerr << "usage: hcl_probe stream | bench FILE RUNS\n";
  return 2;
}
