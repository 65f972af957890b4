// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace honua::text {

// Bytes of a text: [begin, end).
struct TextRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Whether a name ends in a word for secrets: `password`, `token`, `AccountKey` …
[[nodiscard]] bool is_name_of_secret(std::string_view name);

// Everything in a text that looks like a secret, in order, in linear time:
// - what follows a name that ends in a word for secrets (`password`, `token`,
//   `AccountKey` …) and `=` or `:`, as in connection strings and attributes;
//   a quoted text up to its closing quote, a heredoc up to its marker;
// - the password of a URL (`scheme://user:password@host`);
// - JSON web tokens.
// References such as `env("X")`, `var.x` and `${...}` hold no secret.
[[nodiscard]] std::vector<TextRange> find_secrets(std::string_view text);

// The text with each byte of these replaced by `*`: positions in it stay what they were.
[[nodiscard]] std::string mask_secrets(std::string_view original);

}  // namespace honua::text
