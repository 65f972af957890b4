// SPDX-License-Identifier: MIT
// Any bytes as legacy documents, parted by lines of `===`: metadata, settings, variables. What is migrated is
// found again, and formats stably.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/assert.h"
#include "migration/migration_for_test.h"
#include "migration/update.h"
#include "migration/verify.h"
#include "syntax/formatter.h"
#include "syntax/parser.h"

namespace {

// What follows the last line of `===`, which is taken away with it; "" if there is none.
std::string cut_off(std::string& text) {
  constexpr std::string_view line = "\n===\n";
  const std::size_t at = text.rfind(line);
  if (at == std::string::npos) return "";
  std::string rest = text.substr(at + line.size());
  text.resize(at);
  return rest;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t at = 0; at < size; ++at) text[at] = static_cast<char>(data[at]);
  honua::migration::MigrationOptions options;
  options.with_residue = size % 2 == 0;
  options.underscore_labels = size % 3 == 0;
  honua::migration::LegacyTexts texts;
  texts.environment = cut_off(text);
  texts.settings = texts.environment.empty() ? "" : cut_off(text);
  if (texts.settings.empty()) std::swap(texts.settings, texts.environment);
  texts.metadata = text;
  const honua::migration::Migrated one(texts, options);
  HONUA_ASSERT((one.made == nullptr) == one.sink.has_errors());
  if (one.made == nullptr) return 0;
  const std::string configuration = one.made->text();
  HONUA_ASSERT(verify(*one.made, configuration, one.made->residue).empty());
  HONUA_ASSERT(honua::syntax::format(configuration) == configuration);
  const honua::source::SourceFile file(0, "honua.hcl", std::string_view(configuration));
  honua::diagnostics::Diagnostics none;
  const auto update = honua::migration::update(
      honua::syntax::parse(file, honua::syntax::Dialect::honua, none), *one.made, false);
  HONUA_ASSERT(update.has_value() && update->edits.empty());
  return 0;
}
