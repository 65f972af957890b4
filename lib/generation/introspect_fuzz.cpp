// SPDX-License-Identifier: MIT
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "base/environment.h"
#include "base/scratch_directory.h"
#include "catalog/catalog_json.h"
#include "catalog/reader.h"
#include "catalog/sqlite_for_fuzz.h"
#include "config/loader.h"
#include "generation/generate.h"
#include "generation/update.h"
#include "syntax/formatter.h"
#include "syntax/parser.h"
#include "text/sanitize.h"
#include "text/unicode.h"
#include "validation/validator.h"

// A file of SQLite, or statements that make one: reading it is bounded. What is generated of it is a
// configuration without errors, in canonical style; and updating that, or an empty one, leaves nothing to do.

namespace {

using namespace honua;

constexpr std::string_view magic{"SQLite format 3\0", 16};

std::string database_of(std::string input) {
  if (std::string_view(input).starts_with(magic)) return input;
  catalog::StatementRunner runner;
  runner.run_all(input);
  return runner.take();
}

void check_valid(const std::string& text) {
  source::SourceSet sources;
  diagnostics::Diagnostics sink;
  const syntax::Tree tree = syntax::parse(sources.add("found.hcl", text), syntax::Dialect::hcl, sink);
  const config::LoadInput input{&tree, false, false, false};
  const config::Loaded loaded = config::load(
      {&input, 1}, MapEnvironment({{"DATABASE_URL", "Data Source=city.db"}}), syntax::Dialect::hcl, sink);
  validation::Options options;
  options.inputs = {&input, 1};
  validation::validate(loaded.configuration, options, sink);
  HONUA_ASSERT(!sink.has_errors());
  HONUA_ASSERT(syntax::format(text) == text);
}

// What a text becomes; the same, if there is nothing to do.
std::string updated(const std::string& text, const catalog::Catalog& found,
                    const generation::GenerationOptions& generation) {
  const source::SourceFile file(0, "found.hcl", text);
  diagnostics::Diagnostics sink;
  const syntax::Tree tree = syntax::parse(file, syntax::Dialect::honua, sink);
  generation::UpdateOptions options;
  options.generation = generation;
  options.selection.with_views = true;
  const auto update = generation::update(tree, found, options);
  HONUA_ASSERT(update.has_value());
  return source::apply_edits(text, {&update->edits, 1}).text;
}

void check_generation(const catalog::Catalog& found, bool has_explicit_fields) {
  generation::GenerationOptions options;
  options.explicit_fields = has_explicit_fields;
  const std::string text = generation::generate(found, options).text;
  check_valid(text);
  HONUA_ASSERT(updated(text, found, options) == text);
  const std::string begun = updated("", found, options);
  check_valid(begun);
  HONUA_ASSERT(updated(begun, found, options) == begun);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const ScratchDirectory directory;
  directory.write("city.db", database_of(std::string(data, data + size)));
  catalog::ReadOptions options;
  options.timeout = std::chrono::seconds(1);
  for (const bool with_system : {false, true}) {
    options.with_system = with_system;
    const auto found = catalog::read_sqlite(directory.file("city.db"), options);
    if (!found) {
      const std::string& message = found.error().message;
      HONUA_ASSERT(!message.empty() && text::printable(message) == message);
      return 0;
    }
    HONUA_ASSERT(text::find_malformed(catalog::to_json(*found)) == std::string::npos);
    check_generation(*found, with_system);
  }
  return 0;
}
