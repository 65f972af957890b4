// SPDX-License-Identifier: MIT
#include "commands/plan_input.h"

#include <algorithm>
#include <functional>
#include <set>

#include "base/assert.h"
#include "commands/environment_option.h"
#include "commands/git_files.h"
#include "commands/input_files.h"
#include "commands/messages.h"
#include "commands/output_guard.h"
#include "commands/print_findings.h"
#include "commands/read_input.h"
#include "commands/store_access.h"
#include "commands/validate_report.h"
#include "snapshot/hash.h"
#include "snapshot/write_snapshot.h"
#include "text/digest.h"
#include "text/mask.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

using diagnostics::Severity;

snapshot::LoadedConfiguration loaded_configuration(const CheckResult& check) {
  return {check.configuration, check.environment_uses, check.inputs, check.sources};
}

// What every snapshot holds somewhere, mostly at its end. Files can be large: searched by leaps.
bool may_be_snapshot(std::string_view text) {
  static constexpr std::string_view mark = "\"honua-snapshot\"";
  return std::search(text.begin(), text.end(),
                     std::boyer_moore_horspool_searcher(mark.begin(), mark.end())) != text.end();
}

// Of contents alone: the same files under other names, in another order, say the same.
std::string digest_of_sources(const source::SourceSet& sources) {
  std::multiset<std::string> digests;
  for (std::size_t i = 0; i < sources.size(); ++i)
    digests.insert(text::sha256(sources.file(static_cast<source::FileId>(i)).text()));
  std::string all;
  for (const std::string& one : digests) all += one;
  return text::sha256(all);
}

std::string digest_of_variables(const CheckResult& check) {
  std::string all;
  for (const config::Block& block : check.configuration.of(config::BlockType::variable)) {
    all += text::sha256(block.label);
    for (const config::Setting& one : block.settings)
      all += text::sha256(one.name()) + text::sha256(check.sources.file(one.range.file).text(one.range));
  }
  return text::sha256(all);
}

bool has_syntax_errors(const diagnostics::Diagnostics& findings) {
  return std::ranges::any_of(findings.sorted(), [](const diagnostics::Diagnostic* one) {
    return one->severity == Severity::error && one->rule->category == "syntax";
  });
}

class SnapshotLoader {
 public:
  SnapshotLoader(const SnapshotRequest& request, const snapshot::SecretDigest& digest, CommandEnv& env)
      : request_(request), digest_(digest), env_(env), made_(std::make_unique<LoadedSnapshot>()) {}

  std::unique_ptr<LoadedSnapshot> run() {
    const std::string& spec = request_.shown_name.empty() ? request_.spec : request_.shown_name;
    made_->is_part = request_.is_part;
    made_->name = spec.empty() ? "." : text::printable(text::mask_secrets(spec));
    // What git calls a file that is not there.
    if (request_.spec == "/dev/null") return use_configuration(), std::move(made_);
    if (const auto stored = read_store_version(request_.spec))
      return load_version(*stored) ? std::move(made_) : nullptr;
    const auto git = read_git_spec(request_.spec, env_.files);
    if (git) return load_revision(*git) ? std::move(made_) : nullptr;
    return load(request_.spec, env_) ? std::move(made_) : nullptr;
  }

 private:
  bool load_version(const StoreVersionSpec& spec) {
    const auto store = open_named_store({spec.url, request_.is_insecure_store}, env_);
    if (!store) return false;
    auto stored = fetch_version(*store, spec.version, env_);
    if (!stored) return false;
    made_->name = stored->document.file().name();
    made_->document = std::move(stored->document);
    return true;
  }

  bool load_revision(const GitSpec& spec) {
    auto found = read_git_files(spec, request_.here);
    if (!found) return fail(found.error().message);
    // A path that was not asked for need not be there.
    if (found->is_empty && !spec.path) {
      print_note(env_, made_->name + " has no configuration there: everything counts as new");
      return use_configuration(), true;
    }
    made_->files = std::move(found->files);
    CommandEnv env{env_.out,
                   env_.err,
                   env_.in,
                   *made_->files,
                   env_.environment,
                   env_.clock,
                   env_.out_is_terminal,
                   env_.err_is_terminal};
    return load(found->path, env);
  }

