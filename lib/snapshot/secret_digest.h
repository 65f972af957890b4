// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace honua::snapshot {

// Tells whether two secrets are the same without keeping them. The key is random and dies with the process:
// a digest that got out would say nothing.
class SecretDigest {
 public:
  SecretDigest();
  // Hexadecimal; the same for the same secret.
  [[nodiscard]] std::string of(std::string_view secret) const;

 private:
  std::string key_;
};

}  // namespace honua::snapshot
