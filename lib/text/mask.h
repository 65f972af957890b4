// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace honua::text {

// The text with everything that looks like a secret replaced by `*`, one for
// each byte, so that positions in it stay what they were:
// - what follows a name that ends in a word for secrets (`password`, `token`,
//   `AccountKey` …) and `=` or `:`, as in connection strings and attributes;
// - the password of a URL (`scheme://user:password@host`);
// - JSON web tokens.
// References such as `env("X")`, `var.x` and `${...}` hold no secret and stay.
[[nodiscard]] std::string mask_secrets(std::string_view original);

}  // namespace honua::text
