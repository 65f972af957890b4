// SPDX-License-Identifier: MIT
#include "config/raw_configuration.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "config/json_model.h"
#include "config/rules.h"
#include "text/sanitize.h"
#include "text/suggest.h"
#include "text/unicode.h"

namespace honua::config {

namespace {

// Whether to_lower() would leave a text as it is; texts beyond ASCII are not looked into.
bool is_lower(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; });
}

}  // namespace

const BlockSchema* RawConfiguration::look_up(std::string_view keyword, source::SourceRange range,
                                             bool attribute) {
  const BlockSchema* schema = find_block_schema(keyword);
  if (schema != nullptr && !attribute) return schema;
  std::vector<std::string_view> keywords;
  for (const BlockSchema& one : block_schemas()) keywords.push_back(one.keyword);
  auto& made =
      sink_.report(rules::unknown_block, range,
                   attribute ? "an attribute " + text::quoted(keyword) + " stands outside of all blocks"
                             : "there is no block " + text::quoted(keyword));
  if (schema != nullptr) {
    made.suggest("write a block: `" + std::string(keyword) + " { ... }`");
  } else if (const auto close = text::suggest(keyword, keywords)) {
    made.did_you_mean(*close, keyword);
  } else {
    std::string list;
    for (const std::string_view one : keywords) list += (list.empty() ? "" : ", ") + text::quoted(one);
    made.suggest("there are: " + list);
  }
  return nullptr;
}

void RawConfiguration::report_import(source::SourceRange range) {
  sink_.report(rules::import_unread, range, "`import` reads no file")
      .suggest("put the files into one directory, or name them all: they are read as one configuration");
}

void RawConfiguration::add_native(const syntax::Tree& tree, bool overlay) {
  tree.body().visit(
      [&](syntax::Attribute attribute) {
        // `rate_limit = { ... }` is the block in its other spelling.
        const std::string name = attribute.name();
        const BlockSchema* schema = find_block_schema(name);
        const syntax::Expression value = attribute.expression();
        if (schema != nullptr && !schema->labelled && value.kind() == syntax::NodeKind::object) {
          add(*schema, {}, attribute.name_range(), attribute.name_range(), BodySource(value), overlay);
          return;
        }
        (void)look_up(name, attribute.name_range(), true);
      },
      [&](syntax::Block block) { add_native_block(block, overlay); });
}

void RawConfiguration::add_native_block(syntax::Block block, bool overlay) {
  const BlockSchema* schema = look_up(block.type(), block.type_range(), false);
  if (schema == nullptr) return;
  if (schema->type == BlockType::import) report_import(block.header_range());
  const auto labels = block.labels();
  const std::size_t wanted = schema->labelled ? 1 : 0;
  if (labels.size() != wanted) {
    const bool more = labels.size() > wanted;
    sink_
        .report(rules::block_label, more ? labels[wanted].range() : block.header_range(),
                "a block " + text::quoted(schema->keyword) +
                    (schema->labelled ? " has one label" : " has no label"))
        .suggest(more ? "remove the label" : "write `" + std::string(schema->keyword) + " \"NAME\" { ... }`");
    if (!more) return;
  }
  add(*schema, wanted == 0 ? LabelText() : label_text(labels[0]), block.header_range(),
      wanted == 0 ? block.type_range() : labels[0].range(), BodySource(block.body()), overlay);
}

// HCL's JSON form: `{"layer": {"roads": {...}}, "honua": {...}}`. A block may
// also be an array of such objects.
void RawConfiguration::add_json(const syntax::Tree& tree, bool overlay) {
  const syntax::Expression root = tree.expression();
  const auto add_root = [&](syntax::Expression object) {
    if (object.kind() == syntax::NodeKind::invalid) return;
    if (object.kind() != syntax::NodeKind::object) {
      sink_.report(rules::wrong_type, object.range(),
                   "a configuration in JSON is an object, or a list of objects");
      return;
    }
    BodySource(object).visit(
        [&](const ItemName& name, syntax::Expression value) {
          if (name.text == "//") return;
          const BlockSchema* schema = look_up(name.text, name.range, false);
          if (schema == nullptr) return;
          if (schema->type == BlockType::import) report_import(name.range);
          add_json_blocks(*schema, value, name.range, overlay);
        },
        [](syntax::Block) {});
  };
  if (root.kind() == syntax::NodeKind::tuple) {
    for (const syntax::Expression element : root) add_root(element);
  } else {
    add_root(root);
  }
}

void RawConfiguration::add_json_blocks(const BlockSchema& schema, syntax::Expression value,
                                       source::SourceRange name, bool overlay) {
  if (value.kind() == syntax::NodeKind::tuple) {
    for (const syntax::Expression element : value) add_json_blocks(schema, element, name, overlay);
    return;
  }
  if (value.kind() == syntax::NodeKind::invalid) return;
  if (value.kind() != syntax::NodeKind::object) {
    sink_.report(rules::wrong_type, value.range(),
                 text::quoted(schema.keyword) + " is a block: an object in JSON");
    return;
  }
  if (!schema.labelled) return add(schema, {}, name, name, BodySource(value), overlay);
  BodySource(value).visit(
      [&](const ItemName& named, syntax::Expression body) {
        const LabelText label = label_text(named);
        const source::SourceRange label_range = named.range;
        const auto add_one = [&](syntax::Expression one) {
          if (one.kind() == syntax::NodeKind::object) {
            add(schema, label, label_range, label_range, BodySource(one), overlay);
          } else if (one.kind() != syntax::NodeKind::invalid) {
            sink_.report(rules::wrong_type, one.range(),
                         text::quoted(std::string(schema.keyword) + "." + std::string(label.text)) +
                             " is a block: an object in JSON");
          }
        };
        if (body.kind() != syntax::NodeKind::tuple) return add_one(body);
        for (const syntax::Expression element : body) add_one(element);
      },
      [](syntax::Block) {});
}

