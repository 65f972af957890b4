// SPDX-License-Identifier: MIT
#include "snapshot/document.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "config/address.h"
#include "snapshot/canonical_scanner.h"
#include "snapshot/node.h"
#include "snapshot/value_writer.h"
#include "snapshot/write_snapshot.h"
#include "syntax/parser.h"
#include "text/json_writer.h"
#include "text/sanitize.h"

namespace honua::snapshot {

namespace {

std::string_view keyword_of(const BlockEntry& block) { return config::schema_of(block.type).keyword; }

// What keeps a JSON value from being a snapshot; "" if nothing does.
std::string trouble_with(const Node& root) {
  if (root.member("format").text() != "honua-snapshot") return "it has no `\"format\": \"honua-snapshot\"`";
  const auto version = root.member("format_version").text();
  if (!version) return "it has no `format_version`";
  const std::string_view major = format_version.substr(0, format_version.find('.') + 1);
  if (!version->starts_with(major))
    return "its `format_version` " + text::quoted(*version) + " is none that this honua knows";
  return "";
}

}  // namespace

std::optional<Document> Document::from_canonical(std::string name, FileContent text) {
  auto file = std::make_unique<source::SourceFile>(0, std::move(name), std::move(text));
  CanonicalScanner scanner(file->text());
  if (!scanner.scan()) return std::nullopt;
  return Document(std::move(file), scanner.take_blocks(), scanner.environment());
}

// What a scanner went through whole.
Result<Document> Document::from_scanned(std::unique_ptr<source::SourceFile> file, CanonicalScanner& scanner) {
  Document made(std::move(file), scanner.take_blocks(), scanner.environment());
  const auto secret = scanner.secret();
  if (!secret) return made;
  const auto block = std::ranges::find_if(
      made.blocks_, [&](const BlockEntry& one) { return one.begin <= *secret && *secret < one.end; });
  const std::string where =
      block == made.blocks_.end()
          ? "it"
          : text::quoted(config::block_address(config::schema_of(block->type), block->label));
  return fail(where + " holds a secret, and no snapshot does: make it anew with `honua snapshot`");
}

Result<Document> Document::read(std::string name, FileContent text) {
  auto file = std::make_unique<source::SourceFile>(0, name, std::move(text));
  CanonicalScanner scanner(file->text());
  if (scanner.scan()) return from_scanned(std::move(file), scanner);
  diagnostics::Diagnostics sink;
  const syntax::Tree tree = syntax::parse_json_value(*file, syntax::JsonForm::strict, sink);
  if (sink.has_errors()) {
    const diagnostics::Diagnostic& first = *sink.sorted().front();
    return fail("line " + std::to_string(file->position(first.range.begin).line) + ": " + first.message);
  }
  if (std::string trouble = trouble_with(Node(tree.expression())); !trouble.empty())
    return fail(std::move(trouble));
  text::JsonWriter json(2);
  write_canonical(tree.expression(), Digests::kept, json);
  auto rewritten = std::make_unique<source::SourceFile>(0, std::move(name), std::move(json).take() + "\n");
  CanonicalScanner again(rewritten->text());
  if (!again.scan()) return fail("it holds what this honua does not know in a snapshot");
  auto made = from_scanned(std::move(rewritten), again);
  if (made) made->is_rewritten_ = true;
  return made;
}

const BlockEntry* Document::find(config::BlockType type, std::string_view label) const {
  const std::tuple wanted(config::schema_of(type).keyword, member_name(label));
  const auto found = std::ranges::lower_bound(blocks_, wanted, {}, [](const BlockEntry& one) {
    return std::tuple(keyword_of(one), member_name(one.label));
  });
  if (found == blocks_.end() || found->type != type || found->label != label) return nullptr;
  return &*found;
}

syntax::Tree Document::parse(const BlockEntry& block) const {
  diagnostics::Diagnostics none;  // it was scanned
  return syntax::parse_json_value(*file_, block.begin, block.end, none);
}

}  // namespace honua::snapshot
