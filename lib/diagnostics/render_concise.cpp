// SPDX-License-Identifier: MIT
#include "diagnostics/render_concise.h"

#include "diagnostics/render_place.h"
#include "diagnostics/shown_text.h"
#include "text/sanitize.h"

namespace honua::diagnostics {

std::string render_concise(const Diagnostic& diagnostic, const source::SourceSet& files) {
  std::string out = describe_place(diagnostic.range, files);
  out += ": ";
  out += to_string(diagnostic.severity);
  out += '[';
  out += diagnostic.rule->code;
  out += ' ';
  out += diagnostic.rule->slug;
  out += "]: ";
  out += text::printable(ShownTexts(diagnostic, files)(diagnostic.message));
  out += '\n';
  return out;
}

std::string render_concise(const Report& report) {
  std::string out;
  for (const Finding& one : report.findings) out += render_concise(*one.diagnostic, *report.sources);
  return out;
}

}  // namespace honua::diagnostics
