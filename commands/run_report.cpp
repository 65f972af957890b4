// SPDX-License-Identifier: MIT
#include "commands/run_report.h"

#include <map>
#include <string>

#include "commands/registry.h"
#include "config/outline.h"
#include "text/mask.h"

namespace honua::commands {

namespace {

// Finds addresses; what a file declares is gathered when its first finding asks.
class Addresses {
 public:
  explicit Addresses(const CheckResult& result) {
    for (const config::LoadInput& input : result.inputs) inputs_.emplace(input.tree->file().id(), &input);
  }

  std::string operator()(source::SourceRange range) {
    const auto input = inputs_.find(range.file);
    if (input == inputs_.end()) return "";
    auto outline = outlines_.find(range.file);
    if (outline == outlines_.end())
      outline =
          outlines_.emplace(range.file, config::Outline(*input->second->tree, form_of(*input->second))).first;
    return outline->second.address_at(range);
  }

 private:
  static config::FileForm form_of(const config::LoadInput& input) {
    if (input.is_model) return config::FileForm::model;
    return input.is_json ? config::FileForm::json : config::FileForm::native;
  }

  std::map<source::FileId, const config::LoadInput*> inputs_;
  std::map<source::FileId, config::Outline> outlines_;
};

}  // namespace

diagnostics::Report make_report(const CheckResult& result, Identities identities, const CommandEnv& env) {
  Addresses addresses(result);
  const bool identifies = identities == Identities::found;
  diagnostics::AddressOf address_of;
  if (identifies) address_of = [&addresses](source::SourceRange range) { return addresses(range); };
  diagnostics::Report report = diagnostics::make_report(result.findings, result.sources, address_of);
  for (const InputFailure& failure : result.failures)
    report.failures.push_back({text::mask_secrets(failure.name), failure.message});
  report.environment = result.variables;
  if (identifies) report.rules = all_rules();
  report.program_version = program_version();
  report.time = env.clock.now();
  return report;
}

std::string program_version() { return HONUA_VERSION; }

}  // namespace honua::commands
