// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <set>
#include <string_view>

#include "base/file_system.h"
#include "commands/check_files.h"
#include "commands/input_files.h"
#include "diagnostics/rule_info.h"
#include "diagnostics/suppression.h"

namespace honua::commands {

// Whether a run looked for a rule's findings: it went that far, the rule is on, and the option that it needs
// was given.
[[nodiscard]] bool is_looked_for(const diagnostics::RuleInfo& info, const CheckOptions& options);

// What a run can say about comments that nothing was found for. Other runs of the same project have other
// facts: another environment with its overlay, other variables, more instances, all files of a directory. So
// a comment is called unused only where a finding could not depend on any of these:
//
// - it was looked for, and its file has no syntax errors;
// - or its rule is about how the file itself is written (syntax, forms, names of settings);
// - or all of the following hold. All files were read, and nothing is or could be laid over them;
//   `honua.environment` is not taken from a variable; no variable is asked for where the comment holds; and,
//   for rules about several instances, their number and the database's limit were given.
//
// The run's parts must outlive it.
class RuleCoverage {
 public:
  RuleCoverage(const InputFiles& inputs, const CheckOptions& options, const CheckResult& result,
               const FileSystem& files);

  [[nodiscard]] bool is_settled(const diagnostics::RuleInfo& info,
                                const diagnostics::Suppression& suppression);

 private:
  [[nodiscard]] bool has_all_facts(const diagnostics::Rule& rule,
                                   const diagnostics::Suppression& suppression);
  [[nodiscard]] bool is_whole() const;
  [[nodiscard]] bool has_neighbours(const InputFile& input) const;
  [[nodiscard]] bool is_environment_written() const;
  [[nodiscard]] bool asks_for_variables(source::SourceRange scope) const;

  const InputFiles& inputs_;
  const CheckOptions& options_;
  const CheckResult& result_;
  const FileSystem& files_;
  std::set<source::FileId> broken_;         // have syntax errors
  std::vector<source::SourceRange> asked_;  // where variables are asked for, in order
  std::optional<bool> is_whole_;            // asked for once: it looks at directories
};

}  // namespace honua::commands
