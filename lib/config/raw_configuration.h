// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <deque>
#include <memory>
#include <memory_resource>
#include <optional>
#include <ranges>
#include <span>
#include <string_view>
#include <unordered_map>
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
  // The positions of the blocks of one type by label; of several, the first.
  struct Index {
    std::unordered_map<std::string_view, std::size_t> by_label;
    std::size_t seen = 0;  // so many blocks of all types were looked at
  };

  [[nodiscard]] std::optional<std::size_t> position_of(BlockType type, std::string_view label) const;
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
  void add_native_block(syntax::Block block, bool overlay);
  void report_import(source::SourceRange range);
  const BlockSchema* look_up(std::string_view keyword, source::SourceRange range, bool attribute);

  diagnostics::Diagnostics& sink_;
  ArenaResource memory_;
  std::pmr::deque<RawBlock> blocks_{&memory_};
  // Made as far as blocks are looked for: most of 100,000 never are.
  mutable std::array<Index, block_type_count> indexes_;
};

}  // namespace honua::config
