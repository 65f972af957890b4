// SPDX-License-Identifier: MIT
#include "restoring/restore.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "config/loader.h"
#include "snapshot/write_snapshot.h"
#include "syntax/parser.h"

namespace honua::restoring {

namespace {

namespace fs = std::filesystem;

struct TakenSnapshot {
  snapshot::WrittenSnapshot written;
  bool has_errors = false;
};

TakenSnapshot take_snapshot(const std::string& text) {
  source::SourceSet sources;
  diagnostics::Diagnostics sink;
  const source::SourceFile& file = sources.add("a.hcl", text);
  const syntax::Tree tree = syntax::parse(file, syntax::Dialect::honua, sink);
  const std::vector<config::LoadInput> inputs = {{&tree, false, false, false}};
  const MapEnvironment environment;
  const config::Loaded loaded = config::load(inputs, environment, syntax::Dialect::honua, sink);
  return {snapshot::write_snapshot({loaded.configuration, loaded.environment_uses, inputs, sources}),
          sink.has_errors()};
}

Restored restored(const std::string& snapshot) {
  const auto document = snapshot::Document::read("s", snapshot);
  REQUIRE_MESSAGE(document.has_value(), document.error().message);
  return restore(*document);
}

}  // namespace

TEST_CASE("a snapshot becomes the configuration that people would write") {
  const std::string text =
      "honua {\n"
      "  log_level = \"debug\"\n"
      "\n"
      "  cors {\n"
      "    allowed_origins = [\"https://a\", \"https://b\"]\n"
      "  }\n"
      "}\n"
      "\n"
      "data_source \"db\" {\n"
      "  connection = \"Host=${env(\"PGHOST\")};Database=$${x}\"\n"
      "  provider   = env(\"PROVIDER\", \"postgresql\")\n"
      "}\n"
      "\n"
      "service \"ogc_api\" {\n"
      "  item_limit = 5\n"
      "}\n"
      "\n"
      "layer \"roads\" {\n"
      "  data_source = data_source.db\n"
      "  services    = [service.ogc_api]\n"
      "  table       = \"public.roads\"\n"
      "\n"
      "  fields {\n"
      "    id {\n"
      "      type = \"int\"\n"
      "    }\n"
      "  }\n"
      "}\n";
  CHECK(restored(take_snapshot(text).written.text).text == text);
}

TEST_CASE("what a restored configuration comes to is what the snapshot says") {
  std::size_t count = 0;
  for (const auto& entry : fs::recursive_directory_iterator(HONUA_SOURCE_DIR "/testdata")) {
    if (entry.path().extension() != ".hcl" && entry.path().extension() != ".honua") continue;
    const auto content = RealFileSystem().read_file(entry.path().string(), 1 << 24);
    if (!content) continue;
    const TakenSnapshot before = take_snapshot(content->to_string());
    // What has errors may come to nothing that could be written.
    if (before.has_errors || before.written.masked > 0 || before.written.unknown > 0) continue;
    CAPTURE(entry.path().string());
    const Restored made = restored(before.written.text);
    CAPTURE(made.text);
    CHECK(made.masked == 0);
    CHECK(made.unknown == 0);
    const TakenSnapshot after = take_snapshot(made.text);
    CHECK_FALSE(after.has_errors);
    // What is computed may be known where it stands by itself.
    if (before.written.text.find("$expression") == std::string::npos)
      CHECK(after.written.text == before.written.text);
    CHECK(take_snapshot(restored(after.written.text).text).written.text == after.written.text);
    ++count;
  }
  CHECK(count > 50);
}

TEST_CASE("secrets that a snapshot does not hold are told, and stay asterisks") {
  const std::string snapshot =
      take_snapshot("data_source \"db\" {\n  connection = \"Host=a;Password=hunter2\"\n}\n").written.text;
  const Restored made = restored(snapshot);
  CHECK(made.masked == 1);
  CHECK(made.text == "data_source \"db\" {\n  connection = \"Host=a;Password=********\"\n}\n");
}

TEST_CASE("an empty snapshot is an empty configuration") {
  CHECK(restored(take_snapshot("").written.text).text.empty());
}

}  // namespace honua::restoring
