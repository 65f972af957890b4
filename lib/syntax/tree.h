// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/huge_pages.h"
#include "source/source_file.h"
#include "source/source_range.h"

// The syntax tree of one HCL file, in its native or its JSON form.
//
// Nodes are 20 bytes, linked by 32-bit numbers, and live in the tree's own
// arena; they hold ranges, not values. Readers use the small view classes at
// the end of this file, which may be copied freely and are valid as long as
// the Tree and its SourceFile are. Names follow HashiCorp's specification.

namespace honua::syntax {

// What a node is, and its children in order ("?" where optional).
enum class NodeKind : std::uint8_t {
  invalid,    // a broken place that was reported already; later stages stay silent about it
  body,       // attribute | block ...
  attribute,  // label? expression       label: the quoted name of the tolerated form; detail: see name_size()
  block,      // label ... body          detail: see name_size()
  label,      // a quoted or bare block label, or a quoted attribute name
  identifier,  // a bare name that is not looked up: `.name`, function names, for variables, object keys
  number,
  boolean,  // detail: 1 for true
  null,
  string_template,    // quoted: parts ...; no parts: a string without interpolation
  heredoc,            // parts ...
  string_literal,     // a part: raw text between sequences
  interpolation,      // a part: expression
  if_directive,       // a part: condition template_sequence template_sequence?
  for_directive,      // a part: identifier? identifier collection template_sequence
  template_sequence,  // parts ...
  variable,           // the root of a traversal: its name is the node's text
  attribute_access,   // source identifier
  index,              // source key
  legacy_index,       // source number           `x.0`
  attribute_splat,    // source each             `x.*`; each: a chain that ends in splat_item
  full_splat,         // source each             `x[*]`
  splat_item,         // stands for the element inside `each`
  call,               // identifier argument ...
  tuple,              // expression ...
  object,             // object_item ...
  object_item,        // key value
  for_tuple,          // identifier? identifier collection value condition?
  for_object,         // identifier? identifier collection key value condition?
  conditional,        // condition true-result false-result
  binary,             // left right              detail: BinaryOperator
  unary,              // operand                 detail: UnaryOperator
  parentheses,        // expression
  env_reference,      // identifier              the tolerated `env:NAME` inside `${...}`
};

[[nodiscard]] std::string_view to_string(NodeKind kind);

enum class BinaryOperator : std::uint8_t {
  logical_or,
  logical_and,
  equal,
  not_equal,
  less,
  greater,
  less_or_equal,
  greater_or_equal,
  add,
  subtract,
  multiply,
  divide,
  modulo,
};
[[nodiscard]] std::string_view to_string(BinaryOperator op);  // as written: "||"

enum class UnaryOperator : std::uint8_t { negate, logical_not };
[[nodiscard]] std::string_view to_string(UnaryOperator op);

// Bits of Node::flags; which ones apply depends on the kind.
namespace flag {
inline constexpr std::uint16_t quoted = 1;         // label: in quotes
inline constexpr std::uint16_t single_quoted = 2;  // label, string_template: the tolerated '...' form
inline constexpr std::uint16_t escaped = 4;  // label, string_template, string_literal: has escapes to decode
inline constexpr std::uint16_t flush = 8;    // heredoc: `<<-`
inline constexpr std::uint16_t bare = 8;  // string_template: no quotes around it, and a backslash is itself
inline constexpr std::uint16_t strip_before =
    16;  // interpolation, directive: `${~`, `%{~` of the first marker
inline constexpr std::uint16_t strip_after = 32;  // interpolation, directive: `~}` of the first marker
inline constexpr std::uint16_t else_strip_before = 64;
// string_template of JSON: ASCII that stands for itself, whatever escapes and templates mean.
inline constexpr std::uint16_t verbatim = 64;
inline constexpr std::uint16_t else_strip_after = 128;
inline constexpr std::uint16_t end_strip_before = 256;
inline constexpr std::uint16_t end_strip_after = 512;
inline constexpr std::uint16_t has_key = 1024;        // for_*: two variables
inline constexpr std::uint16_t has_condition = 2048;  // for_tuple, for_object
inline constexpr std::uint16_t grouping = 4096;       // for_object: `...`
inline constexpr std::uint16_t expand_final = 8192;   // call: `f(xs...)`
inline constexpr std::uint16_t colon = 16384;         // object_item: `key : value`
inline constexpr std::uint16_t json = 32768;          // string_template, label: JSON's escapes, not HCL's
// attribute: the value of the tolerated `variable "x" = v`, which stands for
// `default = v`. block: the header of that form. body: it had no braces.
inline constexpr std::uint16_t implied = 2;
inline constexpr std::uint16_t one_line = 4;  // body: `{ name = value }`, on the header's line
// string_literal: the neighbouring marker strips this side. Unlike the marks
// above, these say which text is lost.
inline constexpr std::uint16_t stripped_left = 16;
inline constexpr std::uint16_t stripped_right = 32;
}  // namespace flag

using NodeId = std::uint32_t;
inline constexpr NodeId no_node = 0xFFFFFFFF;

struct Node {
  std::uint32_t begin;  // bytes of the source, [begin, end)
  std::uint32_t end;
  NodeId first_child;
  NodeId next_sibling;
  NodeKind kind;
  std::uint8_t detail;
  std::uint16_t flags;
};
static_assert(sizeof(Node) == 20 && std::is_trivially_default_constructible_v<Node>,
              "the memory bar of the parser counts on it");

class Body;
class Expression;

// What `detail` of an attribute or a block says of its bare name or its type: the size in bytes, so that it
// need not be found again; 0 for the few that are longer than it can hold, and for names that don't stand
// there.
[[nodiscard]] constexpr std::uint8_t name_size(std::size_t bytes) {
  return bytes <= std::numeric_limits<std::uint8_t>::max() ? static_cast<std::uint8_t>(bytes) : 0;
}

// Owns the nodes of one file. Movable, not copyable. Refers to the SourceFile,
// which must outlive it.
class Tree {
 public:
  explicit Tree(const source::SourceFile& file) : file_(&file) {}
  Tree(Tree&&) noexcept = default;
  Tree& operator=(Tree&&) noexcept = default;
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;
  ~Tree() = default;

