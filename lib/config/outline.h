// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "source/source_range.h"
#include "syntax/tree.h"

namespace honua::config {

// How a file says what it declares.
enum class FileForm : std::uint8_t {
  native,
  json,   // HCL's JSON form
  model,  // json_model.h
};

// The blocks and settings of a file by their place. Refers to the tree, which must outlive it.
class Outline {
 public:
  Outline(const syntax::Tree& tree, FileForm form);

  // The address of the innermost block or setting that a range lies in: `layer.roads.geometry.srid`; "" where
  // it lies in none. Elements of lists have the address of the list.
  [[nodiscard]] std::string address_at(source::SourceRange range) const;

  // The first item that begins at a byte or behind it, of several that begin there the outermost: what a
  // comment above it is about. Its bytes; an empty range at the end of the file where nothing follows.
  [[nodiscard]] source::SourceRange item_from(std::uint32_t byte) const;

 private:
  static constexpr std::uint32_t no_parent = 0xFFFFFFFF;
  struct Item {
    std::uint32_t begin;
    std::uint32_t end;
    std::uint32_t parent;
    syntax::NodeId node;
  };

  void add_body(syntax::Body body, std::uint32_t parent);
  void add_value(syntax::Expression value, std::uint32_t parent);
  std::uint32_t add(const syntax::NodeView& item, std::uint32_t parent);
  [[nodiscard]] std::string address_of(std::uint32_t item) const;
  [[nodiscard]] bool is_model_label(const Item& item) const;
  [[nodiscard]] std::string below(const std::string& parent, const Item& item) const;

  const syntax::Tree* tree_;
  FileForm form_;
  std::vector<Item> items_;  // parents in front of their children, by begin
};

}  // namespace honua::config
