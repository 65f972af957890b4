// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace honua {

// The process's environment variables, or a test's.
class Environment {
 public:
  virtual ~Environment() = default;

  // The variable's value, or nothing when it is not set. Set but empty is "".
  [[nodiscard]] virtual std::optional<std::string> get(const std::string& name) const = 0;
};

// Reads the real environment at each call.
class ProcessEnvironment final : public Environment {
 public:
  [[nodiscard]] std::optional<std::string> get(const std::string& name) const override;
};

// A fixed set of variables: for tests and fuzzers.
class MapEnvironment final : public Environment {
 public:
  MapEnvironment() = default;
  explicit MapEnvironment(std::map<std::string, std::string> variables) : variables_(std::move(variables)) {}
  [[nodiscard]] std::optional<std::string> get(const std::string& name) const override;

 private:
  std::map<std::string, std::string> variables_;
};

}  // namespace honua