  bool load(const std::string& path, CommandEnv& env) {
    if (form_of(path) == SourceForm::json) {
      const auto is_snapshot = load_saved(path, env);
      if (is_snapshot) return *is_snapshot;
    }
    InputRequest& inputs = made_->inputs;
    if (!path.empty()) inputs.paths.push_back(path);
    inputs.environment = request_.environment;
    inputs.stdin_filename = request_.stdin_filename;
    made_->found = find_input_files(inputs, env.files, env.environment);
    made_->options.depth = request_.counts_errors ? CheckDepth::everything : CheckDepth::structure;
    made_->options.keeps_values_apart = true;
    made_->check = check_files(made_->found, made_->options, env);
    print_failures(made_->check, env);
    note_unused_environment(inputs, made_->found, env);
    if (!made_->check.failures.empty() || !accept_findings()) return false;
    note_value_errors();
    use_configuration();
    return true;
  }

  void note_value_errors() {
    const std::size_t count = made_->check.value_findings.count(Severity::error);
    if (count > 0)
      print_note(env_, made_->name + " has " + count_of(count, "error") +
                           ", and is compared all the same: see `honua validate`");
  }

  // Nothing if the file is no snapshot, but a configuration in JSON perhaps.
  std::optional<bool> load_saved(const std::string& path, CommandEnv& env) {
    auto content = env.files.read_file(path, source::max_file_size);
    if (!content || !may_be_snapshot(content->view())) return std::nullopt;
    auto document = snapshot::Document::read(text::printable(path), *std::move(content));
    if (!document) return fail("is no snapshot that can be read: " + document.error().message);
    made_->document = *std::move(document);
    if (!made_->files) made_->saved_path = path;
    return true;
  }

  bool accept_findings() {
    const diagnostics::Diagnostics& findings = made_->check.findings;
    if (!findings.has_errors()) return true;
    // What has errors and no block is something else: a plan, say, that was taken for a snapshot.
    const bool is_configuration = std::ranges::any_of(
        config::block_schemas(),
        [this](const config::BlockSchema& one) { return !made_->check.configuration.of(one.type).empty(); });
    if (request_.tolerates_errors && is_configuration && !has_syntax_errors(findings)) {
      print_note(env_, made_->name + " has " + count_of(findings.count(Severity::error), "error") +
                           ": what they are about is not compared");
      return true;
    }
    (void)print_findings(findings, Severity::error, made_->check.sources, request_.color, env_);
    return fail("the configuration has errors");
  }

  void use_configuration() {
    const auto written = snapshot::write_snapshot(loaded_configuration(made_->check), &digest_);
    made_->is_configuration = true;
    made_->masked = written.masked;
    made_->unknown = written.unknown;
    made_->document = snapshot::Document::from_canonical(made_->name, written.text);
    HONUA_ASSERT(made_->document.has_value());
    made_->locator.emplace(made_->check.configuration);
  }

  bool fail(const std::string& message) {
    print_error(env_, made_->name + ": " + message);
    return false;
  }

  const SnapshotRequest& request_;
  const snapshot::SecretDigest& digest_;
  CommandEnv& env_;
  std::unique_ptr<LoadedSnapshot> made_;
};

}  // namespace

planning::Side LoadedSnapshot::side() const {
  if (!is_configuration) return {&*document, nullptr, {}, {}, is_part};
  return {&*document, &*locator, [this] { return digest_of_sources(check.sources); },
          [this] { return digest_of_variables(check); }, is_part};
}

planning::ReportSide LoadedSnapshot::report_side(bool with_hash) const {
  return {name, &*document, is_configuration ? &check.sources : nullptr, with_hash ? hash() : ""};
}

std::string LoadedSnapshot::text() const {
  if (!is_configuration) return std::string(document->text());
  return snapshot::write_snapshot(loaded_configuration(check)).text;
}

bool LoadedSnapshot::is_overwritten_by(const std::string& output, CommandEnv& env) const {
  return is_configuration && !files &&
         commands::is_configuration(output, inputs, found, "name another file", env);
}

std::string LoadedSnapshot::hash() const {
  return snapshot::hash_of(is_configuration ? text() : document->text());
}

std::unique_ptr<LoadedSnapshot> load_snapshot(const SnapshotRequest& request,
                                              const snapshot::SecretDigest& digest, CommandEnv& env) {
  return SnapshotLoader(request, digest, env).run();
}

}  // namespace honua::commands
