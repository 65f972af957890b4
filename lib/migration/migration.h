// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostics/diagnostics.h"
#include "migration/account.h"
#include "text/mask.h"

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

// What a document holds.
enum class DocumentKind : std::uint8_t {
  metadata,     // data sources, services and layers
  settings,     // of the application, most of which are no part of a configuration
  environment,  // a list of variables, which are settings as well
};
[[nodiscard]] std::string_view to_string(DocumentKind kind);

// What is migrated together. The files have different numbers, and outlive the migration.
struct Documents {
  const source::SourceFile* metadata = nullptr;         // or settings by themselves; nullptr for none
  std::vector<const source::SourceFile*> settings;      // later ones count more
  std::vector<const source::SourceFile*> environments;  // count more than settings; later ones more
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
  std::optional<std::string> value;  // a secret: for a file of the user's only; nothing if nobody said it
  std::string use;                   // "the connection of `data_source.main`"
};

// What belongs together in a configuration, in order.
inline constexpr std::array<std::string_view, 8> section_names = {
    "honua", "data_sources", "caches", "services", "layers", "limits", "attachments", "legacy"};

// What became of one member.
struct AccountEntry {
  std::string_view pointer;  // JSON pointer (RFC 6901)
  source::SourceRange range;
  Outcome outcome = Outcome::unsupported;
  std::string_view target;  // the address of what it became; "" if there is none
  std::string_view note;    // a clause, or ""
  bool is_scalar = false;   // or has nothing in it: else its members follow
  bool is_kept = false;     // as a comment or in the residue, although it went somewhere
  std::string_view name;    // the member's; of an element, the array's
};

// A block that was written.
struct WrittenBlock {
  std::string address;   // "layer.roads"
  std::string obstacle;  // why it is a comment; ""
};

struct Document;

// Refers to the documents, which outlive it.
class Migration {
 public:
  Migration();
  Migration(const Migration&) = delete;
  Migration& operator=(const Migration&) = delete;
  ~Migration();

  // The configuration: what belongs together, in order.
  struct Section {
    std::string_view name;  // one of section_names
    std::string text;
  };
  std::vector<Section> sections;
  std::string residue;  // JSON; "" unless it was asked for
  std::vector<Variable> variables;
  std::vector<Renamed> renamed;
  std::vector<std::string> needless_losses;         // that were accepted, of members that protect nothing
  std::array<std::size_t, outcome_count> counts{};  // of scalars

  // The documents, in the order in which they were given.
  struct Source {
    const source::SourceFile* file;
    DocumentKind kind;
    // What pointers into it begin with where they are kept: nothing for the first one, `name#` for others.
    std::string_view prefix;
    std::string name;  // the file's, without its folder unless another one is called so
  };
  [[nodiscard]] const std::vector<Source>& sources() const { return sources_; }
  // All sections as one file.
  [[nodiscard]] std::string text() const;

  // Calls on_entry for each member and element of a document, in its order. What it is given lives as long as
  // the call.
  using OnEntry = std::function<void(const AccountEntry&, const LegacyValue&)>;
  void each_entry(std::size_t source, const OnEntry& on_entry) const;

 private:
  friend class Migrator;

  std::vector<std::unique_ptr<Document>> documents_;
  std::vector<Source> sources_;
  Account account_;
  std::vector<WrittenBlock> blocks_;
};

// All of a list of variables but their names: values of the environment are shown to nobody.
[[nodiscard]] std::vector<text::TextRange> values_in_environment(const source::SourceFile& list);

// Reports what is wrong, and what users should look at, to the sink. Nothing if there are errors.
[[nodiscard]] std::unique_ptr<Migration> migrate(const Documents& documents, const MigrationOptions& options,
                                                 diagnostics::Diagnostics& sink);

}  // namespace honua::migration
