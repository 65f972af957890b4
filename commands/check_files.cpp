// SPDX-License-Identifier: MIT
#include "commands/check_files.h"

#include <chrono>
#include <string_view>
#include <utility>

#include "commands/progress.h"
#include "commands/read_catalog.h"
#include "commands/read_input.h"
#include "commands/registry.h"
#include "commands/rule_coverage.h"
#include "config/json_model.h"
#include "config/suppressions.h"
#include "connection/database_connection.h"
#include "diagnostics/file_check.h"
#include "diagnostics/spelling.h"
#include "evaluation/evaluator.h"
#include "evaluation/scope.h"
#include "live/live.h"
#include "syntax/indent_check.h"
#include "syntax/line_end_check.h"
#include "validation/environment.h"
#include "validation/validator.h"

namespace honua::commands {

namespace {

using source::SourceFile;

class Checker {
 public:
  Checker(const InputFiles& inputs, const CheckOptions& options, CommandEnv& env, CheckResult& result)
      : inputs_(inputs),
        options_(options),
        env_(env),
        result_(result),
        context_(unknown_names_, env.environment, result.findings, options.dialect) {
    result.findings.set_levels(options.levels);
  }

  void check(const InputFile& input) {
    auto content = read_input(input, env_);
    if (!content) {
      result_.failures.push_back({input.name, std::move(content).error().message, {}});
      return;
    }
    check(input, *std::move(content));
  }

  void check(const InputFile& input, FileContent content) {
    const SourceFile& file = result_.sources.add(input.name, std::move(content));
    result_.read.push_back(input);
    if (input.is_overlay) result_.overlays.insert(file.id());
    if (options_.dialect != syntax::Dialect::honua || diagnostics::check_file(file, result_.findings))
      check_content(file, input);
  }

  // What can only be said of all files together.
  void finish() {
    check_configuration();
    validation::check_environment(context_.environment_uses, options_.environment == EnvironmentMode::require,
                                  result_.findings);
    result_.variables = validation::inventory(context_.environment_uses);
    result_.environment_uses = std::move(context_.environment_uses);
    diagnostics::settle_spellings(result_.findings, result_.sources);
    suppress(result_.findings);
    if (options_.keeps_values_apart) suppress(result_.value_findings);
  }

 private:
  // What the files' comments are about.
  void suppress(diagnostics::Diagnostics& findings) {
    if (result_.suppressions.empty()) return;
    RuleCoverage coverage(inputs_, options_, result_, env_.files);
    diagnostics::SuppressionContext context;
    context.rules = all_rules();
    context.levels = &options_.levels;
    context.today = std::chrono::floor<std::chrono::days>(env_.clock.now());
    context.is_settled = [&](const diagnostics::RuleInfo& info, const diagnostics::Suppression& one) {
      return coverage.is_settled(info, one);
    };
    diagnostics::apply(result_.suppressions, context, result_.sources, findings);
  }

  [[nodiscard]] bool takes_all_together() const {
    const bool deep = options_.depth == CheckDepth::structure || options_.depth == CheckDepth::everything;
    return deep && options_.dialect == syntax::Dialect::honua;
  }

  // Plain HCL is no Honua configuration: of its blocks nothing is known.
  void check_configuration() {
    if (!takes_all_together() || result_.inputs.empty()) return;
    config::Loaded loaded =
        config::load(result_.inputs, env_.environment, options_.dialect, result_.findings);
    if (options_.depth == CheckDepth::everything) {
      validation::Options options;
      options.instances = options_.instances;
      options.database_connections = options_.database_connections;
      options.unused_variables = std::move(loaded.unused_variables);
      options.target = options_.target;
      options.inputs = result_.inputs;
      options.is_incomplete = loaded.may_lack_blocks;
      diagnostics::Diagnostics& findings =
          options_.keeps_values_apart ? result_.value_findings : result_.findings;
      validation::validate(loaded.configuration, options, findings);
      if (options_.live) check_live(loaded.configuration, options, findings);
    }
    context_.environment_uses = std::move(loaded.environment_uses);
    result_.configuration = std::move(loaded.configuration);
  }

