// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <deque>
#include <memory_resource>
#include <ranges>
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
  std::string_view label;  // belongs to the RawConfiguration
  source::SourceRange header_range;
  source::SourceRange label_range;
  BodySource body;
  bool is_addition = false;           // only an overlay has it
  std::vector<OverlayBody> overlays;  // laid over it, in this order
  // Of the same type, with labels that differ by case at most: the first of all, if it isn't this one, and
  // the next.
  const RawBlock* first_alike = nullptr;
  RawBlock* next_alike = nullptr;

  // Bodies from the one that counts most to the one that counts least.
  template <class F>
  void visit_bodies(F&& visit) const {
    for (const OverlayBody& one : std::views::reverse(overlays)) visit(one.body);
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
  // A type and a label in lower case: the server compares labels without regard to case.
  struct Key {
    BlockType type;
    std::string_view label;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const {
      return std::hash<std::string_view>()(key.label) + static_cast<std::size_t>(key.type);
    }
  };
  struct Alike {
    RawBlock* first;
    RawBlock* last;
  };

  [[nodiscard]] std::string_view keep(std::string_view text);
  [[nodiscard]] static RawBlock* find_exactly(const Alike& alike, std::string_view label);
  void add(const BlockSchema& schema, std::string_view label, source::SourceRange header,
           source::SourceRange label_range, BodySource body, bool overlay);
  void add_model_member(const BlockSchema& schema, syntax::Expression value, source::SourceRange name,
                        bool overlay);
  void add_json_blocks(const BlockSchema& schema, syntax::Expression value, source::SourceRange name,
                       bool overlay);
  const BlockSchema* look_up(std::string_view keyword, source::SourceRange range, bool attribute);

  diagnostics::Diagnostics& sink_;
  ArenaResource memory_;
  std::pmr::deque<RawBlock> blocks_{&memory_};
  std::pmr::unordered_map<Key, Alike, KeyHash> alike_{&memory_};
};

}  // namespace honua::config
