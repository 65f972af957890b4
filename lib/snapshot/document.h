// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_content.h"
#include "base/result.h"
#include "config/schema.h"
#include "source/source_file.h"
#include "syntax/tree.h"

namespace honua::snapshot {

class CanonicalScanner;

// Where a block stands in a snapshot's text.
struct BlockEntry {
  config::BlockType type = config::BlockType::honua;
  std::string label;  // "" where the type has none
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// The text of a snapshot, and where its blocks are. What is in a block is parsed when it is asked for: of two
// snapshots most blocks are the same byte by byte.
class Document {
 public:
  // Nothing if the text is no snapshot in canonical form.
  [[nodiscard]] static std::optional<Document> from_canonical(std::string name, FileContent text);
  // Any JSON that says the same as a snapshot does; not canonical, it is written anew. An error says why a
  // text is none, or that it holds a secret.
  [[nodiscard]] static Result<Document> read(std::string name, FileContent text);

  // In the order of types' keywords, then labels.
  [[nodiscard]] const std::vector<BlockEntry>& blocks() const { return blocks_; }
  [[nodiscard]] const BlockEntry* find(config::BlockType type, std::string_view label) const;
  [[nodiscard]] const source::SourceFile& file() const { return *file_; }
  [[nodiscard]] std::string_view text() const { return file_->text(); }
  [[nodiscard]] std::string_view text(const BlockEntry& block) const {
    return text().substr(block.begin, block.end - block.begin);
  }
  // Where the list of environment variables stands.
  [[nodiscard]] source::SourceRange environment() const { return environment_; }
  // The object that a block is. Refers to the document, which must outlive it.
  [[nodiscard]] syntax::Tree parse(const BlockEntry& block) const;
  // Whether the text is not the file's, but what read() made of it: then places in it mean nothing to users.
  [[nodiscard]] bool is_rewritten() const { return is_rewritten_; }

 private:
  static Result<Document> from_scanned(std::unique_ptr<source::SourceFile> file, CanonicalScanner& scanner);
  Document(std::unique_ptr<source::SourceFile> file, std::vector<BlockEntry> blocks,
           source::SourceRange environment)
      : file_(std::move(file)), blocks_(std::move(blocks)), environment_(environment) {}

  std::unique_ptr<source::SourceFile> file_;
  std::vector<BlockEntry> blocks_;
  source::SourceRange environment_;
  bool is_rewritten_ = false;
};

}  // namespace honua::snapshot
