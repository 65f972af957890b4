// SPDX-License-Identifier: MIT
#include "validation/examples.h"

#include <set>
#include <string>

#include <doctest/doctest.h>

#include "config/loader.h"
#include "syntax/parser.h"
#include "validation/validator.h"

namespace honua::validation {

namespace {

// The codes of all findings on an example in its sample configuration.
std::set<std::string> codes_of(std::string_view example, Target target) {
  const source::SourceFile file(0, "example.hcl", sample_configuration(example, target));
  diagnostics::Diagnostics sink;
  const syntax::Tree tree = syntax::parse(file, syntax::Dialect::honua, sink);
  const config::LoadInput input{&tree, false, false};
  const config::Loaded loaded = config::load({&input, 1}, MapEnvironment(), syntax::Dialect::honua, sink);
  Options options;
  options.unused_variables = loaded.unused_variables;
  options.target = target;
  options.inputs = {&input, 1};
  validate(loaded.configuration, options, sink);
  std::set<std::string> codes;
  for (const diagnostics::Diagnostic* one : sink.sorted()) codes.emplace(one->rule->code);
  return codes;
}

std::string joined(const std::set<std::string>& codes) {
  std::string text;
  for (const std::string& code : codes) text += code + " ";
  return text;
}

}  // namespace

TEST_CASE("a sample configuration without an example has no finding") {
  CHECK(joined(codes_of("", Target::any)).empty());
  CHECK(joined(codes_of("", Target::upstream)).empty());
}

TEST_CASE("each rule's bad example yields exactly it, its good example does not") {
  for (const RuleInfo* info : all_rules()) {
    const std::string code(info->rule->code);
    CAPTURE(code);
    CHECK_FALSE(info->why.empty());
    CHECK_FALSE(info->bad.empty());
    CHECK_FALSE(info->good.empty());
    CHECK(joined(codes_of(info->bad, info->target)) == code + " ");
    CHECK(joined(codes_of(info->good, info->target)).find(code) == std::string::npos);
  }
}

TEST_CASE("no two rules share a code or a slug") {
  std::set<std::string_view> seen;
  for (const RuleInfo* info : all_rules()) {
    CAPTURE(info->rule->code);
    CHECK(seen.insert(info->rule->code).second);
    CHECK(seen.insert(info->rule->slug).second);
  }
}

}  // namespace honua::validation