  [[nodiscard]] const source::SourceFile& file() const { return *file_; }
  [[nodiscard]] const Node& node(NodeId id) const { return chunks_[id >> chunk_bits][id & chunk_mask]; }
  [[nodiscard]] Node& node(NodeId id) { return chunks_[id >> chunk_bits][id & chunk_mask]; }
  [[nodiscard]] std::uint32_t node_count() const { return count_; }

  // The whole file of the native form. A tree of a JSON file or of a single
  // expression has no body: see expression().
  [[nodiscard]] Body body() const;
  // The value of a JSON file, or of parse_expression().
  [[nodiscard]] Expression expression() const;
  [[nodiscard]] NodeId root() const { return root_; }

  // All comments in source order, each without its line end.
  [[nodiscard]] const std::vector<source::SourceRange>& comments() const { return comments_; }

  // For parsers: adds a node and returns its number.
  NodeId add(NodeKind kind, std::uint32_t begin, std::uint32_t end) {
    if ((count_ & chunk_mask) == 0 && (count_ >> chunk_bits) == chunks_.size()) grow();
    const NodeId id = count_++;
    Node& made = node(id);
    made = Node{begin, end, no_node, no_node, kind, 0, 0};
    return id;
  }
  void set_root(NodeId root) { root_ = root; }
  void add_comment(std::uint32_t begin, std::uint32_t end) { comments_.push_back({file_->id(), begin, end}); }
  // For small trees that there may be many of: gives back what further nodes
  // would need. Nothing may be added afterwards.
  void shrink_to_fit();
  // JSON strings with both escapes and template sequences are parsed as texts
  // of their own; the outer tree keeps them and says which node they belong to.
  void add_nested(NodeId owner, std::unique_ptr<source::SourceFile> text, std::unique_ptr<Tree> tree);
  // The tree parsed from a JSON string's decoded text, or nullptr.
  [[nodiscard]] const Tree* nested(NodeId owner) const;
  // Of a nested tree: where its text stands in the outer file. With escapes in
  // between, positions don't correspond: everything then lies at `whole`.
  struct Origin {
    source::SourceRange whole;
    bool exact = true;  // the text is that of `whole`, byte by byte
  };
  void set_origin(Origin origin) {
    origin_ = origin;
    has_origin_ = true;
  }
  [[nodiscard]] bool has_origin() const { return has_origin_; }
  // Bytes [begin, end) of the tree's text as a place in a file of the run.
  [[nodiscard]] source::SourceRange to_source(std::uint32_t begin, std::uint32_t end) const {
    if (!has_origin_) return {file_->id(), begin, end};
    if (!origin_.exact) return origin_.whole;
    return {origin_.whole.file, origin_.whole.begin + begin, origin_.whole.begin + end};
  }
  [[nodiscard]] source::SourceRange range(NodeId id) const { return to_source(node(id).begin, node(id).end); }

 private:
  static constexpr std::uint32_t chunk_bits = 12;
  static constexpr std::uint32_t chunk_mask = (1U << chunk_bits) - 1;
  // Small files take memory by the chunk; beyond so many of them it is taken
  // by the slab, large enough for huge pages (base/huge_pages.h).
  static constexpr std::size_t single_chunks = 16;
  static constexpr std::size_t chunks_per_slab = 102;  // just under 8 MiB
  struct Nested {
    NodeId owner;
    std::unique_ptr<source::SourceFile> text;
    std::unique_ptr<Tree> tree;
  };
  void grow();

