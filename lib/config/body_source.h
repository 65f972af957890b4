// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "syntax/literals.h"
#include "syntax/tree.h"

namespace honua::config {

// The items of a body, however it is written: as a native body, as the object
// expression of an attribute or of a JSON file, or as the one value that a
// block stands for.
class BodySource {
 public:
  explicit BodySource(syntax::Body body) : node_(body.tree(), body.id()), form_(Form::native) {}
  explicit BodySource(syntax::Expression object) : node_(object), form_(Form::object) {}
  // The body `{ default = value }`.
  static BodySource default_of(syntax::Expression value) {
    BodySource made(value);
    made.form_ = Form::default_value;
    return made;
  }

  [[nodiscard]] bool is_native() const { return form_ == Form::native; }
  [[nodiscard]] source::SourceRange range() const { return node_.range(); }
  [[nodiscard]] bool is_in(source::FileId file) const { return node_.tree().file().id() == file; }

  // Calls on_attribute(std::string name, SourceRange name_range, Expression) and
  // on_block(Block) in source order. Members of a JSON object are attributes.
  // Names that are no fixed texts are passed over: they have their finding.
  template <class OnAttribute, class OnBlock>
  void visit(OnAttribute&& on_attribute, OnBlock&& on_block) const {
    const syntax::Tree& tree = node_.tree();
    if (form_ == Form::default_value) {
      on_attribute(std::string("default"), node_.range(), node_);
      return;
    }
    if (form_ == Form::native) {
      syntax::Body(tree, node_.id())
          .visit([&](syntax::Attribute one) { on_attribute(one.name(), one.name_range(), one.expression()); },
                 on_block);
      return;
    }
    for (const syntax::Expression item : node_) {
      if (item.kind() != syntax::NodeKind::object_item) continue;
      const syntax::Expression key = item.child(0);
      const bool bare = key.kind() == syntax::NodeKind::identifier;
      if (!bare && !key.is_plain_string()) continue;
      on_attribute(bare ? std::string(key.text()) : syntax::plain_string_value(key), key.range(),
                   item.child(1));
    }
  }

 private:
  syntax::Expression node_;
  enum class Form : std::uint8_t { native, object, default_value };
  Form form_;
};

}  // namespace honua::config
