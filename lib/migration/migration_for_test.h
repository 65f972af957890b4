// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <memory>
#include <string>

#include "diagnostics/diagnostics.h"
#include "migration/migration.h"

// Texts and what they are migrated to. For tests, fuzzers and benchmarks.
namespace honua::migration {

// "" for none.
struct LegacyTexts {
  std::string metadata;
  std::string settings;
  std::string environment;
};

struct Migrated {
  explicit Migrated(const std::string& text, const MigrationOptions& options = {})
      : Migrated(LegacyTexts{text, "", ""}, options) {}
  explicit Migrated(const LegacyTexts& texts, const MigrationOptions& options = {}) {
    Documents documents{add("metadata.json", texts.metadata), {}, {}};
    if (!texts.settings.empty()) documents.settings = {add("appsettings.json", texts.settings)};
    if (!texts.environment.empty()) documents.environments = {add("honua.env", texts.environment)};
    made = migrate(documents, options, sink);
  }

  diagnostics::Diagnostics sink;
  std::deque<source::SourceFile> files;
  std::unique_ptr<Migration> made;  // nullptr if there were errors

 private:
  const source::SourceFile* add(const std::string& name, const std::string& text) {
    return &files.emplace_back(static_cast<source::FileId>(files.size()), name, text);
  }
};

}  // namespace honua::migration
