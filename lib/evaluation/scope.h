// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "evaluation/traversal.h"
#include "evaluation/value.h"

namespace honua::evaluation {

// What a scope answers: the value of the root and its first `steps` steps. The
// evaluator applies the remaining steps itself.
struct Resolution {
  Value value;
  std::size_t steps = 0;
};

// Where names get their values from. A host implements this: to answer
// `data_source.db` with a reference, to compute values when they are first
// asked for, or to say "unknown" where it cannot tell yet. Variables of `for`
// expressions never reach a scope: they shadow it.
class Scope {
 public:
  virtual ~Scope() = default;

  // The value of a traversal or of its beginning; nothing if there is no such
  // root, which is reported as an undefined variable. An unknown value is
  // never complained about, whatever is done with it.
  [[nodiscard]] virtual std::optional<Resolution> resolve(const Traversal& traversal) const = 0;

  // Whether there is something of this name below a root. Hosts whose resolve() complains override it.
  [[nodiscard]] virtual bool defines(const Traversal& traversal) const;

  // The roots there are, for suggestions.
  [[nodiscard]] virtual std::vector<std::string> root_names() const { return {}; }
};

// A fixed value for each root name.
class MapScope final : public Scope {
 public:
  MapScope() = default;
  explicit MapScope(std::map<std::string, Value, std::less<>> roots) : roots_(std::move(roots)) {}

  void set(const std::string& root, Value value) { roots_.insert_or_assign(root, std::move(value)); }

  [[nodiscard]] std::optional<Resolution> resolve(const Traversal& traversal) const override;
  [[nodiscard]] std::vector<std::string> root_names() const override;

 private:
  std::map<std::string, Value, std::less<>> roots_;
};

// Every name is unknown: for checks of one file on its own.
class UnknownScope final : public Scope {
 public:
  [[nodiscard]] std::optional<Resolution> resolve(const Traversal& traversal) const override;
};

}  // namespace honua::evaluation
