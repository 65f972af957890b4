// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
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
//   `AccountKey` …; digits and words such as `value` may follow) and `=` or `:`,
//   as in connection strings and attributes; a quoted text up to its closing
//   quote, a heredoc up to its marker;
// - the password of a URL (`scheme://user:password@host`), the user of one of
//   HTTP without a password, and its `?key=`;
// - JSON web tokens, private keys in PEM, what follows `Bearer`;
// - the default in `${env:NAME:-default}`.
// References such as `env("X")`, `var.x` and `${...}` hold no secret.
[[nodiscard]] std::vector<TextRange> find_secrets(std::string_view text);

// What a text is: as it stands in a file or a message, where quotes end values; or a value by itself, in
// which they are characters like others.
enum class TextForm : std::uint8_t { written, value };

// The text with each byte of these replaced by `*`: positions in it stay what they were.
[[nodiscard]] std::string mask_secrets(std::string_view original, TextForm form = TextForm::written);

// The text with `***` for each place where the secret stands; an empty secret stands nowhere.
[[nodiscard]] std::string without_secret(std::string text, std::string_view secret);

// Whether something in a text is given to a name of a secret, whatever it is: `Password=`, `token: `.
[[nodiscard]] bool assigns_secret(std::string_view text);

// Where in the NAME of `${env:NAME}` something begins that is an operator in shells' `${NAME:-default}`; npos
// where there is none. Such a name can be no variable's, and what follows may be a secret.
[[nodiscard]] std::size_t shell_operator(std::string_view name);

}  // namespace honua::text
