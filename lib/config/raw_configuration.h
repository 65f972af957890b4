// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <memory_resource>
#include <ranges>
#include <span>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/arena.h"
#include "config/body_source.h"
#include "config/schema.h"
#include "diagnostics/diagnostics.h"

namespace honua::config {

// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): made with both
struct OverlayBody {
  BodySource body;
  source::SourceRange header_range;
};

// A block as written, before anything is evaluated.
struct RawBlock {
  const BlockSchema* schema;
  std::string_view label;
  source::SourceRange header_range;
  source::SourceRange label_range;
  BodySource body;
  bool is_addition = false;       // only an overlay has it
  bool is_label_in_file = false;  // and lives as long as the file; else it ends with the RawConfiguration
  // Laid over it, in this order; nullptr where nothing is.
  std::unique_ptr<std::vector<OverlayBody>> overlays;

  [[nodiscard]] std::span<const OverlayBody> overlay_bodies() const {
    return overlays == nullptr ? std::span<const OverlayBody>() : std::span<const OverlayBody>(*overlays);
  }

  // Bodies from the one that counts most to the one that counts least.
  template <class F>
  void visit_bodies(F&& visit) const {
    for (const OverlayBody& one : std::views::reverse(overlay_bodies())) visit(one.body);
    visit(body);
  }
};

// All blocks of all files, found by type and label. Trees must outlive it.
class RawConfiguration {
 public:
  explicit RawConfiguration(diagnostics::Diagnostics& sink) : sink_(sink) {}

  // An overlay's blocks are laid over those of the same type and label.
  void add_native(const syntax::Tree& tree, bool overlay);
  void add_json(const syntax::Tree& tree, bool overlay);
  // The server's model as JSON: json_model.h.
  void add_model(const syntax::Tree& tree, bool overlay);
  // Findings about blocks that are given more than once; after all are added.
  void report_duplicates();

  [[nodiscard]] const std::pmr::deque<RawBlock>& blocks() const { return blocks_; }
  [[nodiscard]] const RawBlock* find(BlockType type, std::string_view label) const;
  [[nodiscard]] std::vector<std::string_view> labels(BlockType type) const;
  // How many blocks there are of all types.
  [[nodiscard]] std::size_t size() const { return blocks_.size(); }

 private:
  struct Key {
    BlockType type;
    std::string_view label;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct KeyHash {
    using is_transparent = void;
    std::size_t operator()(const Key& key) const {
      return std::hash<std::string_view>()(key.label) + static_cast<std::size_t>(key.type);
    }
    std::size_t operator()(const RawBlock* block) const { return (*this)(key_of(block)); }
  };
  struct KeyEqual {
    using is_transparent = void;
    bool operator()(const Key& key, const RawBlock* block) const { return key == key_of(block); }
    bool operator()(const RawBlock* block, const Key& key) const { return key == key_of(block); }
    bool operator()(const RawBlock* a, const RawBlock* b) const { return key_of(a) == key_of(b); }
  };
  static Key key_of(const RawBlock* block) { return {block->schema->type, block->label}; }

  [[nodiscard]] RawBlock* find(const Key& key) const;
  // What a block is called; in the file, where it can be read there.
  struct LabelText {
    std::string_view text;
    bool is_in_file = true;
  };
  [[nodiscard]] LabelText label_text(syntax::Label label);
  [[nodiscard]] LabelText label_text(const ItemName& name);
  void add(const BlockSchema& schema, LabelText label, source::SourceRange header,
           source::SourceRange label_range, BodySource body, bool overlay);
  void add_model_member(const BlockSchema& schema, syntax::Expression value, source::SourceRange name,
                        bool overlay);
  void add_json_blocks(const BlockSchema& schema, syntax::Expression value, source::SourceRange name,
                       bool overlay);
  const BlockSchema* look_up(std::string_view keyword, source::SourceRange range, bool attribute);

  diagnostics::Diagnostics& sink_;
  ArenaResource memory_;
  std::pmr::deque<RawBlock> blocks_{&memory_};
  std::pmr::unordered_set<RawBlock*, KeyHash, KeyEqual> by_label_{&memory_};  // of several, the first
};

}  // namespace honua::config
