// SPDX-License-Identifier: MIT
#include "commands/rule_coverage.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <tuple>

#include "commands/canonical_text.h"
#include "config/rules.h"
#include "diagnostics/levels.h"

namespace honua::commands {

namespace {

using diagnostics::Rule;
using diagnostics::RuleInfo;

// Of rules about how a file is written, whatever else there is; and more such rules.
constexpr std::array categories_of_files = {std::string_view("syntax"), std::string_view("dialect"),
                                            std::string_view("file")};
constexpr std::array further_file_rules = {&config::rules::unknown_block, &config::rules::unknown_attribute,
                                           &config::rules::block_label};

constexpr std::string_view category_of_instances = "availability";

bool is_about_file(const Rule& rule) {
  return std::ranges::find(categories_of_files, rule.category) != categories_of_files.end() ||
         std::ranges::find(further_file_rules, &rule) != further_file_rules.end() || is_form_rule(rule);
}

bool is_given(std::string_view option, const CheckOptions& options) {
  if (option == "--target upstream") return options.target == config::Target::upstream;
  if (option == "--full") return options.live.has_value();
  if (option == "--env require") return options.environment == EnvironmentMode::require;
  return option.empty();
}

}  // namespace

bool is_looked_for(const RuleInfo& info, const CheckOptions& options) {
  // What that server wants as it is, is not found.
  if (options.target == config::Target::upstream && is_form_rule(*info.rule)) return false;
  return options.depth == CheckDepth::everything && options.dialect == syntax::Dialect::honua &&
         is_given(info.option, options) && !options.levels.is_off(*info.rule);
}

RuleCoverage::RuleCoverage(const InputFiles& inputs, const CheckOptions& options, const CheckResult& result,
                           const FileSystem& files)
    : inputs_(inputs), options_(options), result_(result), files_(files) {
  for (const diagnostics::Diagnostic* one : result.findings.sorted()) {
    if (diagnostics::is_fixed(*one->rule)) broken_.insert(one->range.file);
  }
  for (const evaluation::EnvironmentUse& one : result.environment_uses) asked_.push_back(one.range);
  std::sort(asked_.begin(), asked_.end(), [](source::SourceRange a, source::SourceRange b) {
    return std::tie(a.file, a.begin) < std::tie(b.file, b.begin);
  });
}

bool RuleCoverage::is_settled(const RuleInfo& info, const diagnostics::Suppression& suppression) {
  if (!is_looked_for(info, options_) || result_.findings.dropped() > 0) return false;
  if (broken_.contains(suppression.comment.file)) return false;
  return is_about_file(*info.rule) || has_all_facts(*info.rule, suppression);
}

bool RuleCoverage::has_all_facts(const Rule& rule, const diagnostics::Suppression& suppression) {
  if (!is_whole_) is_whole_ = is_whole();
  if (!*is_whole_ || !is_environment_written()) return false;
  if (rule.category == category_of_instances && !(options_.instances && options_.database_connections))
    return false;
  return std::ranges::none_of(suppression.scopes,
                              [this](source::SourceRange scope) { return asks_for_variables(scope); });
}

bool RuleCoverage::is_whole() const {
  if (!result_.failures.empty() || !inputs_.other_overlays.empty() || !inputs_.passed_over.empty() ||
      !inputs_.unread_directories.empty())
    return false;
  return std::ranges::none_of(inputs_.files, [this](const InputFile& one) {
    return one.is_overlay || (one.is_named && has_neighbours(one));
  });
}

// Whether a file that was named stands beside others that were not.
bool RuleCoverage::has_neighbours(const InputFile& input) const {
  if (input.is_standard_input()) return true;
  const std::filesystem::path path(input.path);
  const std::string directory = path.has_parent_path() ? path.parent_path().string() : ".";
  const auto names = files_.list_directory(directory);
  return !names || std::ranges::any_of(*names, [&](const std::string& name) {
    if (!is_configuration_name(name)) return false;
    const std::string identity = files_.identity(join_path(directory, name));
    return std::ranges::none_of(inputs_.files,
                                [&](const InputFile& one) { return files_.identity(one.path) == identity; });
  });
}

bool RuleCoverage::is_environment_written() const {
  const config::Block* honua = result_.configuration.single(config::BlockType::honua);
  const config::Setting* environment = honua == nullptr ? nullptr : honua->find("environment");
  return environment == nullptr || (environment->is_known() && !environment->sensitive);
}

bool RuleCoverage::asks_for_variables(source::SourceRange scope) const {
  const auto found = std::lower_bound(
      asked_.begin(), asked_.end(), scope, [](source::SourceRange one, source::SourceRange where) {
        return std::tie(one.file, one.begin) < std::tie(where.file, where.begin);
      });
  return found != asked_.end() && found->file == scope.file && found->begin < scope.end;
}

}  // namespace honua::commands
