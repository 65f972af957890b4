// SPDX-License-Identifier: MIT
#include "snapshot/document.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <system_error>
#include <tuple>

#include "snapshot/canonical_scanner.h"
#include "snapshot/value_writer.h"
#include "snapshot/write_snapshot.h"
#include "syntax/literals.h"
#include "syntax/parser.h"
#include "text/digest.h"
#include "text/json_writer.h"
#include "text/sanitize.h"

namespace honua::snapshot {

namespace {

using syntax::Expression;
using syntax::NodeKind;

std::string_view keyword_of(const BlockEntry& block) { return config::schema_of(block.type).keyword; }

// One that no machine holds stays the text that it is.
void write_number(std::string_view digits, text::JsonWriter& json) {
  double number = 0;
  const auto [stop, trouble] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool is_held = trouble == std::errc() && stop == digits.data() + digits.size();
  return is_held ? json.number(number) : json.string(digits);
}

// A JSON value in canonical form. The tree has no errors.
void write_value(Expression value, text::JsonWriter& json) {
  switch (value.kind()) {
    case NodeKind::object: {
      std::map<std::string, Expression> members;  // of several with one name the last counts
      for (const Expression item : value)
        members.insert_or_assign(syntax::plain_string_value(item.child(0)), item.child(1));
      json.begin_object();
      for (const auto& [name, member] : members) {
        json.key(name);
        write_value(member, json);
      }
      return json.end_object();
    }
    case NodeKind::tuple:
      json.begin_array();
      for (const Expression element : value) write_value(element, json);
      return json.end_array();
    case NodeKind::string_template: return json.string(syntax::plain_string_value(value));
    case NodeKind::boolean: return json.boolean(value.text() == "true");
    case NodeKind::null: return json.null();
    default: return write_number(value.text(), json);
  }
}

std::optional<std::string> member_text(Expression object, std::string_view name) {
  for (const Expression item : object) {
    if (syntax::plain_string_value(item.child(0)) == name && item.child(1).is_plain_string())
      return syntax::plain_string_value(item.child(1));
  }
  return std::nullopt;
}

// What keeps a JSON value from being a snapshot; "" if nothing does.
std::string trouble_with(Expression root) {
  if (root.kind() != NodeKind::object || member_text(root, "format") != "honua-snapshot")
    return "it has no `\"format\": \"honua-snapshot\"`";
  const auto version = member_text(root, "format_version");
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

Result<Document> Document::read(std::string name, FileContent text) {
  auto file = std::make_unique<source::SourceFile>(0, name, std::move(text));
  CanonicalScanner scanner(file->text());
  if (scanner.scan()) return Document(std::move(file), scanner.take_blocks(), scanner.environment());
  diagnostics::Diagnostics sink;
  const auto size = static_cast<std::uint32_t>(file->text().size());
  const syntax::Tree tree = syntax::parse_json_value(*file, file->content_begin(), size, sink);
  if (sink.has_errors()) {
    const diagnostics::Diagnostic& first = *sink.sorted().front();
    return fail("line " + std::to_string(file->position(first.range.begin).line) + ": " + first.message);
  }
  if (std::string trouble = trouble_with(tree.expression()); !trouble.empty())
    return fail(std::move(trouble));
  text::JsonWriter json(2);
  write_value(tree.expression(), json);
  auto made = from_canonical(std::move(name), std::move(json).take() + "\n");
  if (!made) return fail("it holds what this honua does not know in a snapshot");
  return *std::move(made);
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

std::string Document::name() const { return "sha256:" + text::sha256(text()); }

}  // namespace honua::snapshot
