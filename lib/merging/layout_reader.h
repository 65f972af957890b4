// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "merging/document.h"
#include "source/source_range.h"

namespace honua::merging {

// Gives the text between the items of a container to the items.
class LayoutReader {
 public:
  explicit LayoutReader(const Document& document) : document_(&document) {}

  // Nothing if an item shares a line with what it must not share it with.
  [[nodiscard]] std::optional<Container> read_file(std::vector<Item> items);
  // The same for what stands between two brackets; nullptr then.
  [[nodiscard]] std::unique_ptr<Container> read(Form form, source::SourceRange inside,
                                                std::vector<Item> items);

 private:
  [[nodiscard]] std::uint32_t skip_blanks(std::uint32_t at) const;
  [[nodiscard]] std::uint32_t skip_blanks_and_comments(std::uint32_t at) const;
  [[nodiscard]] bool is_feed(std::uint32_t at) const;
  [[nodiscard]] std::string_view part(std::uint32_t begin, std::uint32_t end) const;

  [[nodiscard]] bool read_lines(Container& container, std::vector<Item> items);
  [[nodiscard]] bool read_opening(Container& container);
  [[nodiscard]] bool read_lead(Item& item);
  enum class TailEnd : std::uint8_t { line, item, none };
  // Reads the rest of an item's line, or up to the next item on it.
  [[nodiscard]] TailEnd read_tail(Item& item, Form form, const Item* next);
  [[nodiscard]] bool read_closing(Container& container);

  const Document* document_;
  std::uint32_t at_ = 0;
  std::uint32_t limit_ = 0;
  bool is_file_ = false;
};

}  // namespace honua::merging
