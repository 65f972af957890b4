// SPDX-License-Identifier: MIT
#include "snapshot/hash.h"

#include <doctest/doctest.h>

namespace honua::snapshot {

TEST_CASE("a snapshot is called by the digest of its bytes, in one spelling") {
  const std::string hash = hash_of("");
  CHECK(hash == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(is_hash(hash));
  CHECK_FALSE(is_hash(hash.substr(1)));
  CHECK_FALSE(is_hash(hash + "0"));
  CHECK_FALSE(is_hash("sha256:" + std::string(64, 'A')));
  CHECK_FALSE(is_hash(""));
}

}  // namespace honua::snapshot
