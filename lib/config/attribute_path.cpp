// SPDX-License-Identifier: MIT
#include "config/attribute_path.h"

#include "config/json_model.h"

namespace honua::config {

namespace {

using syntax::Expression;
using syntax::NodeKind;

Expression without_parentheses(Expression value) {
  while (value.kind() == NodeKind::parentheses) value = value.child(0);
  return value;
}

// The object that a value writes out; in HCL's JSON form also an array of one.
std::optional<BodySource> body_of(Expression value, bool in_json) {
  if (value.kind() == NodeKind::object) return BodySource(value);
  if (!in_json || value.kind() != NodeKind::tuple || value.child_count() != 1) return std::nullopt;
  const Expression only = value.child(0);
  return only.kind() == NodeKind::object ? std::optional(BodySource(only)) : std::nullopt;
}

class Follower {
 public:
  Follower(std::span<const evaluation::TraversalStep> path, const std::set<source::FileId>& models,
           bool has_settings)
      : path_(path), models_(models), has_settings_(has_settings) {}

  PathEnd run(const RawBlock& block) {
    block.visit_bodies([&](const BodySource& body) {
      if (!is_done()) visit(body, 0);
      if (!is_done() && has_settings_) visit_settings(body);
    });
    if (is_removed_) end_.expression.reset();
    return end_;
  }

 private:
  [[nodiscard]] bool is_done() const { return end_.expression.has_value() || is_removed_; }

  [[nodiscard]] bool is_called(const ItemName& name, std::string_view wanted) const {
    return models_.contains(name.range.file) ? is_model_name(name.text, wanted) : name.text == wanted;
  }

  void visit(const BodySource& body, std::size_t step) {
    body.visit(
        [&](const ItemName& name, Expression value) {
          if (!is_done() && is_called(name, path_[step].name)) enter(without_parentheses(value), step, body);
        },
        [&](syntax::Block block) {
          if (!is_done() && block.type() == path_[step].name) enter(block, step);
        });
  }

  void enter(Expression value, std::size_t step, const BodySource& around) {
    const bool is_last = step + 1 == path_.size() || path_[step + 1].index.has_value();
    if (value.kind() == NodeKind::null) {
      is_removed_ = true;
    } else if (const auto inner = is_last ? std::nullopt : body_of(value, !around.is_native())) {
      visit(*inner, step + 1);
    } else {
      end_ = {value, step + 1, false};
    }
  }

  // `rules "default" { ... }` gives the member `default` of the map `rules`.
  void enter(syntax::Block block, std::size_t step) {
    for (const syntax::Label& label : block.labels()) {
      if (++step == path_.size() || label.value() != path_[step].name) return;
    }
    if (step + 1 < path_.size()) return visit(BodySource(block.body()), step + 1);
    end_.is_body = true;
  }

  void visit_settings(const BodySource& body) {
    body.visit(
        [&](const ItemName& name, Expression value) {
          if (is_done() || !is_called(name, "settings")) return;
          if (const auto inner = body_of(without_parentheses(value), !body.is_native())) visit(*inner, 0);
        },
        [&](syntax::Block block) {
          if (!is_done() && block.type() == "settings") visit(BodySource(block.body()), 0);
        });
  }

  std::span<const evaluation::TraversalStep> path_;
  const std::set<source::FileId>& models_;
  bool has_settings_;
  PathEnd end_;
  bool is_removed_ = false;
};

}  // namespace

PathEnd follow_path(const RawBlock& block, std::span<const evaluation::TraversalStep> path,
                    const std::set<source::FileId>& models) {
  const bool has_settings =
      block.schema->type == BlockType::service || block.schema->type == BlockType::data_source;
  return Follower(path, models, has_settings).run(block);
}

}  // namespace honua::config
