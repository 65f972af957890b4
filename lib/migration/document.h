// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostics/diagnostics.h"
#include "migration/converted_text.h"
#include "migration/legacy_value.h"
#include "migration/migration.h"

// Internal to the module: one of the documents that are migrated together.
namespace honua::migration {

// A block that stands for a value of a document: what has no place of its members is kept with it.
struct Home {
  syntax::NodeId node = syntax::no_node;
  std::uint32_t block = 0;
};

struct Document {
  const source::SourceFile* file = nullptr;
  DocumentKind kind = DocumentKind::metadata;
  // What pointers into it begin with where they are kept: nothing for the first document, `name#` for others.
  std::string prefix;
  // Of what is no JSON.
  std::optional<ConvertedText> converted;
  std::unique_ptr<source::SourceFile> converted_file;
  std::optional<syntax::Tree> tree;  // of either file
  std::vector<Home> homes;           // by their nodes, once all blocks are known

  [[nodiscard]] LegacyValue root() const { return LegacyValue(tree->expression()); }
  // Where a value of the tree stands in the file.
  [[nodiscard]] source::SourceRange place_of(source::SourceRange range) const {
    return converted ? converted->place_of(range.begin) : range;
  }
  // Numbers and truth values are taken for texts where these are wanted: in YAML texts need no quotes.
  [[nodiscard]] bool takes_scalars_for_texts() const { return converted.has_value(); }
};

// Which documents are expected.
enum class Expected : std::uint8_t {
  any,          // metadata or settings: told apart by what is in it
  settings,     // settings of the application
  environment,  // a list of variables
};

// What is wrong is reported to the sink, and nothing is returned then.
[[nodiscard]] std::unique_ptr<Document> read_document(const source::SourceFile& file, Expected expected,
                                                      diagnostics::Diagnostics& sink);

// Whether settings of this name, at the root of a document, may be the server's.
[[nodiscard]] bool is_section_of_server(std::string_view name);

// Findings in what was converted lie where its values stand, which is not where the JSON has them.
void place_findings(const Document& document, diagnostics::Diagnostics& sink);

}  // namespace honua::migration
