// SPDX-License-Identifier: MIT
#include "evaluation/scope.h"

namespace honua::evaluation {

std::optional<Resolution> MapScope::resolve(const Traversal& traversal) const {
  const auto found = roots_.find(traversal.root);
  if (found == roots_.end()) return std::nullopt;
  return Resolution{found->second, 0};
}

std::vector<std::string> MapScope::root_names() const {
  std::vector<std::string> names;
  names.reserve(roots_.size());
  for (const auto& [name, value] : roots_) names.push_back(name);
  return names;
}

std::optional<Resolution> UnknownScope::resolve(const Traversal& traversal) const {
  return Resolution{Value::unknown(), traversal.steps.size()};
}

}  // namespace honua::evaluation
