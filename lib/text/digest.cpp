// SPDX-License-Identifier: MIT
#include "text/digest.h"

#include <sha2.h>
#include <sys/types.h>

#include <array>
#include <cstdint>

namespace honua::text {

std::string sha256(std::string_view bytes) {
  std::array<char, SHA256_DIGEST_STRING_LENGTH> digits{};
  // libmd takes plain bytes, and never more than the size given.
  const auto* data =
      reinterpret_cast<const std::uint8_t*>(  // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
          bytes.data());
  ::SHA256Data(data, bytes.size(), digits.data());
  return digits.data();
}

}  // namespace honua::text
