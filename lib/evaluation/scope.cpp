// SPDX-License-Identifier: MIT
#include "evaluation/scope.h"

namespace honua::evaluation {

bool Scope::defines(const Traversal& traversal) const {
  const auto resolution = resolve(traversal);
  if (!resolution || traversal.steps.empty()) return resolution.has_value();
  const Value& value = resolution->value;
  if (resolution->steps > 0 || value.is_unknown()) return true;
  return value.is_mapping() && value.find(traversal.steps[0].name) != nullptr;
}

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
