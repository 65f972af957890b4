// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "merging/document.h"
#include "syntax/tree.h"

namespace honua::merging {

// The name that a key of an object stands for; it must be fixed.
[[nodiscard]] std::string key_of(syntax::Expression key);

// Divides a document into containers and items. Recursion is as deep as the parser's nesting limit at most.
class ItemReader {
 public:
  explicit ItemReader(const Document& document) : document_(&document) {}

  [[nodiscard]] std::optional<Container> read_file() const;

 private:
  using Items = std::vector<Item>;
  using Inside = std::unique_ptr<Container>;

  // The items of a container without the text around them.
  [[nodiscard]] Items read_body(syntax::Body body) const;
  [[nodiscard]] std::optional<Items> read_object(syntax::Expression object) const;
  [[nodiscard]] Items read_tuple(syntax::Expression tuple) const;
  [[nodiscard]] Item new_item(const syntax::NodeView& node, std::string key) const;
  void read_block(Item& item, syntax::Block block) const;
  void read_value(Item& item, syntax::Expression value) const;

  const Document* document_;
};

}  // namespace honua::merging
