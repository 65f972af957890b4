// SPDX-License-Identifier: MIT
#include "config/attribute_path.h"

#include <utility>

#include "config/json_model.h"

namespace honua::config {

namespace {

using syntax::Expression;
using syntax::NodeKind;
using syntax::without_parentheses;

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
    is_laid_over_ = !block.overlay_bodies().empty();
    block.visit_bodies([&](const BodySource& body) {
      // What a body takes away, those below do not give.
      if (is_done()) return;
      visit(body, 0);
      if (end_.expression || !has_settings_) return;
      // A `null` beside `settings` is not given.
      const bool is_null = std::exchange(is_removed_, false);
      visit_settings(body);
      is_removed_ = is_removed_ || (is_null && !end_.expression);
    });
    if (is_removed_) end_.expression.reset();
    if (!is_done() && has_computed_settings_) end_.is_body = true;
    return end_;
  }

 private:
  [[nodiscard]] bool is_done() const { return end_.expression.has_value() || is_removed_; }

  [[nodiscard]] bool is_called(const ItemName& name, std::string_view wanted) const {
    const bool is_model = !is_in_settings_ && models_.contains(name.range.file);
    return is_model ? is_model_name(name.text, wanted) : name.text == wanted;
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
      const bool was_in_settings = is_in_settings_;
      is_in_settings_ = is_in_settings_ || (has_settings_ && step == 0 && path_[0].name == "settings");
      visit(*inner, step + 1);
      is_in_settings_ = was_in_settings;
    } else if (is_laid_over_ && body_of(value, !around.is_native())) {
      end_.is_body = true;  // made of several objects
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
          // Those of the bodies below are taken away.
          const bool is_null = without_parentheses(value).kind() == NodeKind::null;
          if (is_null) has_settings_ = false;
          const auto inner = body_of(without_parentheses(value), !body.is_native());
          if (!inner && !is_null) has_computed_settings_ = true;
          is_in_settings_ = true;
          if (inner) visit(*inner, 0);
          is_in_settings_ = false;
        },
        [&](syntax::Block block) {
          if (!is_done() && block.type() == "settings") visit(BodySource(block.body()), 0);
        });
  }

  std::span<const evaluation::TraversalStep> path_;
  const std::set<source::FileId>& models_;
  bool has_settings_;
  bool is_laid_over_ = false;
  PathEnd end_;
  bool is_removed_ = false;
  bool has_computed_settings_ = false;  // in which anything may be
  bool is_in_settings_ = false;         // which have HCL's names in a model, too
};

}  // namespace

PathEnd follow_path(const RawBlock& block, std::span<const evaluation::TraversalStep> path,
                    const std::set<source::FileId>& models) {
  const bool has_settings =
      block.schema->type == BlockType::service || block.schema->type == BlockType::data_source;
  return Follower(path, models, has_settings).run(block);
}

}  // namespace honua::config
