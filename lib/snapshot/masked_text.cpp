// SPDX-License-Identifier: MIT
#include "snapshot/masked_text.h"

#include <algorithm>

#include "snapshot/form.h"
#include "text/mask.h"

namespace honua::snapshot {

namespace {

// [begin, end) of a text, which stands at `offset` of what the secrets were found in.
std::string masked_piece(std::string_view text, std::size_t offset,
                         const std::vector<text::TextRange>& secrets) {
  std::string masked;
  std::size_t at = 0;
  for (const text::TextRange& one : secrets) {
    if (one.end <= offset || one.begin >= offset + text.size()) continue;
    const std::size_t begin = std::max(one.begin, offset) - offset;
    masked += text.substr(at, begin - at);
    masked += form::secret;
    at = std::min(one.end - offset, text.size());
  }
  return masked.append(text.substr(at));
}

}  // namespace

std::string masked_text(std::string_view text) { return masked_piece(text, 0, text::find_secrets(text)); }

bool mask_parts(std::vector<config::TextPart>& parts) {
  std::string whole;
  for (const config::TextPart& one : parts) whole += one.is_reference ? "${env." + one.text + "}" : one.text;
  const std::vector<text::TextRange> secrets = text::find_secrets(whole);
  bool has_secret = false;
  std::size_t offset = 0;
  for (config::TextPart& one : parts) {
    if (one.is_reference) {
      offset += one.text.size() + std::string_view("${env.}").size();
      continue;
    }
    const std::size_t size = one.text.size();
    std::string masked = masked_piece(one.text, offset, secrets);
    has_secret = has_secret || masked != one.text;
    one.text = std::move(masked);
    offset += size;
  }
  return has_secret;
}

bool mask_all(std::vector<config::TextPart>& parts) {
  bool has_secret = false;
  for (config::TextPart& one : parts) {
    if (one.is_reference || one.text.empty()) continue;
    one.text = form::secret;
    has_secret = true;
  }
  return has_secret;
}

std::vector<bool> secret_places(const std::vector<config::TextPart>& parts) {
  // A word stands for what will be there.
  constexpr std::string_view probe = "x";
  std::string whole;
  for (const config::TextPart& one : parts) whole += one.is_reference ? probe : std::string_view(one.text);
  const std::vector<text::TextRange> secrets = text::find_secrets(whole);
  std::vector<bool> places;
  std::size_t at = 0;
  for (const config::TextPart& one : parts) {
    places.push_back(one.is_reference && std::ranges::any_of(secrets, [at](const text::TextRange& secret) {
                       return secret.begin <= at && at < secret.end;
                     }));
    at += one.is_reference ? probe.size() : one.text.size();
  }
  return places;
}

}  // namespace honua::snapshot
