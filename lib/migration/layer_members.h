// SPDX-License-Identifier: MIT
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migration/context.h"

// Internal to the module: a legacy layer, and the block that it becomes.
namespace honua::migration {

// The members of the layer itself, of its `storage`, and of its `dataSource` where that is an object: in the
// several kinds of documents one thing stands in different places.
class LayerMembers {
 public:
  // `id`: what findings about the layer as a whole point at.
  LayerMembers(LegacyObject layer, const LegacyValue& id, BlockNumber block, Context& context);

  struct Place {
    const LegacyObject* object;  // nullptr: it does not count
    std::string_view name;
  };
  struct Found {
    std::optional<LegacyValue> value;
    std::vector<LegacyValue> others;  // that say the same thing, with less weight
  };
  // The first of several texts that is there and not blank; the others are merged with it.
  [[nodiscard]] Found find_first(std::initializer_list<Place> places);
  // Sets the text, and claims all that say it.
  void set_text(const Found& found, const Path& path);
  // Claims those that say it as well; one that differs is told.
  template <class IsSame>
  void merge(const Found& found, const Path& path, const IsSame& is_same) {
    for (const LegacyValue& other : found.others) merge_one(*found.value, other, is_same(other), path);
  }

  void set(const Path& path, std::string value) { target().set(path, std::move(value)); }
  void claim(const LegacyValue& value, Outcome outcome, const Path& path, std::string_view note = {}) {
    context_.claim(value, outcome, block_, path, note);
  }
  // About the layer as a whole. What was assumed of one that is a comment does not matter.
  diagnostics::Diagnostic& report(const diagnostics::Rule& rule, std::string message);

  [[nodiscard]] Context& context() { return context_; }
  [[nodiscard]] TargetBlock& target() { return context_.block(block_); }
  [[nodiscard]] BlockNumber block() const { return block_; }
  [[nodiscard]] std::string name() const { return id_.text(); }
  [[nodiscard]] const LegacyValue& id() const { return id_; }
  [[nodiscard]] const LegacyObject& own() const { return own_; }
  [[nodiscard]] const LegacyObject& storage() const { return storage_; }
  [[nodiscard]] const LegacyObject& source() const { return source_; }

  std::string key;  // the column that tells rows apart, once it is known; or ""

 private:
  void merge_one(const LegacyValue& taken, const LegacyValue& other, bool is_same, const Path& path);

  LegacyValue id_;
  BlockNumber block_;
  diagnostics::Diagnostic unheard_;
  Context& context_;
  LegacyObject own_;
  LegacyObject storage_;
  LegacyObject source_;
};

// Its geometry: column, type and reference system.
void map_geometry(LayerMembers& layer);
// The fields that it lists. After the column that tells rows apart.
void map_fields(LayerMembers& layer);

}  // namespace honua::migration
