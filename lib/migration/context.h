// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "diagnostics/diagnostics.h"
#include "migration/account.h"
#include "migration/document.h"
#include "migration/legacy_value.h"
#include "migration/migration.h"
#include "migration/target_block.h"

// Internal to the module: what all mappers share.
namespace honua::migration {

class TextList;

using BlockNumber = std::uint32_t;

class Context {
 public:
  using DocumentList = std::vector<std::unique_ptr<Document>>;
  Context(const MigrationOptions& options, const DocumentList& documents, Account& account,
          diagnostics::Diagnostics& sink);
  ~Context();
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  [[nodiscard]] const MigrationOptions& options() const { return options_; }
  [[nodiscard]] Account& account() { return account_; }
  // The one that a value is in.
  [[nodiscard]] Document& document_of(const LegacyValue& value) const {
    return *documents_[account_.document_of(value)];
  }

  BlockNumber add_block(std::string type, std::string label);
  // Whether a service lets clients change features.
  [[nodiscard]] bool allows_editing() const;
  // Nothing if there is none.
  [[nodiscard]] std::optional<BlockNumber> find_block(std::string_view type, std::string_view label) const;
  // What has no place of the members of `source` is kept above the block.
  void keep_above(BlockNumber block, const LegacyValue& source) const {
    document_of(source).homes.push_back({source.id(), block});
  }
  [[nodiscard]] TargetBlock& block(BlockNumber number) { return blocks_[number]; }
  [[nodiscard]] const std::deque<TargetBlock>& blocks() const { return blocks_; }
  diagnostics::Diagnostic& report(const diagnostics::Rule& rule, const LegacyValue& at, std::string message) {
    return report(rule, rule.severity, at, std::move(message));
  }
  diagnostics::Diagnostic& report(const diagnostics::Rule& rule, diagnostics::Severity severity,
                                  const LegacyValue& at, std::string message) {
    return sink_.report(rule, severity, at.range(), std::move(message));
  }
  // That data would not be protected any more; once the whole account is known. `what`: a clause.
  void lose_protection(const LegacyValue& value, std::string what) {
    lost_protections.push_back({value, std::move(what)});
  }

  // --- Members of an object. One that is `null` says nothing; one of another kind is an error. In settings
  // it stays without a place; and texts stand for numbers and truth values there, as .NET reads them.
  [[nodiscard]] std::optional<LegacyValue> find(const LegacyObject& object, std::string_view name,
                                                ValueKind wanted);
  [[nodiscard]] std::optional<LegacyValue> find_text(const LegacyObject& object, std::string_view name) {
    return find(object, name, ValueKind::string);
  }

  // Says that a value is of another kind than it has to be. `what`: "the field".
  void refuse_kind(const LegacyValue& value, std::string_view what, ValueKind wanted);

  // --- Claims
  void claim(const LegacyValue& value, Outcome outcome, BlockNumber block, const Path& path,
             std::string_view note = {});
  // The same for a value that the whole block stands for.
  void claim_block(const LegacyValue& value, Outcome outcome, BlockNumber block, std::string_view note = {}) {
    account_.claim(value, outcome, {block, nullptr}, note);
  }
  // The same for what is kept as well.
  void claim_and_keep(const LegacyValue& value, Outcome outcome, BlockNumber block, const Path& path,
                      std::string_view note);
  void claim_all(const LegacyValue& value, Outcome outcome, BlockNumber block, const Path& path,
                 std::string_view note = {});
  // That it is what counts anyway.
  void claim_default(const LegacyValue& value, std::string_view note = {}) {
    account_.claim_all(value, Outcome::defaulted, {}, note);
  }
  // That it stays without a place, for this reason.
  void keep(const LegacyValue& value, std::string_view note) {
    account_.claim(value, Outcome::unsupported, {}, note);
  }

  // --- Settings that several documents may say. Documents are mapped with those first that count more.

  // Sets what a value says, unless a document says it that counts more.
  void offer(const LegacyValue& value, BlockNumber block, const Path& path, std::string expression,
             Outcome outcome, std::string_view note = {});
  // Whether a document says it that counts more, the value being merged then; or the same one did before, of
  // which nobody can know what counts: the value stays without a place then, unless it is the same.
  // `expression`: "" for one that is not known.
  [[nodiscard]] bool is_outweighed(const LegacyValue& value, BlockNumber block, const Path& path,
                                   std::string_view expression);
  // Whether another document said it.
  [[nodiscard]] bool is_said_elsewhere(const LegacyValue& value, BlockNumber block, const Path& path);
  // The list that settings of a document that counts more began, for one that counts less to go on with;
  // nullptr if there is none.
  [[nodiscard]] TextList* list_at(const LegacyValue& value, BlockNumber block, const Path& path);
  TextList& start_list(BlockNumber block, const Path& path);
  [[nodiscard]] bool is_outweighed_by_metadata(const LegacyValue& value, BlockNumber block, const Path& path);
  // That a document has said it, although nothing was set.
  void note_said(const LegacyValue& value, BlockNumber block, const Path& path);

