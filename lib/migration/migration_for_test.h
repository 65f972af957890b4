// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "diagnostics/diagnostics.h"
#include "migration/migration.h"

// A text and what it is migrated to. For tests, fuzzers and benchmarks.
namespace honua::migration {

struct Migrated {
  explicit Migrated(const std::string& text, const MigrationOptions& options = {})
      : document(std::make_unique<source::SourceFile>(0, "metadata.json", text)),
        made(migrate(*document, options, sink)) {}

  diagnostics::Diagnostics sink;
  std::unique_ptr<source::SourceFile> document;
  std::unique_ptr<Migration> made;  // nullptr if there were errors
};

}  // namespace honua::migration
