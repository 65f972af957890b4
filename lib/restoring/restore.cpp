// SPDX-License-Identifier: MIT
#include "restoring/restore.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "config/schema.h"
#include "rendering/hcl_writer.h"
#include "rendering/names.h"
#include "rendering/quoted_text.h"
#include "snapshot/form.h"
#include "snapshot/node.h"

namespace honua::restoring {

namespace {

using config::AttributeSchema;
using config::ObjectSchema;
using config::ValueType;
using snapshot::Node;
using snapshot::NodeForm;
namespace form = snapshot::form;

// A name that starts with the mark of a form has one more in a snapshot.
std::string own_name(const std::string& name) { return name.starts_with("$$") ? name.substr(1) : name; }

// Of a text's literal between its quotes.
std::string without_quotes(const std::string& literal) { return literal.substr(1, literal.size() - 2); }

// Where an object's attributes are described; those of a service type count more.
using Schemas = std::vector<const ObjectSchema*>;

const AttributeSchema* find_schema(const Schemas& schemas, std::string_view name) {
  for (const ObjectSchema* one : schemas) {
    if (const AttributeSchema* found = one->find(name)) return found;
  }
  return nullptr;
}

class Restorer {
 public:
  explicit Restorer(const snapshot::Document& document) : document_(document) {}

  Restored run() {
    // In the order that people write them, which is that of the types.
    for (const config::BlockSchema& schema : config::block_schemas()) {
      for (const snapshot::BlockEntry& entry : document_.blocks()) {
        if (entry.type == schema.type) write_block(schema, entry);
      }
    }
    made_.text = std::move(hcl_).take();
    return std::move(made_);
  }

 private:
  void write_block(const config::BlockSchema& schema, const snapshot::BlockEntry& entry) {
    const syntax::Tree tree = document_.parse(entry);
    const Node node(tree.expression());
    const std::string label = own_name(entry.label);
    Schemas schemas;
    if (entry.type == config::BlockType::service) {
      const auto type = node.member("type").text();
      const config::ServiceType* known = config::find_service_type(type ? *type : label);
      if (known != nullptr) schemas.push_back(&known->settings);
    }
    schemas.push_back(&schema.body);
    if (std::exchange(has_blocks_, true)) hcl_.gap();
    write_object(std::string(schema.keyword) + (schema.labelled ? " " + rendering::quoted_text(label) : ""),
                 node, schemas);
  }

  // Attributes first, then blocks.
  void write_object(const std::string& header, const Node& node, const Schemas& schemas) {
    struct Inner {
      std::string name;
      Node value;
      const AttributeSchema* schema;
    };
    std::vector<Inner> blocks;
    bool has_lines = false;
    hcl_.open(header);
    node.visit([&](const std::string& written, const Node& value) {
      if (value.is(NodeForm::unknown)) return void(++made_.unknown);
      const std::string name = own_name(written);
      const AttributeSchema* schema = find_schema(schemas, name);
      if (is_block(name, value, schema)) return blocks.push_back({name, value, schema});
      hcl_.attribute(rendering::is_identifier(name) ? name : rendering::quoted_text(name),
                     expression_of(value, schema));
      has_lines = true;
    });
    for (const Inner& one : blocks) {
      if (std::exchange(has_lines, true)) hcl_.gap();
      if (one.schema->type == ValueType::object)
        write_object(one.name, one.value, {one.schema->nested});
      else
        write_map(one.name, one.value, *one.schema);
    }
    hcl_.close();
  }

  // Objects by names, as blocks in a block.
  void write_map(const std::string& name, const Node& map, const AttributeSchema& schema) {
    bool has_lines = false;
    hcl_.open(name);
    map.visit([&](const std::string& key, const Node& value) {
      if (std::exchange(has_lines, true)) hcl_.gap();
      write_object(own_name(key), value, {schema.nested});
    });
    hcl_.close();
  }

  static bool is_block(std::string_view name, const Node& value, const AttributeSchema* schema) {
    if (!value.is(NodeForm::object) || schema == nullptr || schema->nested == nullptr) return false;
    if (!rendering::is_identifier(name)) return false;
    return schema->type == ValueType::object ||
           (schema->type == ValueType::object_map && has_block_names(value));
  }

  static bool has_block_names(const Node& map) {
    bool all = true;
    map.visit([&all](const std::string& key, const Node& value) {
      all = all && value.is(NodeForm::object) && rendering::is_identifier(own_name(key));
    });
    return all;
  }

  // On one line.
  std::string expression_of(const Node& value, const AttributeSchema* schema) {
    switch (value.form()) {
      case NodeForm::text: return text_of(*value.text(), schema);
      case NodeForm::list: return list_of(value, schema);
      case NodeForm::object: return object_of(value);
      case NodeForm::reference: return reference_of(value);
      case NodeForm::masked: ++made_.masked; return rendering::quoted_text(value.masked_text().value_or(""));
      case NodeForm::unknown: ++made_.unknown; return "null";
      default: return value.json();
    }
  }

  // A text that names a block becomes a reference to it.
  static std::string text_of(const std::string& text, const AttributeSchema* schema) {
    const bool is_reference = schema != nullptr && (schema->type == ValueType::reference ||
                                                    schema->type == ValueType::reference_list);
    if (!is_reference) return rendering::quoted_text(text);
    return rendering::reference_to(config::schema_of(schema->target).keyword, text);
  }

  std::string list_of(const Node& list, const AttributeSchema* schema) {
    std::string all;
    for (const Node& one : list.elements()) all += (all.empty() ? "" : ", ") + expression_of(one, schema);
    return "[" + all + "]";
  }

  std::string object_of(const Node& object) {
    std::string all;
    object.visit([&](const std::string& written, const Node& value) {
      const std::string name = own_name(written);
      all += (all.empty() ? "" : ", ") +
             (rendering::is_identifier(name) ? name : rendering::quoted_text(name)) + " = " +
             expression_of(value, nullptr);
    });
    return all.empty() ? "{}" : "{ " + all + " }";
  }

  std::string reference_of(const Node& node) {
    const std::array<std::string_view, 3> forms = {form::environment, form::text_template, form::expression};
    if (node.member(forms[0]).is_given()) {
      const Node fallback = node.member(form::fallback);
      const std::string name = rendering::quoted_text(node.member(forms[0]).text().value_or(""));
      return "env(" + name + (fallback.is_given() ? ", " + expression_of(fallback, nullptr) : "") + ")";
    }
    if (node.member(forms[2]).is_given()) return node.member(forms[2]).text().value_or("null");
    std::string text;
    for (const Node& part : node.member(forms[1]).elements()) {
      const auto literal = part.text();
      text += literal ? without_quotes(rendering::quoted_text(*literal))
                      : "${" + expression_of(part, nullptr) + "}";
    }
    return "\"" + text + "\"";
  }

  const snapshot::Document& document_;
  rendering::HclWriter hcl_;
  bool has_blocks_ = false;
  Restored made_;
};

}  // namespace

Restored restore(const snapshot::Document& document) { return Restorer(document).run(); }

}  // namespace honua::restoring
