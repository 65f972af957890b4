// SPDX-License-Identifier: MIT
#include "generation/written_configuration.h"

#include <utility>

#include "syntax/parser.h"

namespace honua::generation {

namespace {

using source::SourceRange;

WrittenValue value_of(const editing::WrittenItem* item) { return {item != nullptr, text_of(item)}; }

std::string first_label(syntax::Block block) {
  const std::vector<syntax::Label> labels = block.labels();
  return labels.empty() ? "" : labels.front().value();
}

WrittenValue geometry_column_of(const editing::WrittenBody& layer) {
  const editing::WrittenItem* geometry = layer.find("geometry");
  if (geometry == nullptr) return {};
  if (geometry->value && geometry->value->kind() == syntax::NodeKind::null) return {};
  const auto body = body_of(*geometry);
  return {true, body ? text_of(body->find("column")) : std::nullopt};
}

LayerKey key_of_layer(syntax::Block block, const editing::WrittenBody& body) {
  LayerKey key;
  key.label = first_label(block);
  const editing::WrittenItem* source = body.find("data_source");
  key.data_source.is_given = source != nullptr;
  if (source != nullptr && source->value)
    key.data_source.text = editing::referenced_label(*source->value, "data_source");
  key.table = value_of(body.find("table"));
  key.id_field = value_of(body.find("id_field"));
  key.geometry_column = geometry_column_of(body);
  return key;
}

// --- Layers in comments

// What a line comment says, behind one blank; nothing for other comments.
std::optional<std::string_view> commented_text(std::string_view comment) {
  if (comment.starts_with("#")) {
    comment.remove_prefix(1);
  } else if (comment.starts_with("//")) {
    comment.remove_prefix(2);
  } else {
    return std::nullopt;
  }
  if (comment.starts_with(' ')) comment.remove_prefix(1);
  if (comment.ends_with('\r')) comment.remove_suffix(1);
  return comment;
}

bool begins_layer(std::string_view line) { return line.starts_with("layer ") || line.starts_with("layer\""); }
bool ends_layer(std::string_view line) { return line == "}" || line.starts_with("} "); }

// The layers of a text; nothing if it is no HCL.
std::vector<LayerKey> read_layers(const std::string& text) {
  const source::SourceFile file(0, "comment", FileContent(text));
  diagnostics::Diagnostics findings;
  const syntax::Tree tree = syntax::parse(file, syntax::Dialect::honua, findings);
  std::vector<LayerKey> layers;
  if (findings.has_errors()) return layers;
  for (const syntax::Block& block : tree.body().blocks()) {
    if (block.type() == "layer") layers.push_back(key_of_layer(block, editing::read_body(block)));
  }
  return layers;
}

// What stands between `/*` and `*/`; nothing for other comments.
std::optional<std::string_view> block_comment_text(std::string_view comment) {
  constexpr std::string_view opening = "/*";
  constexpr std::string_view closing = "*/";
  if (!comment.starts_with(opening) || comment.size() < opening.size() + closing.size()) return std::nullopt;
  comment.remove_prefix(opening.size());
  comment.remove_suffix(closing.size());
  return comment;
}

std::vector<LayerKey> layers_in_comments(const syntax::Tree& tree) {
  std::vector<LayerKey> found;
  std::string layer;  // "" outside of one
  for (const SourceRange& comment : tree.comments()) {
    const std::string_view whole = tree.file().text(comment);
    if (const auto block = block_comment_text(whole)) {
      for (LayerKey& one : read_layers(std::string(*block))) found.push_back(std::move(one));
      continue;
    }
    const auto line = commented_text(whole);
    if (!line) continue;
    if (begins_layer(*line)) layer.clear();
    if (layer.empty() && !begins_layer(*line)) continue;
    layer.append(*line).append("\n");
    if (!ends_layer(*line)) continue;
    for (LayerKey& one : read_layers(layer)) found.push_back(std::move(one));
    layer.clear();
  }
  return found;
}

}  // namespace

WrittenConfiguration read_written(const syntax::Tree& tree) {
  WrittenConfiguration written;
  for (const syntax::Block& block : tree.body().blocks()) {
    const std::string label = first_label(block);
    if (block.type() == "data_source") {
      written.sources.push_back({label, text_of(editing::read_body(block).find("provider"))});
    } else if (block.type() == "service") {
      written.services.push_back(label);
    } else if (block.type() == "layer") {
      editing::WrittenBody body = editing::read_body(block);
      LayerKey key = key_of_layer(block, body);
      written.layers.push_back({std::move(key), std::move(body)});
    }
  }
  written.commented_out = layers_in_comments(tree);
  return written;
}

std::optional<std::vector<std::string>> services_of(const WrittenLayer& layer) {
  const editing::WrittenItem* item = layer.body.find("services");
  if (item == nullptr || !item->value || item->value->kind() != syntax::NodeKind::tuple) return std::nullopt;
  std::vector<std::string> labels;
  labels.reserve(item->value->child_count());
  for (const syntax::Expression one : *item->value) {
    auto label = editing::referenced_label(one, "service");
    if (!label) return std::nullopt;
    labels.push_back(*std::move(label));
  }
  return labels;
}

}  // namespace honua::generation
