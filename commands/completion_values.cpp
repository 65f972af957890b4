// SPDX-License-Identifier: MIT
#include "commands/completion_values.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "base/process.h"
#include "commands/input_files.h"
#include "commands/registry.h"
#include "config/address.h"
#include "config/schema.h"
#include "coordination/store.h"
#include "diagnostics/diagnostics.h"
#include "planning/plan_rules.h"
#include "source/source_file.h"
#include "syntax/parser.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

// What `git` may say of its revisions.
constexpr std::size_t max_revisions_text = std::size_t{1} << 20U;

// A summary beside a candidate, not a text.
constexpr std::size_t max_description = 60;

std::string description_of(std::string_view text) {
  std::string shown = text::printable(text);
  if (shown.size() > max_description) {
    shown.resize(max_description);
    shown += "...";
  }
  return shown;
}

// The title that a block gives itself, if it is a plain text.
std::string title_of(const syntax::Block& block) {
  for (const syntax::Attribute& one : block.body().attributes()) {
    if (one.name() != "title") continue;
    const std::string_view text = one.expression().text();
    if (text.size() < 2 || text.front() != '"' || text.find("${") != std::string_view::npos) return "";
    return description_of(text.substr(1, text.size() - 2));
  }
  return "";
}

void add_addresses(const std::string& text, CompletionCandidates& found) {
  source::SourceSet sources;
  const source::SourceFile& file = sources.add("completed", text);
  diagnostics::Diagnostics findings;
  const syntax::Tree tree = syntax::parse(file, syntax::Dialect::honua, findings);
  for (const syntax::Block& block : tree.body().blocks()) {
    if (config::find_block_schema(block.type()) == nullptr) continue;
    found.push_back({config::block_address("", block), title_of(block)});
  }
}

// Each once, in order.
void tidy(CompletionCandidates& found) {
  std::ranges::stable_sort(found, {}, &CompletionCandidate::text);
  const auto twice = std::ranges::unique(found, {}, &CompletionCandidate::text);
  found.erase(twice.begin(), twice.end());
}

InputFiles inputs_of(const std::vector<std::string>& paths, const CommandEnv& env) {
  InputRequest request;
  for (const std::string& one : paths) {
    if (one != "-" && env.files.exists(one)) request.paths.push_back(one);
  }
  return find_input_files(request, env.files, env.environment);
}

}  // namespace

CompletionCandidates addresses_in(const std::vector<std::string>& paths, const CommandEnv& env) {
  CompletionCandidates found;
  std::size_t left = max_completed_size;
  for (const InputFile& one : inputs_of(paths, env).files) {
    if (one.form != SourceForm::native || one.is_standard_input()) continue;
    const auto content = env.files.read_file(one.path, left);
    // Half of them would look like all.
    if (!content) return {};
    left -= std::min(left, content->view().size());
    add_addresses(content->to_string(), found);
  }
  tidy(found);
  return found;
}

CompletionCandidates environments_here(const CommandEnv& env) {
  CompletionCandidates found;
  const InputFiles inputs = inputs_of({}, env);
  for (const auto* overlays : {&inputs.other_overlays, &inputs.named_overlays}) {
    for (const OtherOverlay& one : *overlays) found.push_back({one.environment, one.name});
  }
  tidy(found);
  return found;
}

CompletionCandidates change_names() {
  CompletionCandidates found;
  for (const planning::ChangeRule* one : planning::change_rules()) {
    found.push_back({std::string(one->rule.code), std::string(one->rule.slug)});
    found.push_back({std::string(one->rule.slug), std::string(one->rule.code)});
  }
  return found;
}

CompletionCandidates rule_names(bool with_groups) {
  CompletionCandidates found;
  std::set<std::string_view> categories;
  for (const diagnostics::RuleInfo* one : all_rules()) {
    found.push_back({std::string(one->rule->code), std::string(one->rule->slug)});
    found.push_back({std::string(one->rule->slug), std::string(one->rule->code)});
    categories.insert(one->rule->category);
  }
  if (!with_groups) return found;
  for (const std::string_view one : categories) found.push_back({std::string(one), "category"});
  found.push_back({"all", "every rule"});
  return found;
}

CompletionCandidates git_revisions() {
  CompletionCandidates found;
  const auto listed =
      run_process({"git", "for-each-ref", "--count=" + std::to_string(most_listed), "--sort=-committerdate",
                   "--format=%(refname:short)%09%(subject)", "refs/heads", "refs/tags", "refs/remotes"},
                  "", max_revisions_text);
  if (!listed || listed->exit_code != 0) return found;
  std::string_view text = listed->out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    const std::size_t tab = std::min(line.find('\t'), line.size());
    found.push_back({"git:" + std::string(line.substr(0, tab)),
                     description_of(tab < line.size() ? line.substr(tab + 1) : std::string_view())});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return found;
}

CompletionCandidates store_versions(const std::string& url, std::string_view prefix, const CommandEnv& env) {
  CompletionCandidates found;
  const std::string named = url.empty() ? env.environment.get("HONUA_STORE").value_or("") : url;
  if (!named.starts_with("dir:")) return found;
  const auto store = coordination::open_store(named, {});
  if (!store) return found;
  const auto versions = (*store)->history(most_listed);
  if (!versions) return found;
  for (const coordination::VersionRecord& one : *versions) {
    const std::string about = one.message.empty() ? one.summary : one.message;
    found.push_back({std::string(prefix) + std::to_string(one.version), description_of(about)});
  }
  return found;
}

CompletionCandidates service_names() {
  CompletionCandidates found;
  for (const config::ServiceType& one : config::service_types()) found.push_back({std::string(one.id), ""});
  return found;
}

}  // namespace honua::commands
