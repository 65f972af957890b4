// SPDX-License-Identifier: MIT
// Any bytes as a legacy document: what is migrated is found again, and formats stably.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/assert.h"
#include "migration/migration_for_test.h"
#include "migration/verify.h"
#include "syntax/formatter.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t at = 0; at < size; ++at) text[at] = static_cast<char>(data[at]);
  honua::migration::MigrationOptions options;
  options.with_residue = size % 2 == 0;
  options.underscore_labels = size % 3 == 0;
  const honua::migration::Migrated one(text, options);
  HONUA_ASSERT((one.made == nullptr) == one.sink.has_errors());
  if (one.made == nullptr) return 0;
  const std::string configuration = one.made->text();
  HONUA_ASSERT(verify(*one.made, configuration, one.made->residue).empty());
  HONUA_ASSERT(honua::syntax::format(configuration) == configuration);
  return 0;
}
