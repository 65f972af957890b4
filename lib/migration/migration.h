// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostics/diagnostics.h"
#include "migration/account.h"

// Legacy documents to configurations: the metadata that Honua's old servers read from JSON and YAML, and the
// settings of their application. Source: the
// mapping tables of their members, as the old servers' readers and their records have them.
namespace honua::migration {

struct MigrationOptions {
  std::string environment;  // "" for the document's, or else `production`
  // Ids become labels of letters, digits and `_` only.
  bool underscore_labels = false;
  // Layers on SQL are errors, instead of being written as comments.
  bool refuses_sql_views = false;
  // What is unsupported goes into the residue, not into comments.
  bool with_residue = false;
  // JSON pointers of members that protect data and may be lost.
  std::vector<std::string> accepted_losses;
};

// That something is called otherwise by now.
struct Renamed {
  std::string_view what;  // "layer", "data source", "collection"
  std::string old_id;
  std::string new_id;
};

// A variable that the environment must have.
struct Variable {
  std::string name;
  std::string value;  // a secret: for a file of the user's only
  std::string use;    // "the connection of `data_source.main`"
};

// What became of one member.
struct AccountEntry {
  std::string_view pointer;  // JSON pointer (RFC 6901)
  source::SourceRange range;
  Outcome outcome = Outcome::unsupported;
  std::string_view target;  // the address of what it became; "" if there is none
  std::string_view note;    // a clause, or ""
  bool is_scalar = false;   // or has nothing in it: else its members follow
  std::string_view name;    // the member's; of an element, the array's
};

// What the account has to know of the blocks that were written.
struct BlockIndex {
  struct Block {
    std::string address;   // "layer.roads"
    std::string obstacle;  // why it is a comment; ""
  };
  std::vector<Block> blocks;  // by their numbers
  // Those that stand for a value of the document: what has no place of its members is kept with them.
  // By their numbers, which is the document's order.
  struct Home {
    syntax::NodeId node = syntax::no_node;
    std::uint32_t block = 0;
  };
  std::vector<Home> homes;
  // The document has an application's settings, most of which are no part of a configuration.
  bool is_settings = false;
};

class YamlText;

// Refers to the document, which outlives it.
class Migration {
 public:
  // `tree`: of the document, or of `converted`, which the document was in YAML.
  explicit Migration(syntax::Tree tree, std::unique_ptr<YamlText> yaml = nullptr,
                     std::unique_ptr<source::SourceFile> converted = nullptr);
  Migration(const Migration&) = delete;
  Migration& operator=(const Migration&) = delete;
  ~Migration();

  // The configuration: what belongs together, in order.
  struct Section {
    std::string_view name;  // "honua", "data_sources", "caches", "services", "layers", "limits", "legacy"
    std::string text;
  };
  std::vector<Section> sections;
  std::string residue;  // JSON; "" unless it was asked for
  std::vector<Variable> variables;
  std::vector<Renamed> renamed;
  std::array<std::size_t, outcome_count> counts{};  // of scalars

  // Whether the document has an application's settings.
  [[nodiscard]] bool is_of_settings() const { return blocks_.is_settings; }
  // All sections as one file.
  [[nodiscard]] std::string text() const;

  // Calls on_entry for each member and element, in the document's order. What it is given lives as long as
  // the call.
  using OnEntry = std::function<void(const AccountEntry&, const LegacyValue&)>;
  void each_entry(const OnEntry& on_entry) const;

 private:
  friend class Migrator;
  // Where a value of the tree stands in the document.
  [[nodiscard]] source::SourceRange place_of(source::SourceRange range) const;

  std::unique_ptr<YamlText> yaml_;
  std::unique_ptr<source::SourceFile> converted_;
  syntax::Tree tree_;
  Account account_;
  BlockIndex blocks_;
};

// Reports what is wrong, and what users should look at, to the sink. Nothing if there are errors.
[[nodiscard]] std::unique_ptr<Migration> migrate(const source::SourceFile& document,
                                                 const MigrationOptions& options,
                                                 diagnostics::Diagnostics& sink);

}  // namespace honua::migration
