// SPDX-License-Identifier: MIT
#pragma once

#include "config/configuration.h"
#include "planning/plan.h"

namespace honua::planning {

// Places in the files that a configuration was loaded from. Refers to it, which must outlive it.
class ConfigurationLocator final : public Locator {
 public:
  explicit ConfigurationLocator(const config::Configuration& configuration) : configuration_(configuration) {}
  [[nodiscard]] Place find(config::BlockType type, std::string_view label,
                           std::span<const std::string> path) const override;

 private:
  const config::Configuration& configuration_;
};

}  // namespace honua::planning
