// SPDX-License-Identifier: MIT
#include "commands/canonical_text.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/environment.h"
#include "commands/registry.h"
#include "config/suppressions.h"
#include "diagnostics/suppression.h"
#include "evaluation/evaluator.h"
#include "evaluation/rules.h"
#include "evaluation/scope.h"
#include "source/edit.h"
#include "syntax/formatter.h"
#include "syntax/rules.h"

namespace honua::commands {

namespace {

using diagnostics::Diagnostics;
using source::SourceFile;

// What the findings on tolerated forms are instances of.
constexpr std::array form_rules = {&syntax::rules::env_colon,
                                   &syntax::rules::variable_assignment,
                                   &syntax::rules::single_quoted_string,
                                   &syntax::rules::several_on_one_line,
                                   &syntax::rules::quoted_attribute_name,
                                   &evaluation::rules::env_dot,
                                   &evaluation::rules::boolean_case};

// Takes from the findings those that the file's comments ignore.
void ignore_by_comments(const syntax::Tree& tree, Diagnostics& findings) {
  const std::vector<diagnostics::Suppression> suppressions = config::find_suppressions(tree);
  if (suppressions.empty()) return;
  const diagnostics::Levels levels;
  diagnostics::SuppressionContext context;
  context.rules = all_rules();
  context.levels = &levels;
  context.is_settled = [](const diagnostics::RuleInfo&, const diagnostics::Suppression&) { return false; };
  // What is wrong with the comments is not told here, so no source is asked for.
  const source::SourceSet sources;
  diagnostics::apply(suppressions, context, sources, findings);
}

// The edits that write tolerated forms as HCL's own. What a file says must not
// depend on where it is formatted: no environment variable is set.
std::vector<source::EditGroup> form_edits(const syntax::Tree& tree, Diagnostics& findings) {
  const evaluation::UnknownScope scope;
  const MapEnvironment environment;
  evaluation::EvaluationContext context(scope, environment, findings);
  evaluation::check_body(tree.body(), context);
  ignore_by_comments(tree, findings);
  std::vector<source::EditGroup> groups;
  for (const diagnostics::Diagnostic* one : findings.sorted()) {
    if (one->fix && one->fix->safety == diagnostics::FixSafety::safe && is_form_rule(*one->rule)) {
      groups.push_back(one->fix->edits);
    }
  }
  return groups;
}

// `tree` and `findings` are the file's own.
std::string rewrite_forms(const SourceFile& file, const syntax::Tree& tree, Diagnostics& findings) {
  std::vector<source::EditGroup> groups = form_edits(tree, findings);
  std::string text(file.text());
  for (std::size_t round = 1; !groups.empty(); ++round) {
    text = source::apply_edits(text, groups).text;
    if (round == max_rewriting_rounds) break;
    const SourceFile rewritten(file.id(), file.name(), text);
    Diagnostics found;
    const syntax::Tree again = syntax::parse(rewritten, syntax::Dialect::honua, found);
    HONUA_ASSERT(!found.has_errors());
    groups = form_edits(again, found);
  }
  return text;
}

}  // namespace

bool is_form_rule(const diagnostics::Rule& rule) {
  return std::ranges::find(form_rules, &rule) != form_rules.end();
}

std::optional<std::string> canonical_text(const SourceFile& file, const CanonicalOptions& options,
                                          Diagnostics& sink) {
  Diagnostics findings;
  const syntax::Tree tree = syntax::parse(file, options.dialect, findings);
  if (findings.has_errors()) {
    (void)syntax::parse(file, options.dialect, sink);
    return std::nullopt;
  }
  const bool rewrites = options.rewrites_forms && options.dialect == syntax::Dialect::honua;
  return rewrites ? syntax::format(rewrite_forms(file, tree, findings)) : syntax::format(file.text());
}

}  // namespace honua::commands
