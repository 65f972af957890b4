// SPDX-License-Identifier: MIT
#include "snapshot/json_string.h"

#include "snapshot/form.h"
#include "syntax/literals.h"

namespace honua::snapshot {

namespace {

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool has_good_escapes(std::string_view raw) {
  for (std::size_t at = raw.find('\\'); at != std::string_view::npos; at = raw.find('\\', at + 1)) {
    ++at;
    if (at == raw.size() || std::string_view("\"\\/bfnrtu").find(raw[at]) == std::string_view::npos)
      return false;
    if (raw[at] != 'u') continue;
    constexpr std::size_t digits = 4;
    if (raw.size() - at <= digits) return false;
    for (std::size_t i = at + 1; i <= at + digits; ++i) {
      if (!is_hex(raw[i])) return false;
    }
  }
  return true;
}

}  // namespace

std::optional<std::string> decoded_string(std::string_view written) {
  if (written.find('\\') == std::string_view::npos) return std::string(written);
  return has_good_escapes(written) ? std::optional(syntax::decode_json(written)) : std::nullopt;
}

std::string plain_name(std::string_view member) {
  return std::string(member.substr(member.starts_with(form::mark) ? form::mark.size() : 0));
}

}  // namespace honua::snapshot