  const source::SourceFile* file_;
  std::vector<OwnedMemory> slabs_;  // own what chunks_ points into
  std::vector<Node*> chunks_;
  std::uint32_t count_ = 0;
  NodeId root_ = no_node;
  std::vector<source::SourceRange> comments_;
  std::vector<Nested> nested_;  // by owner, ascending
  Origin origin_;
  bool has_origin_ = false;
};

// --- Views -----------------------------------------------------------------

// A node with the tree it belongs to. The base of all views.
class NodeView {
 public:
  NodeView(const Tree& tree, NodeId id) : tree_(&tree), id_(id) {}
  [[nodiscard]] NodeKind kind() const { return data().kind; }
  [[nodiscard]] source::SourceRange range() const { return tree_->range(id_); }
  [[nodiscard]] bool has(std::uint16_t flags) const { return (data().flags & flags) != 0; }
  // The source text that the node covers.
  [[nodiscard]] std::string_view text() const {
    return tree_->file().text().substr(data().begin, data().end - data().begin);
  }
  [[nodiscard]] const Tree& tree() const { return *tree_; }
  [[nodiscard]] NodeId id() const { return id_; }
  [[nodiscard]] const Node& data() const { return tree_->node(id_); }

 protected:
  const Tree* tree_;
  NodeId id_;
};

// Any expression, or part of one. Which children there are depends on the
// kind: see NodeKind.
class Expression : public NodeView {
 public:
  using NodeView::NodeView;
  // A string without interpolation, in any of its quoted forms.
  [[nodiscard]] bool is_plain_string() const {
    return kind() == NodeKind::string_template && data().first_child == no_node &&
           tree_->nested(id_) == nullptr;
  }
  [[nodiscard]] std::size_t child_count() const;
  [[nodiscard]] Expression child(std::size_t position) const;  // must exist
  [[nodiscard]] BinaryOperator binary_operator() const { return static_cast<BinaryOperator>(data().detail); }
  [[nodiscard]] UnaryOperator unary_operator() const { return static_cast<UnaryOperator>(data().detail); }

  class iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Expression;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = Expression;
    iterator(const Tree& tree, NodeId id) : tree_(&tree), id_(id) {}
    Expression operator*() const { return Expression(*tree_, id_); }
    iterator& operator++() {
      id_ = tree_->node(id_).next_sibling;
      return *this;
    }
    friend bool operator==(const iterator& a, const iterator& b) { return a.id_ == b.id_; }

   private:
    const Tree* tree_;
    NodeId id_;
  };
  [[nodiscard]] iterator begin() const { return {*tree_, data().first_child}; }
  [[nodiscard]] iterator end() const { return {*tree_, no_node}; }
};

// `name = expression`
class Attribute : public NodeView {
 public:
  using NodeView::NodeView;
  [[nodiscard]] std::string name() const;  // decoded where it was quoted
  // The name as it stands in the file; nothing where it was quoted or is implied.
  [[nodiscard]] std::optional<std::string_view> bare_name() const;
  [[nodiscard]] source::SourceRange name_range() const;
  [[nodiscard]] Expression expression() const;
};

// A block label; its text decoded.
class Label : public NodeView {
 public:
  using NodeView::NodeView;
  [[nodiscard]] std::string value() const;
  // The same as it stands in the file; nothing where escapes have to be decoded.
  [[nodiscard]] std::optional<std::string_view> verbatim() const;
};

// `type "label" { body }`
class Block : public NodeView {
 public:
  using NodeView::NodeView;
  [[nodiscard]] std::string_view type() const;
  [[nodiscard]] source::SourceRange type_range() const;
  [[nodiscard]] std::vector<Label> labels() const;
  [[nodiscard]] Body body() const;
  // Type and labels: what a message about the block should point at.
  [[nodiscard]] source::SourceRange header_range() const;
};

// Attributes and blocks in source order.
class Body : public NodeView {
 public:
  using NodeView::NodeView;
  [[nodiscard]] std::vector<Attribute> attributes() const;
  [[nodiscard]] std::vector<Block> blocks() const;
  [[nodiscard]] std::size_t item_count() const;  // of both
  // Calls on_attribute(Attribute) or on_block(Block) for each item in order.
  template <class OnAttribute, class OnBlock>
  void visit(OnAttribute&& on_attribute, OnBlock&& on_block) const {
    for (NodeId id = data().first_child; id != no_node; id = tree_->node(id).next_sibling) {
      if (tree_->node(id).kind == NodeKind::attribute) on_attribute(Attribute(*tree_, id));
      if (tree_->node(id).kind == NodeKind::block) on_block(Block(*tree_, id));
    }
  }
};

// The nodes from `expression` down its left side while they are binary
// operations or postfix steps (access, index, splat), outermost first; the
// last one is the leftmost operand. Chains may be as long as the file, so
// walkers loop over this instead of recursing.
[[nodiscard]] std::vector<Expression> left_spine(Expression expression);

}  // namespace honua::syntax
