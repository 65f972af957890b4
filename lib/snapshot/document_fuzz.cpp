// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/assert.h"
#include "snapshot/document.h"

// Any bytes: what the scanner takes for a snapshot in canonical form, the reader reads, and writes as it is.
// What the reader writes anew is canonical, and every block of it is an object.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using honua::snapshot::BlockEntry;
  using honua::snapshot::Document;
  const std::string text(data, data + size);
  const auto scanned = Document::from_canonical("scanned", text);
  const auto read = Document::read("read", text);
  if (scanned) {
    const bool holds_secret = !read && read.error().message.find("holds a secret") != std::string::npos;
    HONUA_ASSERT(read.has_value() || holds_secret);
    HONUA_ASSERT(!read || read->text() == text);
    HONUA_ASSERT(!read || read->blocks().size() == scanned->blocks().size());
  }
  if (!read) return 0;
  HONUA_ASSERT(Document::from_canonical("again", std::string(read->text())).has_value());
  for (const BlockEntry& block : read->blocks()) {
    const honua::syntax::Tree tree = read->parse(block);
    HONUA_ASSERT(tree.expression().kind() == honua::syntax::NodeKind::object);
    HONUA_ASSERT(read->find(block.type, block.label) == &block);
  }
  return 0;
}
