// SPDX-License-Identifier: MIT
#include "snapshot/secret_digest.h"

#include <random>

#include "text/digest.h"

namespace honua::snapshot {

SecretDigest::SecretDigest() {
  constexpr int words = 8;  // of 32 bits
  std::random_device random;
  for (int i = 0; i < words; ++i) key_ += std::to_string(random()) + ".";
}

std::string SecretDigest::of(std::string_view secret) const {
  return text::sha256(key_ + text::sha256(key_ + std::string(secret)));
}

}  // namespace honua::snapshot
