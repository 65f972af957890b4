// SPDX-License-Identifier: MIT
#include "config/effective.h"

#include <map>
#include <string>

#include <doctest/doctest.h>

#include "config/loader.h"
#include "source/source_file.h"
#include "syntax/parser.h"

namespace honua::config {

namespace {

// "ADDRESS ORIGIN" of each value, one a line.
std::string effective(const std::string& text, BlockType type) {
  source::SourceSet sources;
  diagnostics::Diagnostics sink;
  const syntax::Tree tree = syntax::parse(sources.add("a.hcl", text), syntax::Dialect::honua, sink);
  const LoadInput input{&tree, false, false};
  const Loaded loaded = load(std::span(&input, 1), MapEnvironment(std::map<std::string, std::string>()),
                             syntax::Dialect::honua, sink);
  std::string lines;
  for (const Block& block : loaded.configuration.of(type)) {
    for (const EffectiveValue& one : effective_values(block)) {
      const bool written = one.origin == Origin::written;
      CHECK(written == (one.setting != nullptr));
      CHECK(written == one.literal.empty());
      lines += one.address + (written ? "" : " = " + one.literal) +
               (one.origin == Origin::label ? " (label)\n" : "\n");
    }
  }
  return lines;
}

}  // namespace

TEST_CASE("what is not written has its default, in the order of the tables") {
  CHECK(effective("rate_limit {\n store = \"redis\"\n rules \"a\" {\n  requests = 5\n }\n}\n",
                  BlockType::rate_limit) ==
        "rate_limit.enabled = true\nrate_limit.store\nrate_limit.rules.a.requests\n"
        "rate_limit.rules.a.window = \"1m\"\n");
}

TEST_CASE("null stands for the default") {
  CHECK(effective("rate_limit {\n enabled = null\n store = \"redis\"\n}\n", BlockType::rate_limit) ==
        "rate_limit.enabled = true\nrate_limit.store\n");
}

TEST_CASE("objects that are not written have no defaults") {
  CHECK(effective("data_source \"a\" {\n}\n", BlockType::data_source) == "data_source.a.read_only = false\n");
  CHECK(effective("data_source \"a\" {\n pool {\n }\n}\n", BlockType::data_source) ==
        "data_source.a.pool.min_size = 1\ndata_source.a.pool.max_size = 10\n"
        "data_source.a.pool.timeout = 30\ndata_source.a.read_only = false\n");
  CHECK(effective("honua {\n security {\n }\n}\n", BlockType::honua).ends_with("\nhonua.security\n"));
  CHECK(effective("data_source \"a\" {\n pool {\n  max_size = 5\n }\n}\n", BlockType::data_source) ==
        "data_source.a.pool.min_size = 1\ndata_source.a.pool.max_size\ndata_source.a.pool.timeout = 30\n"
        "data_source.a.read_only = false\n");
}

TEST_CASE("labels name the types of services and caches") {
  CHECK(effective("service \"geometry\" {\n}\n", BlockType::service)
            .starts_with("service.geometry.type = \"geometry\" (label)\nservice.geometry.enabled = true\n"
                         "service.geometry.base_path = \"/rest/services/Geometry\"\n"));
  CHECK(effective("cache \"redis\" {\n}\n", BlockType::cache)
            .starts_with("cache.redis.type = \"redis\" (label)\n"));
  CHECK(effective("cache \"fast\" {\n}\n", BlockType::cache).starts_with("cache.fast.type = \"memory\"\n"));
}

TEST_CASE("settings that no table knows come last") {
  CHECK(effective("import \"a\" {\n b = 1\n c = { d = [2], e = {} }\n}\n", BlockType::import) ==
        "import.a.b\nimport.a.c.d\nimport.a.c.e\n");
}

}  // namespace honua::config