  // --- Settings that say the same under another name; false if the member is not there.
  bool map_text(const LegacyObject& from, std::string_view name, BlockNumber block, const Path& path);
  // A whole number of at least 1 that an int holds; another one is told and kept. `what`: "a number of
  // seconds".
  bool map_count(const LegacyObject& from, std::string_view name, BlockNumber block, const Path& path,
                 std::string_view what);
  bool map_boolean(const LegacyObject& from, std::string_view name, BlockNumber block, const Path& path);

  // A label for an id: the same, unless it cannot be one or is taken by now. `what`: "layer", "data source".
  [[nodiscard]] std::string make_label(const LegacyValue& id, std::string_view what);
  // What is closest to the words and can be a label.
  [[nodiscard]] std::string fit_label(std::string_view words, std::string_view what) const;
  // The label, or one with a suffix that no block has.
  [[nodiscard]] std::string take_label(const std::string& wanted, std::string_view what);
  // A variable's name that no other has.
  [[nodiscard]] std::string make_variable(std::string_view words);
  // That a block takes a value from a variable whose value nobody has said.
  void need_variable(std::string_view name, BlockNumber block);
  // Variables that a value names, or that it is the value of: others must be called otherwise.
  void note_variables_in(const LegacyValue& value);
  // Whether the configuration takes a value from a variable of this name.
  [[nodiscard]] bool takes_variable(std::string_view name) const;

  void map_provider(const LegacyValue& value, BlockNumber block);
  // The environment that the document names, unless the command line does. `written`: as it is to be written.
  void map_environment(const LegacyValue& value, BlockNumber honua, const std::string& written);
  // A connection string: secrets, and what shells would put in, come from the environment.
  void map_connection(const LegacyValue& value, std::string_view id, BlockNumber block, const Path& path);

  // Whether a text has a password or the like in it, apart from what variables stand for.
  [[nodiscard]] static bool holds_secret(std::string_view text);
  // A secret, which comes from the environment from now on. `words`: what its variable is called by.
  void map_secret(const LegacyValue& value, std::string_view words, BlockNumber block, const Path& path);

  std::vector<Variable> variables;
  std::vector<Renamed> renamed;
  struct LostProtection {
    LegacyValue value;
    std::string what;
  };
  std::vector<LostProtection> lost_protections;
  // That clients may not change a layer: lost where a service lets them.
  std::vector<LostProtection> edit_denials;

 private:
  // The document that said a setting first; nullptr if none did, but for metadata that set it.
  [[nodiscard]] const Document* who_said(BlockNumber block, const Path& path);
  [[nodiscard]] static std::string written_path(const Path& path);
  [[nodiscard]] const std::string& path_text(const Path& path);
  // The variable of the environment that holds a value; "" for other documents.
  [[nodiscard]] std::string variable_of(const LegacyValue& value) const;
  // A call of `env`, for a value that comes from there by now; nothing for others. Claims the value if so.
  [[nodiscard]] std::optional<std::string> call_for(const LegacyValue& value, BlockNumber block,
                                                    const Path& path);
  // A call of `env` for a new variable with the value. Claims it.
  [[nodiscard]] std::string move_secret(const LegacyValue& value, std::string_view words, BlockNumber block,
                                        const Path& path);
  // The same where shells would put something into it: only its secrets are moved.
  [[nodiscard]] std::string move_parts(const LegacyValue& value, std::string_view id, BlockNumber block,
                                       const Path& path);
  // The same for one that has a value for want of another one.
  void need_hole(std::string_view name, const std::optional<std::string>& fallback, const LegacyValue& value,
                 BlockNumber block);
  // Whether a connection was written for the same text.
  [[nodiscard]] bool is_same_connection(const std::string& text, const std::string& written) const;
  // The expression that a connection string becomes. Claims the value.
  [[nodiscard]] std::string connection_of(const LegacyValue& value, std::string_view id, BlockNumber block,
                                          const Path& path);

  const MigrationOptions& options_;
  const DocumentList& documents_;
  Account& account_;
  diagnostics::Diagnostics& sink_;
  std::string path_;                // the one that was written last
  std::deque<TargetBlock> blocks_;  // many, which would be moved again and again
  // The documents that said a setting, other than metadata by what it set.
  std::map<std::pair<BlockNumber, const std::string*>, const Document*> said_;
  // Lists of settings, of documents that counted more than those to come.
  std::map<std::pair<BlockNumber, const std::string*>, std::unique_ptr<TextList>> lists_;
  std::map<std::string, std::string, std::less<>> environment_;  // values by variables
  std::set<std::string, std::less<>> used_variables_;
  std::unordered_set<std::string> labels_;  // of blocks of all types, in lower case
};

// `["a", "b"]` of texts that are in quotes by now.
[[nodiscard]] std::string list_of(const std::vector<std::string>& expressions);

}  // namespace honua::migration
