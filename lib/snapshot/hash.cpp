// SPDX-License-Identifier: MIT
#include "snapshot/hash.h"

#include <algorithm>

#include "text/digest.h"

namespace honua::snapshot {

namespace {

constexpr std::string_view prefix = "sha256:";
constexpr std::size_t digits = 64;

bool is_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

}  // namespace

std::string hash_of(std::string_view snapshot) { return std::string(prefix) + text::sha256(snapshot); }

bool is_hash(std::string_view text) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return text.size() == digits && std::ranges::all_of(text, is_digit);
}

}  // namespace honua::snapshot