void RawConfiguration::add_model(const syntax::Tree& tree, bool overlay) {
  const syntax::Expression root = tree.expression();
  if (root.kind() != syntax::NodeKind::object) return;
  BodySource(root).visit(
      [&](const ItemName& name, syntax::Expression value) {
        if (const BlockSchema* schema = find_model_member(name.text))
          return add_model_member(*schema, value, name.range, overlay);
        sink_
            .report(rules::unknown_block, name.range,
                    "a configuration has no member " + text::quoted(name.text))
            .suggest("there are: " + list_model_members());
      },
      [](syntax::Block) {});
}

void RawConfiguration::add_model_member(const BlockSchema& schema, syntax::Expression value,
                                        source::SourceRange name, bool overlay) {
  using syntax::NodeKind;
  const auto is_usable = [&](syntax::Expression one, source::SourceRange place) {
    if (one.kind() == NodeKind::object) return true;
    // .NET writes `null` for what is not there.
    if (one.kind() != NodeKind::invalid && one.kind() != NodeKind::null)
      sink_.report(rules::wrong_type, one.range(), "this must be an object")
          .label(place, "the value of this");
    return false;
  };
  if (!is_usable(value, name)) return;
  if (!schema.labelled) return add(schema, {}, name, name, BodySource(value), overlay);
  BodySource(value).visit(
      [&](const ItemName& named, syntax::Expression body) {
        const LabelText label = label_text(named);
        const source::SourceRange label_range = named.range;
        if (schema.type == BlockType::variable) {
          add(schema, label, label_range, label_range, BodySource::default_of(body), overlay);
        } else if (is_usable(body, label_range)) {
          add(schema, label, label_range, label_range, BodySource(body), overlay);
        }
      },
      [](syntax::Block) {});
}

std::optional<std::size_t> RawConfiguration::position_of(BlockType type, std::string_view label) const {
  Index& index = indexes_[static_cast<std::size_t>(type)];
  for (; index.seen < blocks_.size(); ++index.seen) {
    const RawBlock& block = blocks_[index.seen];
    if (block.schema->type == type) index.by_label.try_emplace(block.label, index.seen);
  }
  const auto found = index.by_label.find(label);
  return found == index.by_label.end() ? std::nullopt : std::optional(found->second);
}

const RawBlock* RawConfiguration::find(BlockType type, std::string_view label) const {
  const auto position = position_of(type, label);
  return position ? &blocks_[*position] : nullptr;
}

RawConfiguration::LabelText RawConfiguration::label_text(syntax::Label label) {
  if (const auto verbatim = label.verbatim()) return {*verbatim, true};
  return {memory_.keep(label.value()), false};
}

RawConfiguration::LabelText RawConfiguration::label_text(const ItemName& name) {
  return {name.is_in_file ? name.text : memory_.keep(name.text), name.is_in_file};
}

void RawConfiguration::add(const BlockSchema& schema, LabelText label, source::SourceRange header,
                           source::SourceRange label_range, BodySource body, bool overlay) {
  const auto base = overlay ? position_of(schema.type, label.text) : std::nullopt;
  RawBlock* const same = base ? &blocks_[*base] : nullptr;
  // A second block within one overlay is a duplicate as in any file.
  if (same != nullptr && (same->overlays == nullptr || !same->overlays->back().body.is_in(header.file))) {
    if (same->overlays == nullptr) same->overlays = std::make_unique<std::vector<OverlayBody>>();
    same->overlays->push_back({body, header});
    return;
  }
  blocks_.emplace_back(
      RawBlock{&schema, label.text, header, label_range, body, overlay, label.is_in_file, nullptr});
}

namespace {

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

}  // namespace

// Labels are compared without regard to case: the server's metadata does.
void RawConfiguration::report_duplicates() {
  ArenaResource memory;
  std::pmr::unordered_map<Key, const RawBlock*, KeyHash> seen(&memory);
  seen.reserve(blocks_.size());
  for (const RawBlock& block : blocks_) {
    const std::string_view lower =
        is_lower(block.label) ? block.label : memory.keep(text::to_lower(block.label));
    const auto [earlier, is_new] = seen.try_emplace(Key{block.schema->type, lower}, &block);
    if (is_new) continue;
    const RawBlock& first = *earlier->second;
    if (!block.schema->labelled) {
      sink_
          .report(rules::duplicate_singleton, block.header_range,
                  "a second block " + text::quoted(block.schema->keyword))
          .label(first.header_range, "the first one")
          .suggest("merge the two: the server takes the last one and drops the other");
      continue;
    }
    const bool same = first.label == block.label;
    sink_
        .report(
            rules::duplicate_block, block.label_range,
            text::quoted(std::string(block.schema->keyword) + "." + std::string(block.label)) +
                (same ? " is defined twice" : " differs from " + text::quoted(first.label) + " by case only"))
        .label(first.label_range, same ? "first defined here" : "defined here")
        .suggest(same ? "rename one of them: the server takes the last one and drops the other"
                      : "rename one of them: the server compares names without regard to case");
  }
}

std::vector<std::string_view> RawConfiguration::labels(BlockType type) const {
  std::vector<std::string_view> found;
  for (const RawBlock& block : blocks_) {
    if (block.schema->type == type) found.push_back(block.label);
  }
  return found;
}

}  // namespace honua::config
