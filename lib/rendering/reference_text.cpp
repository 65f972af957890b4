// SPDX-License-Identifier: MIT
#include "rendering/reference_text.h"

#include "config/upstream.h"
#include "syntax/literals.h"

namespace honua::rendering {

namespace {

using config::TextPart;
using config::upstream::TextTrouble;

bool append_reference(const TextPart& part, ReferenceText& out) {
  // `$${` would be an escape.
  if (!config::upstream::is_variable_name(part.text) || out.quoted.ends_with('$')) return false;
  out.quoted += "${env:" + part.text + "}";
  if (part.fallback) out.lost_defaults.push_back(part.fallback->range());
  return true;
}

}  // namespace

std::optional<ReferenceText> reference_text(std::span<const TextPart> parts) {
  ReferenceText made;
  made.quoted = '"';
  // Without quotes and escapes, and with a blank for each reference.
  std::string bare;
  for (const TextPart& part : parts) {
    if (part.is_reference) {
      if (!append_reference(part, made)) return std::nullopt;
      bare += ' ';
    } else {
      const std::string quoted = syntax::quoted_string(part.text);
      made.quoted.append(quoted, 1, quoted.size() - 2);
      bare += part.text;
    }
  }
  // Of the whole text: what means nothing in its pieces may do so where they meet.
  if (config::upstream::trouble_with(bare, true) != TextTrouble::none) return std::nullopt;
  made.quoted += '"';
  return made;
}

}  // namespace honua::rendering
