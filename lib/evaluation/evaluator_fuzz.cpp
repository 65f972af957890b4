// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "evaluation/dump.h"
#include "evaluation/evaluator.h"

// Parses any bytes as a file and evaluates what comes out, in both dialects,
// with names that are known and names that are not. Besides not crashing:
// secrets stay out of findings, and what is called trivial yields none.

namespace {

using namespace honua;
using namespace honua::evaluation;

// A text that depends on the whole input, so that no input contains its own.
std::string make_secret(std::string_view input) {
  std::uint64_t hash = 14'695'981'039'346'656'037ULL;  // FNV-1a
  for (const char c : input) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211ULL;
  return "secret-" + std::to_string(hash);
}

MapScope make_scope(const std::string& secret) {
  MapScope scope;
  scope.set("var",
            Value::object({{"a", Value::number(1)}, {"b", Value::string("text")}, {"n", Value::null()}}));
  scope.set("l", Value::list({Value::string("a"), Value::string("b")}));
  scope.set("m", Value::map({{"x", Value::number(1)}}));
  scope.set("s", Value::set({Value::number(3), Value::number(2)}));
  scope.set("u", Value::unknown());
  scope.set("t", Value::string(secret).with_sensitive(true));
  scope.set("st", Value::tuple({Value::string(secret), Value::object({{secret, Value::number(1)}})})
                      .with_sensitive(true));
  return scope;
}

void check_findings(const diagnostics::Diagnostics& sink, const std::string& secret) {
  for (const diagnostics::Diagnostic* one : sink.sorted()) {
    HONUA_ASSERT(one->message.find(secret) == std::string::npos);
    for (const auto& label : one->labels) HONUA_ASSERT(label.message.find(secret) == std::string::npos);
    for (const auto& line : one->help) HONUA_ASSERT(line.find(secret) == std::string::npos);
  }
}

void check_trivial(syntax::Body body, EvaluationContext& context) {
  for (const syntax::Attribute& attribute : body.attributes()) {
    if (!is_trivially_valid(attribute.expression())) continue;
    const std::size_t before = context.sink.size();
    const Value value = evaluate(attribute.expression(), context);
    HONUA_ASSERT(context.sink.size() == before && value.is_wholly_known());
  }
  for (const syntax::Block& block : body.blocks()) check_trivial(block.body(), context);
}

void run(const source::SourceFile& file, syntax::Dialect dialect, const Scope& scope,
         const std::string& secret) {
  const MapEnvironment environment(std::map<std::string, std::string>{{"TOKEN", secret}});
  diagnostics::Diagnostics sink;
  const syntax::Tree tree = syntax::parse(file, dialect, sink);
  EvaluationContext context(scope, environment, sink, dialect);
  // Fuzzing explores; it need not explore the limits each time.
  context.work_left = 20'000;
  check_body(tree.body(), context);
  if (!sink.has_errors()) check_trivial(tree.body(), context);
  context.work_left = 20'000;
  (void)dump_evaluated_body(tree.body(), context);
  check_findings(sink, secret);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const source::SourceFile file(0, "fuzz.hcl", std::string(data, data + size));
  const std::string secret = make_secret(file.text());
  const MapScope known = make_scope(secret);
  const UnknownScope unknown;
  for (const syntax::Dialect dialect : {syntax::Dialect::hcl, syntax::Dialect::honua}) {
    run(file, dialect, known, secret);
    run(file, dialect, unknown, secret);
  }
  return 0;
}
