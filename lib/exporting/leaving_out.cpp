// SPDX-License-Identifier: MIT
#include "exporting/leaving_out.h"

#include <algorithm>
#include <vector>

#include "base/assert.h"
#include "text/sanitize.h"
#include "validation/validator.h"

namespace honua::exporting {

using diagnostics::Diagnostic;
using diagnostics::Diagnostics;
using diagnostics::Rule;
using diagnostics::Severity;

Diagnostic& leave_out(const Rule& rule, source::SourceRange range, const std::string& address,
                      std::string_view why, Diagnostics& told) {
  return told.report(rule, Severity::warning, range,
                     text::quoted(address) + " is left out: " + std::string(why));
}

const Rule& checked_rule(std::string_view slug) {
  static const std::vector<const validation::RuleInfo*> rules = validation::all_rules();
  const auto found = std::ranges::find_if(
      rules, [slug](const validation::RuleInfo* one) { return one->rule->slug == slug; });
  HONUA_ASSERT(found != rules.end());
  return *(*found)->rule;
}

}  // namespace honua::exporting
