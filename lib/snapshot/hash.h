// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace honua::snapshot {

// What a snapshot is called by: "sha256:" and the digest of all its bytes.
[[nodiscard]] std::string hash_of(std::string_view snapshot);
// Whether a text has the form of such a name.
[[nodiscard]] bool is_hash(std::string_view text);

}  // namespace honua::snapshot