  void check_live(const config::Configuration& configuration, const validation::Options& options,
                  diagnostics::Diagnostics& findings) {
    live::LiveOptions live;
    live.timeout = *options_.live;
    live.read = [this](const std::string& text, const std::string& provider,
                       const catalog::ReadOptions& read) -> Result<catalog::Catalog> {
      const auto connection = connection::read_connection(text, provider, env_.environment, env_.files);
      if (!connection) return fail(connection.error().message);
      // They are about the connection's form, which has rules of its own.
      std::vector<std::string> warnings;
      return read_catalog(*connection, read, warnings);
    };
    const Progress progress("reading databases", env_);
    live::check_databases(configuration, options, live, findings);
  }

  void check_content(const SourceFile& file, const InputFile& input) {
    const bool json = input.form != SourceForm::native;
    const bool model = input.form == SourceForm::json && takes_all_together();
    if (model && !holds_model(file)) return;
    result_.trees.push_back(json ? syntax::parse_json(file, options_.dialect, result_.findings)
                                 : syntax::parse(file, options_.dialect, result_.findings));
    const syntax::Tree& tree = result_.trees.back();
    if (options_.dialect == syntax::Dialect::honua) syntax::check_line_ends(tree, result_.findings);
    if (!json) {
      if (options_.dialect == syntax::Dialect::honua) syntax::check_indents(tree, result_.findings);
      for (diagnostics::Suppression& one : config::find_suppressions(tree))
        result_.suppressions.push_back(std::move(one));
    }
    if (takes_all_together()) {
      result_.inputs.push_back({&tree, json, input.is_overlay, model});
    } else if (options_.depth == CheckDepth::syntax) {
      result_.trees.pop_back();
    } else {
      check_expressions(tree, json);
      result_.trees.pop_back();
    }
  }

  // Whether a JSON file holds the server's configuration model. If not, that is
  // its one finding: metadata of an older server may have comments and other
  // things that JSON does not. What nothing can be told of has its syntax errors.
  bool holds_model(const SourceFile& file) {
    diagnostics::Diagnostics syntax_errors;
    const config::JsonDocument document =
        config::look_at_json(syntax::parse_json(file, options_.dialect, syntax_errors));
    if (document.content == config::JsonContent::model) return true;
    if (document.content == config::JsonContent::other && syntax_errors.has_errors()) {
      (void)syntax::parse_json(file, options_.dialect, result_.findings);
    } else {
      config::report_no_model(document, result_.findings);
    }
    return false;
  }

  void check_expressions(const syntax::Tree& tree, bool json) {
    if (json) {
      check_json(tree.expression());
    } else {
      evaluation::check_body(tree.body(), context_);
    }
  }

  // Evaluates what stands in a JSON document's objects and arrays, but not the
  // document as one value: which of its members are blocks only a schema can
  // tell, and blocks have no value. No deeper than the parser's nesting limit.
  void check_json(syntax::Expression value) {
    switch (value.kind()) {
      case syntax::NodeKind::object:
      case syntax::NodeKind::object_item:
      case syntax::NodeKind::tuple:
        for (const syntax::Expression child : value) check_json(child);
        return;
      case syntax::NodeKind::invalid: return;
      default:
        if (!evaluation::is_trivially_valid(value)) (void)evaluation::evaluate(value, context_);
    }
  }

  const InputFiles& inputs_;
  const CheckOptions& options_;
  CommandEnv& env_;
  CheckResult& result_;
  // Where each file stands for itself, no name can be called undefined.
  evaluation::UnknownScope unknown_names_;
  evaluation::EvaluationContext context_;
};

}  // namespace

CheckResult check_files(const InputFiles& inputs, const CheckOptions& options, CommandEnv& env) {
  CheckResult result;
  result.failures = inputs.failures;
  Checker checker(inputs, options, env, result);
  for (const InputFile& input : inputs.files) checker.check(input);
  checker.finish();
  return result;
}

CheckResult check_text(const std::string& name, std::string_view text, const CheckOptions& options,
                       CommandEnv& env) {
  CheckResult result;
  const InputFiles inputs{{{name, name, SourceForm::native, false, false}}, {}, {}, {}, {}, {}};
  Checker checker(inputs, options, env, result);
  checker.check(inputs.files.front(), text);
  checker.finish();
  return result;
}

}  // namespace honua::commands
