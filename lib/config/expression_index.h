// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <tuple>

#include "config/loader.h"

namespace honua::config {

// The expressions that settings were computed from, by their place: templates, calls of `env`, `env.NAME` and
// `var.NAME`. Literals and references to blocks are not in it. The trees must outlive it.
class ExpressionIndex {
 public:
  explicit ExpressionIndex(std::span<const LoadInput> inputs);

  // The one that stands at the range of a setting.
  [[nodiscard]] std::optional<syntax::Expression> at(source::SourceRange range) const;

 private:
  void add(syntax::Body body);
  void add(syntax::Expression value);

  using Key = std::tuple<source::FileId, std::uint32_t, std::uint32_t>;
  std::map<Key, syntax::Expression> expressions_;
};

// An expression without the parentheses around it; of a string in JSON with escapes, its template, which has
// a tree of its own.
[[nodiscard]] syntax::Expression bare_expression(syntax::Expression value);

}  // namespace honua::config
