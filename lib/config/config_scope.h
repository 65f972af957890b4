// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "config/attribute_path.h"
#include "config/raw_configuration.h"
#include "evaluation/evaluator.h"

namespace honua::config {

// Names in expressions: `var.NAME`, `cache.redis.enabled`, `honua.environment`.
// Values are computed when they are first asked for; what refers to itself is
// reported once and unknown.
class ConfigScope final : public evaluation::Scope {
 public:
  // `models` are the files that hold the server's model in JSON.
  ConfigScope(const RawConfiguration& raw, const std::set<source::FileId>& models,
              diagnostics::Diagnostics& sink)
      : raw_(raw), models_(models), sink_(sink) {}

  // The context that evaluates what is referred to; it has this scope itself.
  void set_context(evaluation::EvaluationContext& context) { context_ = &context; }

  [[nodiscard]] std::optional<evaluation::Resolution> resolve(
      const evaluation::Traversal& traversal) const override;
  // Of variables only. One that a text names counts as used: the text has a finding of its own.
  [[nodiscard]] bool defines(const evaluation::Traversal& traversal) const override;
  [[nodiscard]] std::vector<std::string> root_names() const override;

  // Whether a variable was ever asked for.
  [[nodiscard]] bool was_used(const std::string& variable) const { return used_.contains(variable); }

 private:
  // Names the block that is meant, or else what to do.
  void suggest_label(diagnostics::Diagnostic& made, std::string_view given, BlockType type,
                     const std::string& otherwise) const;
  evaluation::Resolution resolve_variable(const evaluation::Traversal& traversal) const;
  evaluation::Resolution resolve_block(const BlockSchema& schema,
                                       const evaluation::Traversal& traversal) const;
  evaluation::Resolution resolve_attribute(const RawBlock& block, const evaluation::Traversal& traversal,
                                           std::size_t first) const;
  evaluation::Resolution resolve_found(const RawBlock& block, const evaluation::Traversal& traversal,
                                       std::size_t first, const PathEnd& found) const;
  static const AttributeSchema* schema_of_path(const RawBlock& block,
                                               std::span<const evaluation::TraversalStep> path);
  // What an attribute is that is not given.
  evaluation::Value resolve_default(const RawBlock& block, std::span<const evaluation::TraversalStep> path,
                                    bool is_body) const;
  const ServiceType* service_type_of(const RawBlock& service) const;
  [[nodiscard]] evaluation::Value value_called(std::string_view name, syntax::Expression expression,
                                               source::SourceRange asked) const;
  evaluation::Value value_of(syntax::Expression expression, source::SourceRange asked) const;

  const RawConfiguration& raw_;
  const std::set<source::FileId>& models_;
  diagnostics::Diagnostics& sink_;
  evaluation::EvaluationContext* context_ = nullptr;
  using Key = std::pair<const syntax::Tree*, syntax::NodeId>;
  mutable std::map<Key, std::optional<evaluation::Value>> values_;  // nothing: being computed
  mutable std::map<std::string, bool> used_;
};

}  // namespace honua::config
